import type { ScaleLogarithmic } from "d3-scale";
import { px } from "./figure";

/** Smaller multiples read as 0.0000×: they stand at nothing. */
export const LEAST_MULTIPLE = 0.00005;

/**
 * One dot an investment, piled up by its multiple (null: nothing yet), those at nothing at `zero`. Piles that would be higher than
 * `height` are pressed together: none is left out. Dots are the round ends of lines without length, two paths in all.
 */
export function Dots(props: {
  multiples: readonly (string | null)[];
  axis: ScaleLogarithmic<number, number>;
  zero: number;
  base: number;
  height: number;
  size: number;
}) {
  const { axis, zero, base, height, size } = props;
  const pitch = size + 1;
  const piles = new Map<number, number>();
  for (const multiple of props.multiples) {
    const value = Number(multiple ?? 0);
    const x =
      value < LEAST_MULTIPLE ? zero : axis(1) + Math.round((axis(value) - axis(1)) / pitch) * pitch;
    // A loss is never drawn in the pile of those who kept what was paid.
    const at = value < 1 && value >= LEAST_MULTIPLE ? Math.min(x, axis(1) - pitch) : x;
    piles.set(at, (piles.get(at) ?? 0) + 1);
  }
  const step = Math.min(pitch, (height - size) / Math.max(1, ...piles.values()));
  const path = (isLoss: boolean) =>
    [...piles]
      .filter(([x]) => x < axis(1) - pitch / 2 === isLoss)
      .flatMap(([x, count]) =>
        Array.from(
          { length: count },
          (_, i) => `M${px(x)} ${px(base - size / 2 - 1 - i * step)}h0`,
        ),
      )
      .join("");
  return (
    <>
      {[true, false].map((isLoss) => (
        <path
          key={String(isLoss)}
          d={path(isLoss)}
          strokeWidth={size}
          strokeLinecap="round"
          className={isLoss ? "stroke-loss" : "stroke-gain"}
        />
      ))}
    </>
  );
}
