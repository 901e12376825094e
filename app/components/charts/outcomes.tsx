import { scaleLog } from "d3-scale";
import { formatMultiple, formatPercent } from "~/lib/money";
import { ChartFigure, fitText, px } from "./figure";

export type Outcome = {
  name: string;
  /** Cash back and carried value over cash paid, a decimal string; null counts as nothing yet. */
  multiple: string | null;
};

type Dot = { outcome: Outcome; value: number; x: number };

const LEAST = 0.1;
const MOST = 1000;

/** What the dots show, in one sentence. */
export function outcomesFinding(outcomes: readonly Outcome[], bestShare: string | null): string {
  if (outcomes.length === 0) return "No investments yet";
  const lost = outcomes.filter(({ multiple }) => Number(multiple ?? 0) < 1).length;
  const best = bestShare === null ? "" : `; the largest made ${formatPercent(bestShare, 0)} of all`;
  const of = `${lost} of ${outcomes.length} ${outcomes.length === 1 ? "investment" : "investments"}`;
  return `${of} ${lost === 1 ? "is" : "are"} below what was paid${best}`;
}

/**
 * One dot an investment on a logarithmic multiple axis to 1000×, those at nothing in a bin of their
 * own on the left, as visible as the winners; the median and the largest marked. Multiples between
 * 0 and 0.1× stand at 0.1×, those beyond 1000× at 1000×.
 */
export function OutcomesChart({
  outcomes,
  medianTvpi,
  bestShare,
  source,
  title = outcomesFinding(outcomes, bestShare),
}: {
  outcomes: readonly Outcome[];
  medianTvpi: string | null;
  bestShare: string | null;
  source: string;
  title?: string;
}) {
  const rows = outcomes
    .toSorted((a, b) => Number(b.multiple ?? 0) - Number(a.multiple ?? 0))
    .map(({ name, multiple }) => [name, formatMultiple(multiple)]);
  const median = medianTvpi === null ? "not yet known" : formatMultiple(medianTvpi);
  return (
    <ChartFigure
      title={title}
      description={`${outcomes.length} investments by multiple of the cash paid; the median is ${median}.`}
      source={source}
      table={{ columns: ["Investment", "Multiple"], rows }}
      draw={(width) => drawOutcomes(outcomes, medianTvpi, width)}
    />
  );
}

function drawOutcomes(outcomes: readonly Outcome[], medianTvpi: string | null, width: number) {
  const radius = width < 500 ? 4 : 5;
  const zero = 28;
  const axis = scaleLog([LEAST, MOST], [76, width - 24]).clamp(true);
  const place = (value: number) => (value < 0.00005 ? zero : axis(value));
  const columns = new Map<number, Dot[]>();
  for (const outcome of outcomes) {
    const value = Number(outcome.multiple ?? 0);
    const x =
      value < 0.00005
        ? zero
        : zero + Math.round((axis(value) - zero) / (2 * radius + 1)) * (2 * radius + 1);
    const column = columns.get(x) ?? [];
    column.push({ outcome, value, x });
    columns.set(x, column);
  }
  const tallest = Math.max(1, ...[...columns.values()].map((column) => column.length));
  const step = Math.min(2 * radius + 1, 220 / tallest);
  const base = Math.ceil(48 + tallest * step);
  const best = [...columns.values()]
    .flat()
    .reduce<Dot | null>(
      (most, dot) => (dot.value >= 1 && (most === null || dot.value > most.value) ? dot : most),
      null,
    );
  const tallestNear = [...columns]
    .filter(([x]) => best !== null && x > best.x - 130 && x < best.x + 70)
    .reduce((most, [, column]) => Math.max(most, column.length), 0);
  const bestAt = px(base - 2 * radius - 2 - (tallestNear - 1) * step - 8);
  const median = medianTvpi === null ? null : px(place(Number(medianTvpi)));
  const content = (
    <>
      <line x1={8} x2={52} y1={base} y2={base} className="stroke-ink-soft" />
      <line x1={68} x2={width - 8} y1={base} y2={base} className="stroke-ink-soft" />
      <text x={zero} y={base + 18} textAnchor="middle" className="fill-ink-soft">
        0×
      </text>
      {[0.1, 1, 10, 100, 1000].map((tick) => (
        <g key={tick}>
          <line
            x1={px(axis(tick))}
            x2={px(axis(tick))}
            y1={tick === 1 ? 40 : base}
            y2={base + 4}
            className={tick === 1 ? "stroke-rule" : "stroke-ink-soft"}
          />
          <text x={px(axis(tick))} y={base + 18} textAnchor="middle" className="fill-ink-soft">
            {tick}×
          </text>
        </g>
      ))}
      {[...columns.values()].flatMap((column) =>
        column.map(({ outcome, value, x }, i) => (
          <circle
            // biome-ignore lint/suspicious/noArrayIndexKey: dots never move, and names may be alike
            key={`${x}-${i}`}
            cx={px(x)}
            cy={px(base - radius - 2 - i * step)}
            r={radius}
            className={value < 1 ? "fill-loss" : "fill-gain"}
          >
            <title>{`${outcome.name}: ${formatMultiple(outcome.multiple)}`}</title>
          </circle>
        )),
      )}
      {median === null ? null : (
        <>
          <line
            x1={median}
            x2={median}
            y1={20}
            y2={base}
            strokeDasharray="3 3"
            className="stroke-ink"
          />
          <text
            x={Math.min(Math.max(median, 50), width - 60)}
            y={14}
            textAnchor="middle"
            className="fill-ink"
          >
            {`median ${formatMultiple(medianTvpi)}`}
          </text>
        </>
      )}
      {best === null ? null : (
        <text
          x={px(Math.min(width - 4, best.x + 60))}
          y={bestAt}
          textAnchor="end"
          className="fill-ink"
        >
          {`${fitText(best.outcome.name, 110)} ${formatMultiple(best.outcome.multiple)}`}
        </text>
      )}
    </>
  );
  return { height: base + 28, content };
}
