import type { ReactNode } from "react";
import { Mark } from "~/components/layout/mark";
import { SearchForm } from "~/components/layout/search-form";
import { Breadcrumbs } from "~/components/ui/breadcrumbs";
import { Deadline, DeadlineFigure, DeadlineNote } from "~/components/ui/deadline";
import { Flash } from "~/components/ui/flash";
import { GradeBadge } from "~/components/ui/grade-badge";
import { Markdown } from "~/components/ui/markdown";
import { Notice } from "~/components/ui/notice";
import {
  Day,
  Figure,
  Money,
  Multiple,
  PartOfToken,
  Percent,
  Shares,
} from "~/components/ui/numbers";
import { ActionLink, Badge, Empty, Facts, Table } from "~/components/ui/page";
import { Pager } from "~/components/ui/pager";
import { PaymentBadge } from "~/components/ui/payment-badge";
import { Tabs } from "~/components/ui/tabs";
import { deadlineOf } from "~/lib/dates";
import { EVIDENCE_GRADES } from "~/lib/gain-words";
import { ReadersZone } from "~/lib/readers-zone";
import { KitDialog } from "./dialog";

/** One component with its name. */
export function Piece({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="border-t border-rule py-6">
      <h3 className="mb-3 text-ink-soft">{name}</h3>
      {children}
    </div>
  );
}

const LONG = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh of the Upper Valley";
const PAYMENTS = [
  { state: "nothing_to_pay", dueAt: "2026-12-06T09:00:00Z", paidAt: null },
  { state: "due", dueAt: "2026-12-06T09:00:00Z", paidAt: null },
  { state: "overdue", dueAt: "2026-11-06T09:00:00Z", paidAt: null },
  { state: "paid", dueAt: "2026-12-06T09:00:00Z", paidAt: "2026-11-22T09:00:00Z" },
] as const;

const NOW = new Date("2026-11-22T12:00:00Z");
const DEADLINE = deadlineOf(new Date("2026-12-06T16:00:00Z"), "Europe/Berlin", NOW);

/** What pages are made of, but for forms and charts. */
export function PagesOfKit() {
  return (
    <>
      <Piece name="Mark, action, search">
        <div className="flex max-w-xl flex-wrap items-center gap-6">
          <Mark />
          <ActionLink to="/dev/kit">Find a cohort</ActionLink>
          <SearchForm place="page" />
        </div>
      </Piece>
      <WayFinding />
      <Said />
      <Badges />
      <Numbers />
      <Deadlines />
      <Tables />
      <Piece name="Markdown">
        <Markdown html="<h2>A heading</h2><p>Text with <strong>weight</strong>, <em>stress</em> and <a href='/rules'>a link</a>.</p><ul><li>One</li><li>Two</li></ul><blockquote><p>Said by somebody.</p></blockquote>" />
      </Piece>
    </>
  );
}

function WayFinding() {
  return (
    <>
      <Piece name="Breadcrumbs">
        <Breadcrumbs trail={[{ to: "/desk", name: "Desk" }]} />
        <Breadcrumbs
          trail={[
            { to: "/cohorts", name: "Cohorts" },
            { to: "/dev/kit", name: LONG },
            { to: "/dev/kit#space", name: "Learning space" },
          ]}
        />
      </Piece>
      <Piece name="Tabs">
        <Tabs
          label="Kit tabs"
          tabs={[
            { to: "/dev/kit", name: "All that waits", current: true },
            { to: "/dev/kit?tab=2", name: "Deposits to record", current: false, count: 3 },
            { to: "/dev/kit?tab=3", name: "Evidence to grade", current: false, count: 0 },
          ]}
        />
      </Piece>
      <Piece name="Pager: first page, between, last">
        <Pager of="Kit, first page" newest={null} older="/dev/kit?older=2" />
        <Pager of="Kit, between" newest="/dev/kit" older="/dev/kit?older=3" />
        <Pager of="Kit, last page" newest="/dev/kit" older={null} />
      </Piece>
    </>
  );
}

function Said() {
  return (
    <>
      <Piece name="Said once after an action">
        <Flash>Your profile is saved.</Flash>
      </Piece>
      <Piece name="To know before going on: plain, good, bad">
        <Notice>Another operator must confirm it.</Notice>
        <Notice tone="gain">A new link is on its way.</Notice>
        <Notice tone="loss">Nothing can be taken out until 25 Nov 2026, 12:00 UTC.</Notice>
      </Piece>
      <Piece name="Nothing here yet">
        <Empty>You have no cohort yet. Open one, and people apply until its deadline.</Empty>
      </Piece>
      <Piece name="Dialog">
        <KitDialog />
      </Piece>
    </>
  );
}

function Badges() {
  return (
    <Piece name="Badges">
      <p className="flex flex-wrap gap-2">
        <Badge>draft</Badge>
        <Badge tone="gain">admitted</Badge>
        <Badge tone="loss">overdue</Badge>
        <Badge tone="accent">due by 6 Dec 2026</Badge>
        {EVIDENCE_GRADES.map((grade) => (
          <GradeBadge key={grade} grade={grade} />
        ))}
        {PAYMENTS.map((gain) => (
          <PaymentBadge key={gain.state} gain={gain} />
        ))}
      </p>
    </Piece>
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
