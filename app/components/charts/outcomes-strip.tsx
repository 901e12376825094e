import { scaleLog } from "d3-scale";
import { LEAST_MULTIPLE, PressedDots } from "./dots";
import { px } from "./figure";

const WIDTH = 200;
const HEIGHT = 46;
const BASE = 30;
const ZERO = 8;
const AXIS = scaleLog([0.1, 1000], [30, WIDTH - 18]).clamp(true);

/** Where the dots of a strip stand: at nothing, below what was paid, at it or above. */
export function stripFinding(multiples: readonly (string | null)[]): string {
  const values = multiples.map((multiple) => Number(multiple ?? 0));
  const nothing = values.filter((value) => value < LEAST_MULTIPLE).length;
  const below = values.filter((value) => value < 1).length - nothing;
  const beyond = values.filter((value) => value >= 10).length;
  const above = values.length - nothing - below - beyond;
  return `${values.length} ${values.length === 1 ? "investment" : "investments"}: ${nothing} at nothing, ${below} below what was paid, ${above} at 1× to 10×, ${beyond} at 10× and more`;
}

/**
 * The outcomes chart in one line of a list: one dot an investment by its multiple of what was paid, on the same logarithmic axis
 * to 1000× in every line, those at nothing in their own place on the left; the median as a line. Dots pile up, none is left out.
 */
export function OutcomesStrip({
  multiples,
  median,
}: {
  multiples: readonly (string | null)[];
  median: string | null;
}) {
  const at =
    median === null ? null : px(Number(median) < LEAST_MULTIPLE ? ZERO : AXIS(Number(median)));
  return (
    <svg
      role="img"
      aria-label={stripFinding(multiples)}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      className="block h-auto max-w-full"
      fontSize={11}
    >
      <path d={`M1 ${BASE}h14M24 ${BASE}H${WIDTH - 4}`} className="stroke-ink-soft" />
      <path d={`M${px(AXIS(1))} 4V${BASE}`} className="stroke-rule" />
      <PressedDots {...{ multiples, zero: ZERO, base: BASE, height: BASE, size: 3.5 }} at={AXIS} />
      {at === null ? null : (
        <path d={`M${at} 0V${BASE}`} strokeDasharray="2 2" className="stroke-ink" />
      )}
      {[[ZERO, "0"], ...[1, 10, 100, 1000].map((tick) => [AXIS(tick), `${tick}×`] as const)].map(
        ([x, text]) => (
          <text
            key={text}
            x={px(Number(x))}
            y={HEIGHT - 4}
            textAnchor="middle"
            className="fill-ink-soft"
          >
            {text}
          </text>
        ),
      )}
    </svg>
  );
}
