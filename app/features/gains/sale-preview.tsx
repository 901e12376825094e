import { Form } from "@remix-run/react";
import { Button, IdempotencyKey } from "~/components/ui/form";
import { GradeBadge } from "~/components/ui/grade-badge";
import { Notice } from "~/components/ui/notice";
import { Day, Money } from "~/components/ui/numbers";
import { Facts, Section } from "~/components/ui/page";
import { formatDate } from "~/lib/dates";
import { GRADE_WORDS } from "~/lib/gain-words";
import { formatCents } from "~/lib/money";
import { GainWaterfall } from "./gain-waterfall";
import { PartsTable } from "./parts-table";
import type { GainPreview } from "./preview-gain.server";
import { KeptDocument } from "./sale-form";

const TYPED = ["company", "closingDate", "proceeds", "basis", "costs"] as const;

/** Everything that declaring a sale will do, with the button that does it and one that leads back to the form. */
export function SalePreview(props: {
  preview: GainPreview;
  values: Record<string, string>;
  idempotencyKey: string;
}) {
  const { preview, values, idempotencyKey } = props;
  const toPay = BigInt(preview.toPayCents);
  const holders = new Set(
    preview.parts.filter((part) => part.cents !== "0").map((part) => part.handle),
  ).size;
  const whom = holders === 1 ? "1 holder" : `${holders} holders`;
  const due = formatDate(new Date(preview.dueAt));
  return (
    <>
      <Notices preview={preview} />
      <Facts
        items={[
          { name: "Company", value: preview.company },
          { name: "Closed", value: <Day day={preview.closingDate} /> },
          { name: "To divide", value: <Money cents={preview.distributableCents} plain /> },
          { name: "Your holders get", value: <Money cents={toPay} /> },
          {
            name: "You keep of the gain",
            value: <Money cents={BigInt(preview.gainCents) - toPay} />,
          },
          {
            name: "Evidence",
            value: <GradeBadge grade={preview.grade} />,
            note: GRADE_WORDS[preview.grade].meaning,
          },
        ]}
      />
      <Section title="How it is divided">
        <GainWaterfall gain={preview} ownerName={preview.ownerName} />
      </Section>
      {preview.parts.length > 0 ? (
        <Section title="What each holder gets">
          <PartsTable caption="What each holder gets of this gain" parts={preview.parts} />
        </Section>
      ) : null}
      <Section title="What happens when you declare">
        <p className="mb-4 max-w-[68ch]">
          {toPay > 0n
            ? `These parts are fixed and public, and each holder is told. No money moves now: you pay ${formatCents(toPay)} from your balance by ${due}, out of what you received.`
            : "The sale is recorded in public, without the company’s name. Nobody is owed anything by it."}
          {preview.document ? ` “${preview.document.fileName}” is kept as its document.` : ""} A
          declaration cannot be taken back.
        </p>
        <Form
          method="post"
          encType="multipart/form-data"
          className="flex flex-wrap items-center gap-4"
        >
          <IdempotencyKey value={idempotencyKey} />
          {TYPED.map((name) => (
            <input key={name} type="hidden" name={name} value={values[name] ?? ""} />
          ))}
          <KeptDocument values={values} />
          <Button name="step" value="declare">
            {toPay > 0n
              ? `Declare: ${formatCents(toPay)} to ${whom} by ${due}`
              : "Declare this sale"}
          </Button>
          <Button name="step" value="edit" kind="plain">
            Change something
          </Button>
        </Form>
      </Section>
    </>
  );
}

/** Bad news first, and plainly. */
function Notices({ preview }: { preview: GainPreview }) {
  const notes: string[] = [];
  if (preview.uncountedLossCents !== "0")
    notes.push(
      `This is a loss of ${formatCents(preview.uncountedLossCents)}. Without a document it counts for nothing: add one if you have it.`,
    );
  if (preview.lossCents !== "0")
    notes.push(
      `This is a loss of ${formatCents(preview.lossCents)}. It counts against gains of the same year that you declare after it; nothing already paid comes back.`,
    );
  if (preview.offsetCents !== "0")
    notes.push(`Losses of the same year take up ${formatCents(preview.offsetCents)} of this gain.`);
  if (preview.late)
    notes.push("More than 30 days have passed since the closing date: this declaration is late.");
  if (notes.length === 0) return null;
  return (
    <Notice tone="loss">
      <ul>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Notice>
  );
}
