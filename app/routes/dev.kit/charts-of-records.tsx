import { DeadlinesChart } from "~/components/charts/deadlines";
import { DecayChart } from "~/components/charts/decay";
import { EstimatesChart } from "~/components/charts/estimates";
import { OutcomesStrip } from "~/components/charts/outcomes-strip";
import { JCurves, OutcomePanels } from "~/components/charts/panels";
import { PeersChart } from "~/components/charts/peers";
import { LONG, Piece } from "./piece";

const SOURCE = "made up for the kit";
const MULTIPLES = ["0", "0", null, "0.4", "0.9", "1", "1", "2.5", "12", "340"];
const CURVES = [
  {
    name: "Maya Lindqvist",
    points: [
      { years: 0, cash: -0.3, total: 0 },
      { years: 2.5, cash: -1, total: 0.1 },
      { years: 5, cash: 0.6, total: 0.9 },
    ],
  },
  {
    name: LONG,
    points: [
      { years: 0, cash: -0.6, total: 0 },
      { years: 3, cash: -1, total: -0.4 },
    ],
  },
];
const PEERS = [
  {
    name: "2021",
    own: 1.4,
    others: [0.2, 0.7, 1.1, 1.4, 2.8],
    years: "2021–2021",
    quartiles: { low: 0.5, median: 1.1, high: 1.9 },
  },
  { name: "2024", own: null, others: [0.4], years: "2022–2026", quartiles: null },
];
const ESTIMATES = [
  { name: "Wen", mean: 1.55, rank: { rank: 1, estimate: 1.2, low: 0.98, high: 1.62 } },
  { name: LONG, mean: 0.8, rank: { rank: 2, estimate: 0.95, low: 0.6, high: 1.4 } },
  { name: "Nobody ranked", mean: 1, rank: null },
];
const AGED = [0, 6, 12, 18, 24, 30, 36].map((months) => ({
  months,
  factor: months <= 18 ? 1 : 1 - (months - 18) / 48,
}));

const DATES = [
  ["Machines that braid", "Europe/Vienna", "2026-02-20", "2026-03-29", "2026-04-10", "2026-04-20"],
  [LONG, "America/New_York", "2026-04-01", "2026-05-01", "2026-05-20", "2026-06-01"],
].map(([name = "", zone = "", opens, closes, decides, starts]) => ({
  ...{ name, zone, opens: `${opens}T08:00:00.000Z`, closes: `${closes}T07:00:00.000Z` },
  ...{ decides: `${decides}T07:00:00.000Z`, starts: `${starts}T07:00:00.000Z` },
  ends: "2026-09-01T16:00:00.000Z",
}));

/** The charts in which records stand beside each other, with much, little and nothing. */
export function ChartsOfRecords() {
  return (
    <>
      <Piece name="A record beside all others’">
        <PeersChart
          title="DPI is at or above the middle in 1 of 1 vintages"
          panels={[{ name: "DPI", rows: PEERS }]}
          source={SOURCE}
        />
      </Piece>
      <Piece name="Cash out and in, side by side">
        <JCurves curves={CURVES} source={SOURCE} />
      </Piece>
      <Piece name="Outcomes, side by side">
        <OutcomePanels
          records={[
            { name: "Maya Lindqvist", multiples: MULTIPLES, median: "0.9" },
            { name: LONG, multiples: ["0"], median: "0" },
          ]}
          source={SOURCE}
        />
      </Piece>
      <Piece name="Outcomes in a line of a list">
        <OutcomesStrip multiples={MULTIPLES} median="0.9" />
        <OutcomesStrip multiples={[]} median={null} />
      </Piece>
      <Piece name="Estimates with their intervals">
        <EstimatesChart estimates={ESTIMATES} source={SOURCE} />
      </Piece>
      <Piece name="Deadlines">
        <DeadlinesChart cohorts={DATES} now="2026-03-10T12:00:00.000Z" source={SOURCE} />
        <DeadlinesChart cohorts={[]} now="2026-03-10T12:00:00.000Z" source={SOURCE} />
      </Piece>
      <Piece name="What is left of a price">
        <DecayChart points={AGED} source={SOURCE} />
      </Piece>
    </>
  );
}
