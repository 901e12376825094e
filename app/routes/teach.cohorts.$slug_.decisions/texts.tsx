import { Form, useLoaderData } from "@remix-run/react";
import { Button, IdempotencyKey } from "~/components/ui/form";
import { Section } from "~/components/ui/page";
import { KINDS } from "~/features/decisions/words";
import type { FormProblem } from "~/lib/form-problem";
import type { loadDecisions } from "./decisions.server";

const BOX =
  "mt-1 mb-2 block w-full rounded-md border border-ink-soft bg-paper px-3 py-2 text-base text-ink";
type Text = { id: string | null; name: string; body: string };

/** The texts that decisions are told with, by kind: the standard one, others by name, and a new one. */
export function Texts(props: { idempotencyKey: string; problem: FormProblem | undefined }) {
  const { idempotencyKey } = props;
  const { texts } = useLoaderData<typeof loadDecisions>();
  const problem = props.problem?.values.intent === "text" ? props.problem : undefined;
  return (
    <Section title="Texts" id="texts">
      <p className="mb-4 max-w-[68ch]">
        The standard text is sent where a decision has no message of its own. Start from one of the
        others where you decide, and change it for the person. Variables in braces are filled for
        each.
      </p>
      {texts.map((of) => (
        <details
          key={of.kind}
          open={problem?.values.kind === of.kind}
          className="max-w-xl border-t border-rule py-2"
        >
          <summary className="min-h-11 cursor-pointer py-2 font-semibold">
            {KINDS.find(({ value }) => value === of.kind)?.label}
            {of.texts.length > 1 ? ` (${of.texts.length})` : ""}
          </summary>
          {of.texts.map((text) => (
            <OneText key={text.name} {...{ of, text, idempotencyKey, problem }} />
          ))}
          <OneText {...{ of, idempotencyKey, problem }} text={null} />
        </details>
      ))}
    </Section>
  );
}

function OneText(props: {
  of: { kind: string; variables: string; texts: readonly Text[] };
  text: Text | null;
  idempotencyKey: string;
  problem: FormProblem | undefined;
}) {
  const { of, text } = props;
  const problem = concerns(props.problem, of, text) ? props.problem : undefined;
  const standard = text !== null && text === of.texts[0];
  const key = `${of.kind}-${text?.id ?? text?.name ?? "new"}`;
  return (
    <Form method="post" noValidate className="mb-6 border-b border-rule pb-4">
      <IdempotencyKey value={`${props.idempotencyKey}-${key}`} />
      <input type="hidden" name="kind" value={of.kind} />
      {text ? (
        <>
          <input type="hidden" name="name" value={text.name} />
          <input type="hidden" name="templateId" value={text.id ?? ""} />
        </>
      ) : (
        <>
          <label htmlFor={problem ? "name" : `name-${key}`} className="font-semibold">
            Name of another text
          </label>
          <input
            id={problem ? "name" : `name-${key}`}
            name="name"
            maxLength={80}
            defaultValue={problem?.values.name}
            className={BOX}
          />
        </>
      )}
      <label htmlFor={problem ? "body" : `body-${key}`} className="font-semibold">
        {text?.name ?? "Its text"}
      </label>
      <textarea
        id={problem ? "body" : `body-${key}`}
        name="body"
        rows={4}
        defaultValue={problem?.values.body ?? text?.body}
        aria-invalid={problem ? true : undefined}
        aria-describedby={`body-${key}-hint`}
        className={BOX}
      />
      <p id={`body-${key}-hint`} className="mb-4 text-sm text-ink-soft">
        {problem?.fields.body?.join(" ") ?? of.variables}
      </p>
      <div className="flex flex-wrap gap-4">
        <Button kind="plain" name="intent" value="text">
          Keep this text
        </Button>
        {text?.id ? (
          <Button kind="danger" name="intent" value="remove-text">
            {standard ? "Go back to ours" : "Throw it away"}
          </Button>
        ) : null}
      </div>
    </Form>
  );
}

/** Whether a refusal is of this text: the first of its kind, the one of that name, or the new one. */
const concerns = (
  problem: FormProblem | undefined,
  of: { kind: string; texts: readonly Text[] },
  text: Text | null,
): boolean => {
  if (problem?.values.kind !== of.kind) return false;
  const { name } = problem.values;
  return text ? text.name === name : of.texts.every((one) => one.name !== name);
};
