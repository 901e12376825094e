/** Where the practice world shows what an authenticator would; opens beside the form, so that nothing typed is lost. */
export function PracticeCodes() {
  return (
    <p className="mb-4 max-w-[68ch] text-ink-soft">
      In this practice world the codes are on{" "}
      <a href="/dev/codes" target="_blank" rel="noreferrer">
        a page of this site
      </a>{" "}
      (it opens in a new tab).
    </p>
  );
}
