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
      <path
        d="M5 27C9 27 12 24 16 19.5S24 12.5 24 9a7 7 0 0 0-14 0c0 4 4 6.500 8 10.500S22 27 27 27M10.500 5C7 6 5.500 9 6 12"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.600"
        strokeLinecap="round"
      />
    </svg>
  );
}
