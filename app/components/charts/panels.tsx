import { scaleLinear, scaleLog } from "d3-scale";
import { area, curveStepAfter, line } from "d3-shape";
import type { ReactNode } from "react";
import { formatMultiple, formatPercent } from "~/lib/money";
import { LEAST_MULTIPLE, PressedDots } from "./dots";
import { ChartFigure, fitText, px } from "./figure";

const GAP = 24;
const HEAD = 22;

/** Small multiples: a panel each, two beside each other where there is room, all with the same axes. */
function drawPanels(
  names: readonly string[],
  width: number,
  height: number,
  panel: (index: number, width: number) => ReactNode,
) {
  const across = width < 500 ? 1 : Math.min(2, names.length);
  const each = (width - (across - 1) * GAP) / across;
  const rows = Math.ceil(names.length / across);
  return {
    height: rows * (HEAD + height + GAP),
    content: names.map((name, i) => (
      <g
        // biome-ignore lint/suspicious/noArrayIndexKey: panels never move, and names may be alike
        key={i}
        transform={`translate(${px((i % across) * (each + GAP))} ${Math.floor(i / across) * (HEAD + height + GAP)})`}
      >
        <text x={0} y={14} fontWeight={600} className="fill-ink">
          {fitText(name, each)}
        </text>
        <g transform={`translate(0 ${HEAD})`}>{panel(i, each)}</g>
      </g>
    )),
  };
}

/** Cumulated cash of one dollar paid in, and with what is held, so many years after the first investment. */
export type JPoint = { years: number; cash: number; total: number };
export type JCurve = { name: string; points: readonly JPoint[] };

const dollars = (value: number): string =>
  `${value < 0 ? "\u2212" : ""}$${Math.abs(value).toFixed(2)}`;

/** J-curves of several records on the same axes: for each dollar that was paid in, from each one's first investment on. */
export function JCurves({ curves, source }: { curves: readonly JCurve[]; source: string }) {
  const drawn = curves.filter(({ points }) => points.length > 0);
  const rows = drawn.map(({ name, points }) => {
    const last = points.at(-1) as JPoint;
    const lowest = Math.min(...points.map(({ cash }) => cash));
    return [name, last.years.toFixed(1), dollars(lowest), dollars(last.cash), dollars(last.total)];
  });
  const years = Math.max(1, ...drawn.flatMap(({ points }) => points.map((p) => p.years)));
  const values = drawn.flatMap(({ points }) => points.flatMap((p) => [p.cash, p.total]));
  const domain = [Math.min(-1, ...values), Math.max(0.5, ...values)] as const;
  return (
    <ChartFigure
      title={`For each dollar paid in, ${inWords(drawn.map(({ name, points }) => `${name} has ${dollars(1 + (points.at(-1) as JPoint).cash)} back`))}`}
      description="Cumulated cash out and in by years since each one’s first investment, with the value held above it; the same axes in each panel."
      source={source}
      table={{ columns: ["Teacher", "Years", "Lowest", "Cash now", "With value held"], rows }}
      draw={(width) =>
        drawPanels(
          drawn.map(({ name }) => name),
          width,
          150,
          (i, wide) => drawJCurve((drawn[i] as JCurve).points, wide, years, domain),
        )
      }
    />
  );
}

function drawJCurve(
  points: readonly JPoint[],
  width: number,
  years: number,
  domain: readonly [number, number],
) {
  const x = scaleLinear([0, years], [44, width - 10]);
  const y = scaleLinear([...domain], [126, 6]).nice(4);
  const cash = line<JPoint>(
    (p) => px(x(p.years)),
    (p) => px(y(p.cash)),
  ).curve(curveStepAfter);
  const band = area<JPoint>(
    (p) => px(x(p.years)),
    (p) => px(y(p.cash)),
    (p) => px(y(p.total)),
  ).curve(curveStepAfter);
  const last = points.at(-1) as JPoint;
  return (
    <>
      {y.ticks(4).map((tick) => (
        <g key={tick}>
          <line
            x1={44}
            x2={px(width - 10)}
            y1={px(y(tick))}
            y2={px(y(tick))}
            className={tick === 0 ? "stroke-ink-soft" : "stroke-rule"}
          />
          <text x={38} y={px(y(tick)) + 4} textAnchor="end" className="fill-ink-soft">
            {dollars(tick).replace(/\.00$/, "")}
          </text>
        </g>
      ))}
      {x
        .ticks(4)
        .filter(Number.isInteger)
        .map((tick) => (
          <text
            key={tick}
            x={px(x(tick))}
            y={146}
            textAnchor={tick === 0 ? "start" : "middle"}
            className="fill-ink-soft"
          >
            {tick === 0 ? "first" : `${tick} y`}
          </text>
        ))}
      <path d={band([...points]) ?? ""} className="fill-gain/20" />
      <path
        d={cash([...points]) ?? ""}
        fill="none"
        strokeWidth={2}
        strokeLinejoin="round"
        className="stroke-ink"
      />
      <circle cx={px(x(last.years))} cy={px(y(last.cash))} r={3.5} className="fill-ink" />
    </>
  );
}

