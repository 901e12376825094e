/** The text that is signed, as it is kept. */
export function AgreementShown({ text, label }: { text: string; label: string }) {
  return (
    <section
      aria-label={label}
      className="mb-8 max-w-[72ch] border-y border-rule py-6 font-serif leading-relaxed whitespace-pre-wrap [overflow-wrap:anywhere]"
    >
      {text}
    </section>
  );
}

/** What a person under age reads in the place of a signature. */
export function NotOfAge() {
  return (
    <p className="max-w-[68ch] border-l-4 border-loss bg-paper-2 p-4">
      You cannot sign this yet: nobody sells shares of their token before they are of age where they
      live, and nobody signs for them. Your place in the cohort stays yours. You need to do nothing:
      the offer lapses, and the money goes back.
    </p>
  );
}
