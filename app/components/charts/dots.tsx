import { formatMultiple } from "~/lib/money";
import { px } from "./figure";

/** Smaller multiples read as 0.0000×: they stand at nothing. */
export const LEAST_MULTIPLE = 0.00005;

/** An investment that stands at `x` in a pile of dots, by its multiple as a number. */
export type Piled<T> = { of: T; value: number; x: number };
export type Placed<T> = Piled<T> & { y: number };

export type Axis = {
  at: (multiple: number) => number;
  /** Where those at nothing stand, and how far to both sides. */
  zero: number;
  reach: number;
};

/**
 * Piles of dots `size` wide, one an investment, by its multiple (null: nothing yet): none touches another of the next pile, none is
 * left out, and none that is a loss stands in the pile of those who kept what was paid. Those at nothing stand in a bin of their
 * own, in as many piles as it needs to be no higher than `height`, and has room for.
 */
export function pileUp<T>(
  items: readonly { of: T; multiple: string | null }[],
  { at, zero, reach }: Axis,
  { size, height }: { size: number; height: number },
): Piled<T>[][] {
  const pitch = size + 1;
  const piles = new Map<number, Piled<T>[]>();
  const add = (of: T, value: number, x: number) => {
    const pile = piles.get(x);
    if (pile) pile.push({ of, value, x });
    else piles.set(x, [{ of, value, x }]);
  };
  const values = items.map(({ of, multiple }) => ({ of, value: Number(multiple ?? 0) }));
  const nothing = values.filter(({ value }) => value < LEAST_MULTIPLE);
  const room = 1 + 2 * Math.max(0, Math.floor((reach - size / 2) / pitch));
  const wide = Math.min(room, Math.ceil((nothing.length * pitch) / height));
  nothing.forEach(({ of, value }, i) => {
    add(of, value, zero + ((i % wide) - (wide - 1) / 2) * pitch);
  });
  const paid = at(1);
  for (const { of, value } of values) {
    if (value < LEAST_MULTIPLE) continue;
    const x = paid + Math.round((at(value) - paid) / pitch) * pitch;
    add(of, value, value < 1 ? Math.min(x, paid - pitch) : x);
  }
  return [...piles.values()];
}

/** How many dots the highest pile has; 1 where there is none. */
export const tallestOf = (piles: readonly (readonly unknown[])[]): number =>
  Math.max(1, ...piles.map((pile) => pile.length));

/** Where each dot of the piles stands: the lowest at `lowest`, each `step` above the one under it. */
export const placeAll = <T,>(
  piles: readonly (readonly Piled<T>[])[],
  { lowest, step }: { lowest: number; step: number },
): Placed<T>[] =>
  piles.flatMap((pile) =>
    pile.map((dot, i) => ({ ...dot, x: px(dot.x), y: px(lowest - i * step) })),
  );

/**
 * The dots, losses in their colour. Where they have names one can point at each; else they are the round ends of lines without
 * length, two paths in all.
 */
export function Dots<T>({
  dots,
  size,
  nameOf,
}: {
  dots: readonly Placed<T>[];
  size: number;
  nameOf?: ((of: T) => { name: string; multiple: string | null }) | undefined;
}) {
  return [true, false].map((isLoss) => {
    const own = dots.filter(({ value }) => value < 1 === isLoss);
    if (own.length === 0) return null;
    if (!nameOf)
      return (
        <path
          key={String(isLoss)}
          d={own.map(({ x, y }) => `M${x} ${y}h0`).join("")}
          strokeWidth={size}
          strokeLinecap="round"
          className={isLoss ? "stroke-loss" : "stroke-gain"}
        />
      );
    return (
      <g key={String(isLoss)} className={isLoss ? "fill-loss" : "fill-gain"}>
        {own.map(({ x, y, of }) => {
          const { name, multiple } = nameOf(of);
          return (
            <circle key={`${x} ${y}`} cx={x} cy={y} r={size / 2}>
              <title>{`${name}: ${formatMultiple(multiple)}`}</title>
            </circle>
          );
        })}
      </g>
    );
  });
}

/** Dots above the line at `base`, without names: piles that would be higher than `height` are pressed together. */
export function PressedDots({
  multiples,
  at,
  zero,
  base,
  height,
  size,
}: {
  multiples: readonly (string | null)[];
  at: (multiple: number) => number;
  zero: number;
  base: number;
  height: number;
  size: number;
}) {
  const items = multiples.map((multiple) => ({ of: null, multiple }));
  const piles = pileUp(items, { at, zero, reach: 0 }, { size, height });
  const step = Math.min(size + 1, (height - size) / tallestOf(piles));
  return <Dots dots={placeAll(piles, { lowest: base - size / 2 - 1, step })} size={size} />;
}
