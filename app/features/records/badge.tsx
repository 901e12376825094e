import { fitText } from "~/components/charts/figure";
import { KNOT } from "~/components/layout/mark";
import type { Headline } from "./headline.server";

export const BADGE = { width: 320, height: 76 } as const;
const INK = "#2b2521";
const SOFT = "#5f5751";

/** A record's headline as a small picture for other sites; colours of its own, for it stands on any page. */
export function Badge({ headline }: { headline: Headline }) {
  const { name, dpi, basis, asOf } = headline;
  const { width, height } = BADGE;
  const figures = basis === null ? "No investment yet" : `DPI ${dpi}, ${basis}`;
  const proof = `Belay, checkpoint of ${asOf}`;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-labelledby="badge-title"
      fontFamily="Inter, 'Helvetica Neue', Arial, sans-serif"
    >
      <title id="badge-title">{`${name}: ${figures}. ${proof}`}</title>
      <rect
        x={0.5}
        y={0.5}
        width={width - 1}
        height={height - 1}
        rx={6}
        fill="#fbfaf7"
        stroke="#d6d0c8"
      />
      <g transform="translate(14 22)">
        <path d={KNOT} fill="none" stroke="#b5401c" strokeWidth={2.4} strokeLinecap="round" />
      </g>
      <text x={58} y={26} fontSize={15} fontWeight={600} fill={INK}>
        {fitText(name, 210)}
      </text>
      <text x={58} y={45} fontSize={12} fill={INK}>
        {figures}
      </text>
      <text x={58} y={62} fontSize={11} fill={SOFT}>
        {proof}
      </text>
    </svg>
  );
}
