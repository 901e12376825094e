import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { formatPercent } from "~/lib/money";
import { ChartFigure, px } from "./figure";

type Aged = { months: number; factor: number };

/** What is left of a price as months go by. */
export function DecayChart({ points, source }: { points: readonly Aged[]; source: string }) {
  const full = points.filter(({ factor }) => factor === 1).at(-1)?.months ?? 0;
  const last = points.at(-1);
  const at = (one: Aged | undefined) => formatPercent(String(one?.factor ?? 0), 1);
  return (
    <ChartFigure
      title={`A price stands in full for ${full} months; after ${(last?.months ?? 0) / 12} years ${at(last)} of it is left`}
      description="What is left of a price by its age in months."
      source={source}
      table={{
        columns: ["Months", "Left"],
        rows: points
          .filter(({ months }) => months % 6 === 0)
          .map((one) => [String(one.months), at(one)]),
      }}
      draw={(width) => drawDecay(points, width)}
    />
  );
}

function drawDecay(points: readonly Aged[], width: number) {
  const height = 200;
  const x = scaleLinear([0, points.at(-1)?.months ?? 1], [48, width - 12]);
  const y = scaleLinear([0, 1], [height - 28, 12]);
  const path = line<Aged>(
    (p) => px(x(p.months)),
    (p) => px(y(p.factor)),
  );
  const content = (
    <>
      {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
        <g key={tick}>
          <line x1={48} x2={width - 12} y1={px(y(tick))} y2={px(y(tick))} className="stroke-rule" />
          <text x={42} y={px(y(tick)) + 4} textAnchor="end" className="fill-ink-soft">
            {tick * 100}%
          </text>
        </g>
      ))}
      {points
        .filter(({ months }) => months % (width < 500 ? 24 : 12) === 0)
        .map(({ months }) => (
          <text
            key={months}
            x={px(x(months))}
            y={height - 8}
            textAnchor={months === 0 ? "start" : "middle"}
            className="fill-ink-soft"
          >
            {months === 0 ? "paid" : `${months / 12} y`}
          </text>
        ))}
      <path d={path([...points]) ?? ""} fill="none" strokeWidth={2.5} className="stroke-ink" />
    </>
  );
  return { height, content };
}
