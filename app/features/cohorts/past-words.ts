/** `12 of 240 (5%)`; where there were none at all, `none`. The share is whole percents, never 0% or 100% of what is not none or all. */
export function ofAll(part: number, all: number): string {
  if (all === 0) return "none";
  const percent = Math.round((part * 100) / all);
  const said =
    percent === 0 && part > 0
      ? "under 1%"
      : percent === 100 && part < all
        ? "over 99%"
        : `${percent}%`;
  const [some, whole] = [part, all].map((n) => n.toLocaleString("en-US"));
  return `${some} of ${whole} (${said})`;
}
