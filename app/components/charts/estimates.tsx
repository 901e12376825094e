import { scaleLog } from "d3-scale";
import { ChartFigure, fitText, px } from "./figure";

/** What one teacher's positions brought beyond those of the same years, as a factor, and what is estimated of it. */
export type Estimate = {
  name: string;
  mean: number;
  rank: { rank: number; estimate: number; low: number; high: number } | null;
};

const factor = (value: number): string => `${value.toFixed(2)}×`;
const ROW = 40;
const TICKS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 5];

/** Teachers by their estimate with its interval, beside the plain mean that it was drawn from. */
export function EstimatesChart({
  estimates,
  source,
}: {
  estimates: readonly Estimate[];
  source: string;
}) {
  const drawn = estimates
    .flatMap(({ rank, ...rest }) => (rank ? [{ ...rest, ...rank }] : []))
    .toSorted((a, b) => a.rank - b.rank);
  const best = drawn[0];
  return (
    <ChartFigure
      title={
        best
          ? `${best.name} is ahead of the usual by ${factor(best.estimate)}, and may as well be at ${factor(best.low)}`
          : "Nobody can be ranked"
      }
      description="The estimate of each teacher with its 95% interval as a line, and the plain mean as a ring."
      source={source}
      table={{
        columns: ["Teacher", "Rank", "Plain mean", "Estimate", "From", "To"],
        rows: drawn.map((one) => [
          one.name,
          String(one.rank),
          ...[one.mean, one.estimate, one.low, one.high].map(factor),
        ]),
      }}
      draw={(width) => drawEstimates(drawn, width)}
    />
  );
}

type Drawn = Omit<Estimate, "rank"> & NonNullable<Estimate["rank"]>;

function drawEstimates(drawn: readonly Drawn[], width: number) {
  const values = drawn.flatMap(({ mean, low, high }) => [mean, low, high]);
  const [least, most] = [Math.min(0.9, ...values) * 0.97, Math.max(1.1, ...values) * 1.03];
  const x = scaleLog([least, most], [76, width - 16]);
  const height = drawn.length * ROW + 30;
  const content = (
    <>
      {TICKS.filter((tick) => tick >= least && tick <= most).map((tick) => (
        <g key={tick}>
          <line
            x1={px(x(tick))}
            x2={px(x(tick))}
            y1={4}
            y2={height - 24}
            className={tick === 1 ? "stroke-ink-soft" : "stroke-rule"}
          />
          <text x={px(x(tick))} y={height - 8} textAnchor="middle" className="fill-ink-soft">
            {tick}×
          </text>
        </g>
      ))}
      {drawn.map(({ name, mean, estimate, low, high }, i) => {
        const y = i * ROW + 22;
        return (
          <g key={name}>
            <text x={0} y={y + 4} className="fill-ink">
              {fitText(name, 70)}
            </text>
            <path
              d={`M${px(x(low))} ${y}H${px(x(high))}`}
              strokeWidth={2}
              className="stroke-gain"
            />
            <circle cx={px(x(mean))} cy={y} r={5} className="fill-paper stroke-ink-soft" />
            <circle cx={px(x(estimate))} cy={y} r={5} className="fill-gain" />
          </g>
        );
      })}
    </>
  );
  return { height, content };
}
