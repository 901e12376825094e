const FILES = [
  { ext: "json", name: "Record with its proofs", note: "JSON, what the verifier reads" },
  { ext: "csv", name: "Every line", note: "CSV, for a spreadsheet" },
  { ext: "journal", name: "Plain-text accounts", note: "for hledger" },
] as const;

/** The record as files for other programs. */
export function Downloads({ handle }: { handle: string }) {
  return (
    <ul
      className="mt-6 flex flex-wrap gap-x-8 gap-y-2 print:hidden"
      aria-label="The record as files"
    >
      {FILES.map(({ ext, name, note }) => (
        <li key={ext}>
          <a href={`/teachers/${handle}/track-record.${ext}`}>{name}</a>{" "}
          <span className="text-sm text-ink-soft">{note}</span>
        </li>
      ))}
      <li>
        <a href={`/teachers/${handle}/feed.atom`}>Events as they come</a>{" "}
        <span className="text-sm text-ink-soft">Atom, for feed readers</span>
      </li>
      <li>
        <a href={`/teachers/${handle}/badge.svg`}>Badge</a>{" "}
        <span className="text-sm text-ink-soft">SVG, for a site of your own</span>
      </li>
    </ul>
  );
}
