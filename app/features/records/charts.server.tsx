import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { CapBar } from "~/components/charts/cap-bar";
import { OutcomesChart } from "~/components/charts/outcomes";
import { OutcomesStrip } from "~/components/charts/outcomes-strip";
import { type JCurve, JCurves, OutcomePanels, type OutcomesOf } from "~/components/charts/panels";
import { type PeerPanel, PeersChart } from "~/components/charts/peers";
import { RopeChart } from "~/components/charts/rope";
import type { RecordSummary } from "~/ledger/returns";
import { formatPercent } from "~/lib/money";
import type { InvestmentLine } from "./get-record.server";
import type { RopePoint } from "./rope-points";

/** Charts of public pages are drawn here alone, so that readers need not load what draws them. Ids are told apart by name. */
const draw = (name: string, chart: ReactElement) =>
  renderToStaticMarkup(chart, { identifierPrefix: name });

/** A record's cash out and in, and what became of each investment, as HTML. */
export function drawRecord(record: {
  rope: readonly RopePoint[];
  investments: readonly InvestmentLine[];
  summary: RecordSummary;
  source: string;
}): { rope: string; outcomes: string } {
  const { rope, source } = record;
  return {
    rope: draw("rope", <RopeChart points={rope} source={source} />),
    outcomes: drawOutcomes({
      ...record.summary,
      investments: record.investments,
      source,
      ofOne: true,
    }),
  };
}

/** What became of each investment, one dot each, as HTML. */
export function drawOutcomes(record: {
  investments: readonly InvestmentLine[];
  medianTvpi: string | null;
  bestShare: string | null;
  source: string;
  /** Whether they are one person's: then the largest position is marked. */
  ofOne?: boolean;
}): string {
  const { medianTvpi, bestShare } = record;
  const counted = record.investments.filter((line) => !line.apart);
  const largest = record.ofOne ? largestPosition(counted) : null;
  return draw(
    "outcomes",
    <OutcomesChart
      outcomes={counted.map(({ student: name, multiple, handle }) => ({
        ...{ name, multiple },
        largest: handle === largest,
      }))}
      medianTvpi={medianTvpi}
      bestShare={bestShare}
      source={record.source}
      title={outcomesTitle(counted, bestShare)}
    />,
  );
}

/** The student in whom the most came back and is carried; null where nothing is. */
function largestPosition(investments: readonly InvestmentLine[]): string | null {
  const sizes = new Map<string, bigint>();
  for (const { handle, confirmedCents, carriedCents } of investments)
    sizes.set(handle, (sizes.get(handle) ?? 0n) + BigInt(confirmedCents) + BigInt(carriedCents));
  let [largest, most]: [string | null, bigint] = [null, 0n];
  for (const [handle, size] of sizes) if (size > most) [largest, most] = [handle, size];
  return largest;
}

/** A record's groups beside all teachers' of the same years, as HTML. */
export function drawPeers(
  name: string,
  { title, panels }: { title: string; panels: readonly PeerPanel[] },
): string {
  const source =
    "all records on Belay, each teacher’s gross figures of the year of first investment, as of the same day";
  return draw(name, <PeersChart title={title} panels={panels} source={source} />);
}

/** What became of each investment, in one line of a list; nothing where there is none. */
export function drawStrip(multiples: readonly (string | null)[], median: string | null): string {
  if (multiples.length === 0) return "";
  return draw("strip", <OutcomesStrip multiples={multiples} median={median} />);
}

/** J-curves and outcomes of several records beside each other, as HTML. */
export function drawCompared(compared: {
  curves: readonly JCurve[];
  outcomes: readonly OutcomesOf[];
  source: string;
}): { curves: string; outcomes: string } {
  const { curves, outcomes, source } = compared;
  return {
    curves: draw("curves", <JCurves curves={curves} source={source} />),
    outcomes: draw("outcomes", <OutcomePanels records={outcomes} source={source} />),
  };
}

/** Who holds what of a token, as HTML. */
export function drawHolders(
  ownerName: string,
  holders: readonly { name: string; shares: string }[],
): string {
  const named = holders.map(({ name, shares }) => ({ name, shares }));
  return draw("holders", <CapBar ownerName={ownerName} holders={named} source="the ledger, now" />);
}

/**
 * What the dots of a record's outcomes show, in one sentence. Those at 1× may have returned nothing: they stand at their carried value,
 * and the sentence says how many.
 */
export function outcomesTitle(
  investments: readonly InvestmentLine[],
  bestShare: string | null,
): string {
  const nothing = investments.filter((line) => line.confirmedCents === "0").length;
  const all = investments.length === 1 ? "1 investment" : `${investments.length} investments`;
  const best = bestShare === null ? "" : `; the largest made ${formatPercent(bestShare, 0)} of all`;
  if (nothing === 0) return `All of ${all} have returned confirmed cash${best}`;
  return `${nothing} of ${all} ${nothing === 1 ? "has" : "have"} returned no confirmed cash yet; those still held stand at their carried value${best}`;
}
