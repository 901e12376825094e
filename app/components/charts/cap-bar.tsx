import { scaleLinear } from "d3-scale";
import { formatPercentOfToken, formatShares } from "~/lib/money";
import { ChartFigure, fitText, px } from "./figure";

/** Shares of a token in one holder's hands, or reserved for one; whole numbers as strings. */
export type CapBarHolder = { name: string; shares: string; reserved?: boolean };

const ALL = 10_000_000;
const OUT_AT_MOST = 2_000_000;
const ROW = 26;
const MOST_ROWS = 15;

/**
 * The whole of a token as one bar: holders from the left as segments, the rest the owner's, and the
 * line at 20% beyond which nothing can be sold. Holders stand below by name with their percentage;
 * reserved shares are hatched by a lighter tone. Beyond fifteen the rest is one line.
 */
export function CapBar({
  ownerName,
  holders,
  source,
  title,
}: {
  ownerName: string;
  holders: readonly CapBarHolder[];
  source: string;
  title?: string;
}) {
  const out = holders.reduce((sum, { shares }) => sum + BigInt(shares), 0n);
  const own = BigInt(ALL) - out;
  const finding = `${ownerName} holds ${formatPercentOfToken(own)} of the token; ${formatPercentOfToken(out)} is with others, 20% at most`;
  const rows = [...holders, { name: ownerName, shares: own.toString() }].map((holder) => [
    "reserved" in holder && holder.reserved ? `${holder.name} (reserved)` : holder.name,
    formatShares(holder.shares),
    formatPercentOfToken(holder.shares),
  ]);
  return (
    <ChartFigure
      title={title ?? finding}
      description={`One bar of 100%: ${formatPercentOfToken(out)} with holders, and a line at 20%.`}
      source={source}
      table={{ columns: ["Holder", "Shares", "Of the token"], rows }}
      draw={(width) => drawBar(ownerName, own, holders, width)}
    />
  );
}

function listed(holders: readonly CapBarHolder[]): CapBarHolder[] {
  if (holders.length <= MOST_ROWS) return [...holders];
  const rest = holders.slice(MOST_ROWS - 1);
  const shares = rest.reduce((sum, holder) => sum + BigInt(holder.shares), 0n).toString();
  return [...holders.slice(0, MOST_ROWS - 1), { name: `${rest.length} more holders`, shares }];
}

function drawBar(ownerName: string, own: bigint, holders: readonly CapBarHolder[], width: number) {
  const x = scaleLinear([0, ALL], [0, width]);
  const limit = px(x(OUT_AT_MOST));
  let sold = 0;
  const segments = holders.map(({ name, shares, reserved }) => {
    const start = sold;
    sold += Number(shares);
    return { name, start: px(x(start)), width: px(Math.max(1, x(sold) - x(start))), reserved };
  });
  const rows = listed(holders);
  const content = (
    <>
      <rect x={0} y={24} width={width} height={32} className="fill-rule" />
      {segments.map(({ name, start, width: length, reserved }, i) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: segments never move, and names may be alike
          key={i}
          x={start}
          y={24}
          width={length}
          height={32}
          strokeWidth={1}
          className={reserved ? "fill-gain/40 stroke-paper" : "fill-gain stroke-paper"}
        >
          <title>{name}</title>
        </rect>
      ))}
      <line x1={limit} x2={limit} y1={16} y2={64} strokeWidth={2} className="stroke-ink" />
      <text x={limit} y={12} textAnchor="middle" className="fill-ink">
        20% at most
      </text>
      <text x={width - 8} y={45} textAnchor="end" className="fill-ink">
        {`${fitText(ownerName, width * 0.5)} ${formatPercentOfToken(own)}`}
      </text>
      {rows.map(({ name, shares, reserved }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows never move, and names may be alike
        <g key={i}>
          <text x={0} y={88 + i * ROW} className="fill-ink">
            {fitText(reserved ? `${name} (reserved)` : name, width - 90)}
          </text>
          <text x={width} y={88 + i * ROW} textAnchor="end" className="fill-ink tabular-nums">
            {formatPercentOfToken(shares)}
          </text>
          <line x1={0} x2={width} y1={95 + i * ROW} y2={95 + i * ROW} className="stroke-rule" />
        </g>
      ))}
    </>
  );
  return { height: 72 + rows.length * ROW + 4, content };
}
