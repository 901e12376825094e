import { Deadline, DeadlineFigure, DeadlineNote } from "~/components/ui/deadline";
import {
  Day,
  Figure,
  Money,
  Multiple,
  PartOfToken,
  Percent,
  Shares,
} from "~/components/ui/numbers";
import { Facts, Table } from "~/components/ui/page";
import { deadlineOf } from "~/lib/dates";
import { ReadersZone } from "~/lib/readers-zone";

import { LONG, Piece } from "./piece";

const NOW = new Date("2026-11-22T12:00:00Z");
const DEADLINE = deadlineOf(new Date("2026-12-06T16:00:00Z"), "Europe/Berlin", NOW);

/** Numbers, deadlines and tables. */
export function FiguresOfKit() {
  return (
    <>
      <Numbers />
      <Deadlines />
      <Tables />
    </>
  );
}

function Numbers() {
  return (
    <Piece name="Numbers">
      <Facts
        items={[
          { name: "Money", value: <Money cents="6666667" />, note: "to the cent" },
          { name: "In a headline", value: <Money cents="3400000000" whole /> },
          { name: "Large, read once", value: <Money cents="3400000000" plain /> },
          { name: "Below zero", value: <Money cents="-120050" /> },
          { name: "Multiple", value: <Multiple ratio="2.4" /> },
          { name: "Small", value: <Multiple ratio="0.004" /> },
          { name: "Unknown", value: <Multiple ratio={null} /> },
          { name: "Percent", value: <Percent ratio="0.4215" /> },
          { name: "Percent, unknown", value: <Percent ratio={null} /> },
          { name: "Part of a token", value: <PartOfToken shares="95000" /> },
          { name: "Shares", value: <Shares shares="95000" /> },
          {
            name: "Rate",
            value: <Figure>30.1% a year</Figure>,
            note: "over 4.9 years, 12 investments",
          },
          { name: "Day", value: <Day day="2026-11-22" /> },
        ]}
      />
    </Piece>
  );
}

function Deadlines() {
  return (
    <Piece name="Deadlines: in a sentence, as a figure, for readers elsewhere">
      <p>
        Apply until <Deadline of={DEADLINE} />.
      </p>
      <ReadersZone.Provider value="America/New_York">
        <p className="mb-4">
          Apply until <Deadline of={DEADLINE} />.
        </p>
        <Facts
          items={[
            {
              name: "Applications close",
              value: <DeadlineFigure of={DEADLINE} />,
              note: <DeadlineNote of={DEADLINE} />,
            },
          ]}
        />
      </ReadersZone.Provider>
    </Piece>
  );
}

function Tables() {
  return (
    <Piece name="Table, cards on a phone, with a long name">
      <Table
        caption="Kit rows"
        columns={[{ name: "Who" }, { name: "Since" }, { name: "Paid in", numeric: true }]}
        rows={[
          {
            key: "a",
            cells: ["Alice", <Day key="d" day="2026-11-22" />, <Money key="m" cents="6666667" />],
          },
          {
            key: "b",
            cells: [
              <span key="n" className="[overflow-wrap:anywhere]">
                {LONG}
              </span>,
              <Day key="d" day="2021-01-05" />,
              <Money key="m" cents="900719925474099" />,
            ],
          },
        ]}
      />
    </Piece>
  );
}
