/** A figure-eight knot as one stroke in a square of 32. */
export const KNOT =
  "M3 13C9 13 12 14 16 16C20.5 18.3 22 20.5 22 23A6 6 0 0 1 10 23C10 20.5 11.5 18.3 16 16C20.5 13.7 22 11.5 22 9A6 6 0 0 0 10 9C10 11.5 11.5 13.7 16 16C20 18 23 19 29 19";

/** The mark: a figure-eight knot drawn as one stroke. Beside the name it says nothing more. */
export function Mark() {
  return (
    <svg
      viewBox="0 0 32 32"
      width="28"
      height="28"
      aria-hidden="true"
      focusable="false"
      className="shrink-0 text-accent"
    >
      <path d={KNOT} fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
    </svg>
  );
}
