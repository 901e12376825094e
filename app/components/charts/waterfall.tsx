import { scaleLinear } from "d3-scale";
import { formatCents } from "~/lib/money";
import { ChartFigure, fitText, px } from "./figure";

/** A holder's part of a gain. */
export type WaterfallPart = { name: string; cents: string };

export type WaterfallProps = {
  proceedsCents: string;
  basisCents: string;
  costsCents: string;
  /** What losses of the year take off this gain. */
  lossCents: string;
  distributableCents: string;
  /** All parts but the owner's. */
  parts: readonly WaterfallPart[];
  ownerName: string;
  ownerCents: string;
  source: string;
  title?: string;
};

type Row = { name: string; from: number; to: number; cents: string; tone: string };

const ROW = 40;
const MOST_PARTS = 12;

/**
 * A gain from its proceeds down to each holder's part: what is taken off and what is left, one bar
 * a line. Beyond twelve holders the rest is one bar; the table has all.
 */
export function WaterfallChart(props: WaterfallProps) {
  const { parts, ownerName, ownerCents, distributableCents, source } = props;
  const toHolders = parts.reduce((sum, part) => sum + BigInt(part.cents), 0n);
  const title =
    props.title ??
    `Of a gain of ${formatCents(distributableCents)}, ${formatCents(toHolders)} goes to ${parts.length === 1 ? "one holder" : `${parts.length} holders`}`;
  const rows = [
    ["Proceeds", formatCents(props.proceedsCents)],
    ["Basis", formatCents(-BigInt(props.basisCents))],
    ["Costs", formatCents(-BigInt(props.costsCents))],
    ["Losses this year", formatCents(-BigInt(props.lossCents))],
    ["Gain to divide", formatCents(distributableCents)],
    ...parts.map(({ name, cents }) => [name, formatCents(cents)]),
    [`${ownerName} keeps`, formatCents(ownerCents)],
  ];
  return (
    <ChartFigure
      title={title}
      description="Proceeds, less basis, costs and losses, make the gain; below it, each one’s part."
      source={source}
      table={{ columns: ["What", "Amount"], rows }}
      draw={(width) => drawWaterfall(waterfallRows(props), width)}
    />
  );
}

function waterfallRows(props: WaterfallProps): Row[] {
  const dollars = (cents: string) => Number(cents) / 100;
  const proceeds = dollars(props.proceedsCents);
  const rows: Row[] = [
    { name: "Proceeds", from: 0, to: proceeds, cents: props.proceedsCents, tone: "fill-ink-soft" },
  ];
  let left = proceeds;
  const taken = [
    ["Basis", props.basisCents],
    ["Costs", props.costsCents],
    ["Losses this year", props.lossCents],
  ] as const;
  for (const [name, cents] of taken) {
    const next = left - dollars(cents);
    rows.push({
      name,
      from: next,
      to: left,
      cents: (-BigInt(cents)).toString(),
      tone: "fill-loss",
    });
    left = next;
  }
  const gain = dollars(props.distributableCents);
  rows.push({
    name: "Gain to divide",
    from: 0,
    to: gain,
    cents: props.distributableCents,
    tone: "fill-gain",
  });
  let at = gain;
  const shown = props.parts.slice(0, MOST_PARTS);
  const others = props.parts.slice(MOST_PARTS);
  if (others.length > 0) {
    const cents = others.reduce((sum, part) => sum + BigInt(part.cents), 0n).toString();
    shown.push({ name: `${others.length} more holders`, cents });
  }
  for (const { name, cents } of shown) {
    const next = at - dollars(cents);
    rows.push({ name, from: next, to: at, cents, tone: "fill-gain" });
    at = next;
  }
  const owner = { name: `${props.ownerName} keeps`, from: 0, to: dollars(props.ownerCents) };
  rows.push({ ...owner, cents: props.ownerCents, tone: "fill-ink" });
  return rows;
}

function drawWaterfall(rows: readonly Row[], width: number) {
  const ends = rows.flatMap(({ from, to }) => [from, to]);
  const x = scaleLinear([Math.min(0, ...ends), Math.max(1, ...ends)], [0, width]);
  const zero = px(x(0));
  const height = rows.length * ROW + 4;
  const content = (
    <>
      <line x1={zero} x2={zero} y1={0} y2={height} className="stroke-rule" />
      {rows.map(({ name, from, to, cents, tone }, i) => {
        const start = Math.min(x(from), x(to));
        const length = Math.max(1.5, Math.abs(x(to) - x(from)));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows never move, and names may be alike
          <g key={i}>
            <text x={0} y={i * ROW + 15} className="fill-ink">
              {fitText(name, width - 150)}
            </text>
            <text x={width} y={i * ROW + 15} textAnchor="end" className="fill-ink tabular-nums">
              {formatCents(cents)}
            </text>
            <rect
              x={px(Math.min(start, width - 1.5))}
              y={i * ROW + 21}
              width={px(length)}
              height={11}
              className={tone}
            />
          </g>
        );
      })}
    </>
  );
  return { height, content };
}
