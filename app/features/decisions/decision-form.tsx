import { Form, Link, useLocation } from "@remix-run/react";
import type { ReactNode } from "react";
import type { DecisionKind } from "#db/schema/decisions";
import { Button, Choice, Field, IdempotencyKey } from "~/components/ui/form";
import type { FormProblem } from "~/lib/form-problem";
import type { Begun, Pending, Template } from "./start-from";
import { KINDS } from "./words";

type Cohorts = readonly { slug: string; title: string }[];

/** What is decided and what is said with it. The same for one application and for many. */
function DecisionFields(props: {
  problem: FormProblem | undefined;
  pending: Pending | null;
  zone: string;
  others: Cohorts;
  kinds: readonly DecisionKind[] | undefined;
}) {
  const { problem, pending, zone, kinds } = props;
  return (
    <>
      <Choice
        name="kind"
        legend="What you decide"
        options={KINDS.filter(({ value }) => kinds?.includes(value) ?? true).map(
          ({ value, label }) => ({ value, label }),
        )}
        problem={problem}
        {...(pending ? { defaultValue: pending.kind } : {})}
      />
      <Field
        name="message"
        label="Message"
        hint="Empty: the standard text. You may write {name}, {cohort}, {teacher}; {confirm_by} when you admit, {waitlist_place}, {revise_by}, {next_cohort} where they fit."
        rows={4}
        problem={problem}
        defaultValue={pending?.message}
      />
      <Field
        name="feedback"
        label="What could be better next time"
        hint="Sent where you write something. Name one thing that would change your mind."
        rows={3}
        problem={problem}
        defaultValue={pending?.feedback}
      />
      <details className="mb-4 max-w-xl border-y border-rule py-2" open={hasTerm(problem, pending)}>
        <summary className="min-h-11 cursor-pointer py-2 font-semibold">Dates and cohort</summary>
        <Field
          name="confirmBy"
          label="Admitted: to be confirmed by"
          hint={`In ${zone}. Empty: as long as the cohort gives. By its beginning at the latest.`}
          type="datetime-local"
          problem={problem}
          defaultValue={pending?.confirmBy}
        />
        <Field
          name="reviseBy"
          label="To revise: to be submitted by"
          hint={`In ${zone}.`}
          type="datetime-local"
          problem={problem}
          defaultValue={pending?.reviseBy}
        />
        <Field
          name="deferTo"
          label="Kept for"
          options={[
            { value: "", label: "No other cohort" },
            ...props.others.map(({ slug, title }) => ({ value: slug, label: title })),
          ]}
          problem={problem}
          defaultValue={pending?.deferTo}
        />
      </details>
    </>
  );
}

const hasTerm = (problem: FormProblem | undefined, pending: Pending | null): boolean =>
  ["confirmBy", "reviseBy", "deferTo"].some((name) => problem?.fields[name]) ||
  pending?.kind === "revise" ||
  pending?.kind === "defer";

/** A form that decides: about one application, or about those that are chosen in `children`. Nothing is sent by it. */
export function DecisionForm(props: {
  problem: FormProblem | undefined;
  idempotencyKey: string;
  pending: Begun | null;
  /** Whether there is a decision to take back. */
  open: boolean;
  zone: string;
  others: Cohorts;
  texts: readonly Template[];
  /** What can be decided here; absent: every kind. */
  kinds?: readonly DecisionKind[];
  children?: ReactNode;
}) {
  const { pending } = props;
  return (
    <Form method="post" noValidate key={pending?.text ?? ""}>
      <IdempotencyKey value={`${props.idempotencyKey}-decide`} />
      {props.children}
      <StartFrom texts={props.texts.filter(({ kind }) => props.kinds?.includes(kind) ?? true)} />
      <DecisionFields
        problem={props.problem}
        pending={pending}
        zone={props.zone}
        others={props.others}
        kinds={props.kinds}
      />
      <div className="flex flex-wrap gap-4">
        <Button kind="plain" name="intent" value="decide">
          Keep this decision
        </Button>
        {props.open ? (
          <Button kind="danger" name="intent" value="drop">
            Take it back
          </Button>
        ) : null}
      </div>
    </Form>
  );
}

/** The texts that the cohort keeps, each a link that puts it into the message. */
function StartFrom({ texts }: { texts: readonly Template[] }) {
  const { pathname, search } = useLocation();
  if (texts.length === 0) return null;
  const to = (id: string) => {
    const asked = new URLSearchParams(search);
    asked.set("text", id);
    return `${pathname}?${asked}#decide`;
  };
  return (
    <p className="mb-4 max-w-xl text-sm">
      Start from:{" "}
      {texts.map(({ id, kind, name }, at) => (
        <span key={id}>
          {at > 0 ? ", " : null}
          <Link to={to(id)} preventScrollReset>
            {name} ({KINDS.find(({ value }) => value === kind)?.label.toLowerCase()})
          </Link>
        </span>
      ))}
    </p>
  );
}
