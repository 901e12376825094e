import { Notice } from "~/components/ui/notice";
import { Section } from "~/components/ui/page";

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

/** An agreement that its reader signed, with the signature and the fingerprint of the text. */
export function SignedAgreement(props: {
  agreement: { text: string; textSha256: string; typedLegalName: string; signedAt: string };
}) {
  const { text, textSha256, typedLegalName, signedAt } = props.agreement;
  return (
    <Section title="The agreement that you signed">
      <AgreementShown text={text} label="Investment agreement" />
      <p className="max-w-[68ch]">
        Signed by {typedLegalName} on {signedAt}.{" "}
        <span className="print:hidden">Print this page to keep a copy.</span>
      </p>
      <p className="mt-2 max-w-[68ch] text-sm text-ink-soft [overflow-wrap:anywhere]">
        Fingerprint of the text (its SHA-256): {textSha256}. Whoever changes a letter of it gets
        another one.
      </p>
    </Section>
  );
}

/** What a person under age reads in the place of a signature. */
export function NotOfAge() {
  return (
    <Notice tone="loss">
      You cannot sign this yet: nobody sells shares of their token before they are of age where they
      live, and nobody signs for them. Your place in the cohort stays yours. You need to do nothing:
      the offer lapses, and the money goes back.
    </Notice>
  );
}
