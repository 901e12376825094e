import { scaleLinear, scaleUtc } from "d3-scale";
import { area, curveStepAfter, line } from "d3-shape";
import { formatDate } from "~/lib/dates";
import { formatCents } from "~/lib/money";
import { ChartFigure, px } from "./figure";

/** State at the end of a UTC day; all sums cumulated since the first investment, in cents. */
export type RopePoint = {
  day: string;
  paidInCents: string;
  cashBackCents: string;
  /** What is held, at its carried value that day. */
  valueCents: string;
};

type Drawn = { at: Date; cash: number; total: number };

/** What the rope shows, in one sentence. */
export function ropeFinding(points: readonly RopePoint[]): string {
  const last = points.at(-1);
  if (last === undefined) return "Nothing invested yet";
  const [paid, back, held] = [last.paidInCents, last.cashBackCents, last.valueCents].map((cents) =>
    formatCents(cents, { whole: true }),
  );
  return `${paid} paid in, ${back} came back, ${held} still held at carried value`;
}

/**
 * A teacher's cash out and in as one cumulated line (the J-curve), with what is held as a lighter
 * band above it. `points` in the order of their days; with none it says so.
 */
export function RopeChart({
  points,
  source,
  title = ropeFinding(points),
}: {
  points: readonly RopePoint[];
  source: string;
  title?: string;
}) {
  const rows = points.map((point) => [
    formatDate(point.day),
    formatCents(point.paidInCents),
    formatCents(point.cashBackCents),
    formatCents(point.valueCents),
  ]);
  const last = points.at(-1);
  return (
    <ChartFigure
      title={title}
      description={
        last
          ? `Cumulated cash from ${formatDate(points[0]?.day ?? last.day)} to ${formatDate(last.day)}, with the value held above it.`
          : "No cash has moved yet."
      }
      source={source}
      table={{ columns: ["Day", "Paid in", "Cash back", "Value held"], rows }}
      draw={(width) => drawRope(points, width)}
    />
  );
}

function drawRope(points: readonly RopePoint[], width: number) {
  const height = Math.round(width * (width < 500 ? 0.72 : 0.45));
  if (points.length === 0) {
    const text = "The first investment starts the line.";
    return {
      height: 60,
      content: (
        <text x={0} y={34} className="fill-ink-soft">
          {text}
        </text>
      ),
    };
  }
  const right = width - 76;
  const drawn: Drawn[] = points.map((point) => {
    const cash = (Number(point.cashBackCents) - Number(point.paidInCents)) / 100;
    return {
      at: new Date(`${point.day}T00:00:00Z`),
      cash,
      total: cash + Number(point.valueCents) / 100,
    };
  });
  const first = drawn[0] as Drawn;
  const last = drawn.at(-1) as Drawn;
  const end = last.at > first.at ? last.at : new Date(first.at.getTime() + 86_400_000);
  const x = scaleUtc([first.at, end], [56, right]);
  const values = drawn.flatMap(({ cash, total }) => [cash, total]);
  const y = scaleLinear(
    [Math.min(0, ...values), Math.max(0, ...values, 1)],
    [height - 26, 14],
  ).nice(4);
  const cashPath = line<Drawn>(
    (d) => px(x(d.at)),
    (d) => px(y(d.cash)),
  ).curve(curveStepAfter)(drawn);
  const band = area<Drawn>(
    (d) => px(x(d.at)),
    (d) => px(y(d.cash)),
    (d) => px(y(d.total)),
  );
  const ticks = y.ticks(4);
  const years = x.ticks(width < 500 ? 3 : 6).filter((at) => x(at) < right - 30);
  const short = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });
  const cashAt = px(y(last.cash) + 4);
  const heldAt = px(Math.min((y(last.cash) + y(last.total)) / 2 + 4, cashAt - 16));
  const content = (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={56}
            x2={right}
            y1={px(y(tick))}
            y2={px(y(tick))}
            className={tick === 0 ? "stroke-ink-soft" : "stroke-rule"}
          />
          <text x={50} y={px(y(tick)) + 4} textAnchor="end" className="fill-ink-soft">
            {`${tick < 0 ? "\u2212" : ""}$${short.format(Math.abs(tick))}`}
          </text>
        </g>
      ))}
      {years.map((at) => (
        <text key={at.getTime()} x={px(x(at))} y={height - 8} className="fill-ink-soft">
          {dateTick(at, first.at, end)}
        </text>
      ))}
      <path d={band.curve(curveStepAfter)(drawn) ?? ""} className="fill-gain/20" />
      <path
        d={cashPath ?? ""}
        fill="none"
        strokeWidth={2.5}
        strokeLinejoin="round"
        className="stroke-ink"
      />
      <circle cx={px(x(last.at))} cy={px(y(last.cash))} r={4} className="fill-ink" />
      <text x={right + 9} y={cashAt} className="fill-ink">
        cash
      </text>
      {last.total > last.cash ? (
        <text x={right + 9} y={heldAt} className="fill-ink">
          value held
        </text>
      ) : null}
    </>
  );
  return { height, content };
}

function dateTick(at: Date, from: Date, to: Date): string {
  const yearMs = 366 * 86_400_000;
  if (to.getTime() - from.getTime() > 2 * yearMs) return String(at.getUTCFullYear());
  return formatDate(at).replace(/^1 /, "");
}
