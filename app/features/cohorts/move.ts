/** The same things with one of them in another place, from 0; the others keep their order. A place beyond the end is the last. */
export function moved<T>(all: readonly T[], one: T, to: number): T[] {
  const others = all.filter((other) => other !== one);
  return [...others.slice(0, to), one, ...others.slice(to)];
}