/** What became of each investment of a record; a multiple of null counts as nothing yet. */
export type OutcomesOf = {
  name: string;
  multiples: readonly (string | null)[];
  median: string | null;
};

const BINS = [
  { name: "At nothing", from: -1, to: LEAST_MULTIPLE },
  { name: "Below 1×", from: LEAST_MULTIPLE, to: 1 },
  { name: "1× to 10×", from: 1, to: 10 },
  { name: "10× and more", from: 10, to: Number.POSITIVE_INFINITY },
];
const ZERO = 14;

/** Outcomes of several records on the same axes: one dot an investment, those at nothing in their own place on the left. */
export function OutcomePanels({
  records,
  source,
}: {
  records: readonly OutcomesOf[];
  source: string;
}) {
  const some = records.filter(({ multiples }) => multiples.length > 0);
  const counted = some.map(({ multiples }) => {
    const values = multiples.map((multiple) => Number(multiple ?? 0));
    return BINS.map(({ from, to }) => values.filter((v) => v >= from && v < to).length);
  });
  const below = some.map(({ name, multiples }, i) => {
    const [nothing = 0, less = 0] = counted[i] ?? [];
    return `${formatPercent(String((nothing + less) / multiples.length), 0)} of ${name}’s`;
  });
  return (
    <ChartFigure
      title={`Below what was paid: ${inWords(below)} investments`}
      description="One dot an investment by its multiple of the cash paid, on the same logarithmic axis in each panel; those at nothing on the left."
      source={source}
      table={{
        columns: ["Teacher", "Investments", ...BINS.map(({ name }) => name), "Median"],
        rows: some.map(({ name, multiples, median }, i) => [
          name,
          String(multiples.length),
          ...(counted[i] ?? []).map(String),
          formatMultiple(median),
        ]),
      }}
      draw={(width) =>
        drawPanels(
          some.map(({ name }) => name),
          width,
          130,
          (i, wide) => drawOutcomes(some[i] as OutcomesOf, wide),
        )
      }
    />
  );
}

function drawOutcomes({ multiples, median }: OutcomesOf, width: number) {
  const base = 106;
  const axis = scaleLog([0.1, 1000], [40, width - 24]).clamp(true);
  const place = (value: number) => (value < LEAST_MULTIPLE ? ZERO : axis(value));
  const middle = median === null ? null : px(place(Number(median)));
  return (
    <>
      <path d={`M4 ${base}h22M34 ${base}H${px(width - 6)}`} className="stroke-ink-soft" />
      <path d={`M${px(axis(1))} 14V${base}`} className="stroke-rule" />
      <PressedDots
        multiples={multiples}
        at={axis}
        zero={ZERO}
        base={base}
        height={base - 16}
        size={5}
      />
      {middle === null ? null : (
        <>
          <path d={`M${middle} 14V${base}`} strokeDasharray="3 3" className="stroke-ink" />
          <text x={Math.max(middle, 44)} y={10} textAnchor="middle" className="fill-ink">
            {`median ${formatMultiple(median)}`}
          </text>
        </>
      )}
      {[
        [ZERO, "0×"] as const,
        ...[1, 10, 100, 1000].map((tick) => [axis(tick), `${tick}×`] as const),
      ].map(([x, text]) => (
        <text key={text} x={px(x)} y={base + 16} textAnchor="middle" className="fill-ink-soft">
          {text}
        </text>
      ))}
    </>
  );
}

/** `a`, `a and b`, `a, b and c`. */
function inWords(parts: readonly string[]): string {
  return parts.length < 2
    ? (parts[0] ?? "nothing yet")
    : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
