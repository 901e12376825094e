import { Form, Link } from "@remix-run/react";
import { Button, IdempotencyKey } from "~/components/ui/form";
import { Table } from "~/components/ui/page";
import type { ClosingPreview } from "~/features/public-log/openings.server";
import type { Check } from "~/features/treasury/two-steps";
import { formatInstant } from "~/lib/dates";

/** An opening that was asked for, as the table says it. */
export type Closing = {
  entryId: string;
  kind: string;
  isPublic: boolean;
  reason: string;
  firstBy: string;
  asked: string;
  secondBy: string | null;
  closed: string | null;
  /** This operator has asked. */
  mine: boolean;
};
type Props = { closings: readonly Closing[]; idempotencyKey: string };

/** What operators asked to take away, and what this one can do about what waits. */
export function Closings({ closings, idempotencyKey }: Props) {
  return (
    <Table
      caption="Openings that operators asked to take away, those that wait first"
      columns={[{ name: "Entry" }, { name: "Asked" }, { name: "Why" }, { name: "Second operator" }]}
      rows={closings.map((one) => ({
        key: one.entryId,
        cells: [
          <span key="entry">
            {one.kind.replaceAll("_", " ")}, {one.isPublic ? "public" : "private"}
            <br />
            <code className="text-sm text-ink-soft [overflow-wrap:anywhere]">{one.entryId}</code>
          </span>,
          `by ${one.firstBy}, ${one.asked}`,
          one.reason,
          one.closed ? (
            `${one.secondBy}, ${one.closed}`
          ) : (
            <Waiting key="second" one={one} idempotencyKey={idempotencyKey} />
          ),
        ],
      }))}
    />
  );
}

function Waiting({ one, idempotencyKey }: { one: Closing; idempotencyKey: string }) {
  return (
    <div>
      {one.mine ? (
        "waits for another operator"
      ) : (
        <Link to={`?entry=${one.entryId}`}>Be the second</Link>
      )}
      <Form method="post" className="mt-2">
        <IdempotencyKey value={`${idempotencyKey}:${one.entryId.slice(0, 8)}`} />
        <input type="hidden" name="entryId" value={one.entryId} />
        <Button kind="plain" name="step" value="drop">
          {one.mine ? "Take my request back" : "Turn it down"}
        </Button>
      </Form>
    </div>
  );
}

/** What the last button does, in words: the first operator asks, the second does it. */
export function checkOf({ kind, recordedAt, isPublic, parties, first }: ClosingPreview): Check {
  const what = isPublic
    ? "text is withheld from everybody with the next checkpoint. The log says so in a line of its own, and every record that it concerns says that one text is missing."
    : "text is erased. Nobody, its parties included, can prove any more what this line stands for.";
  return {
    title: "Check what will be taken away",
    items: [
      {
        name: "Entry",
        value: `${kind.replaceAll("_", " ")}, ${formatInstant(new Date(recordedAt), "UTC")}`,
      },
      { name: "Who can read it now", value: isPublic ? "everybody" : "its parties" },
      { name: "Concerns", value: parties.join(", ") || "nobody by name" },
      ...(first ? [{ name: `Asked by ${first.by}`, value: first.reason }] : []),
    ],
    said: first
      ? `Its ${what} It cannot be undone.`
      : `Nothing happens until another operator does the same. Then its ${what} That cannot be undone.`,
    act: first ? "Take the opening away" : "Ask for it to be taken away",
    danger: first !== null,
  };
}
