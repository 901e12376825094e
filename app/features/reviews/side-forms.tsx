import { Form, Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Button, Field, IdempotencyKey } from "~/components/ui/form";
import type { FormProblem } from "~/lib/form-problem";

type Props = { problem: FormProblem | undefined; idempotencyKey: string };

/** A form that is opened when it is wanted. It stays open where something in it needs a change. */
function Folded(props: { title: string; open: boolean; children: ReactNode }) {
  return (
    <details className="border-t border-rule py-2" open={props.open}>
      <summary className="min-h-11 cursor-pointer py-2 font-semibold">{props.title}</summary>
      {props.children}
    </details>
  );
}

const has = (problem: FormProblem | undefined, name: string): boolean =>
  problem !== undefined && name in problem.fields;

/** Whether what that button sent was refused. */
const wasRefused = (problem: FormProblem | undefined, intent: string): boolean =>
  problem?.values.intent === intent;

/** Abstaining, and saying that one is too close. */
export function StepBack({ problem, idempotencyKey, maySkip }: Props & { maySkip: boolean }) {
  return (
    <div className="mt-8 max-w-xl">
      {maySkip ? (
        <Folded title="Abstain" open={wasRefused(problem, "abstain")}>
          <Form method="post" noValidate>
            <IdempotencyKey value={`${idempotencyKey}-abstain`} />
            <p className="mb-4">
              You give no score, see the others’, and cannot score it later. The application goes to
              another reviewer.
            </p>
            <Field
              name="abstain-reason"
              label="Why you abstain"
              hint="The cohort’s staff read it."
              rows={2}
              problem={problem}
            />
            <Button kind="plain" name="intent" value="abstain">
              Abstain
            </Button>
          </Form>
        </Folded>
      ) : null}
      <Folded title="I am too close to this person" open={wasRefused(problem, "conflict")}>
        <Form method="post" noValidate>
          <IdempotencyKey value={`${idempotencyKey}-conflict`} />
          <p className="mb-4">
            You see nothing of this person’s applications from then on. Shares, referrals, relatives
            and earlier cohorts are found without your saying so.
          </p>
          <Field
            name="conflict-reason"
            label="What stands between you"
            rows={2}
            problem={problem}
          />
          <Button kind="danger" name="intent" value="conflict">
            Declare the conflict
          </Button>
        </Form>
      </Folded>
    </div>
  );
}

/** Words that give away who applies, hidden from who has yet to score. */
export function Redactions(
  props: Props & {
    redactions: readonly { id: string; phrase: string }[];
    byOthers: number;
    hidden: boolean;
  },
) {
  const { problem, idempotencyKey, redactions, byOthers, hidden } = props;
  return (
    <Folded title="Hide words that give away who it is" open={has(problem, "phrase")}>
      <p className="mb-4 max-w-[68ch]">
        {hidden
          ? "Names, handle and links are hidden already. What you hide here is hidden from everybody who has yet to score it."
          : "Hidden from everybody who has yet to score it."}
        {byOthers > 0
          ? ` Others have hidden ${byOthers === 1 ? "a phrase" : `${byOthers} phrases`}; you see which once you have scored.`
          : null}
      </p>
      <ul>
        {redactions.map(({ id, phrase }) => (
          <li key={id} className="mb-2">
            <Form method="post" className="flex flex-wrap items-center gap-4">
              <IdempotencyKey value={`${idempotencyKey}-${id}`} />
              <input type="hidden" name="redactionId" value={id} />
              <span className="[overflow-wrap:anywhere]">“{phrase}” is hidden</span>
              <Button kind="plain" name="intent" value="unredact">
                Show “{phrase}” again
              </Button>
            </Form>
          </li>
        ))}
      </ul>
      <Form method="post" noValidate>
        <IdempotencyKey value={`${idempotencyKey}-redact`} />
        <Field name="phrase" label="Words to hide" problem={problem} />
        <Button kind="plain" name="intent" value="redact">
          Hide them
        </Button>
      </Form>
    </Folded>
  );
}

/** Tags, by which staff find an application again. */
export function TagForm({ problem, idempotencyKey, tags }: Props & { tags: readonly string[] }) {
  return (
    <Folded title={`Tags (${tags.length})`} open={has(problem, "tag")}>
      {tags.map((tag) => (
        <Form key={tag} method="post" className="mb-2">
          <IdempotencyKey value={`${idempotencyKey}-tag-${tag.replace(/[^\w-]/g, "_")}`} />
          <input type="hidden" name="tag" value={tag} />
          <Button kind="plain" name="intent" value="tag">
            Take off {tag}
          </Button>
        </Form>
      ))}
      <Form method="post" noValidate>
        <IdempotencyKey value={`${idempotencyKey}-tag`} />
        <Field name="tag" label="New tag" problem={problem} />
        <Button kind="plain" name="intent" value="tag">
          Tag it
        </Button>
      </Form>
    </Folded>
  );
}

/** Holding this one against another that the reviewer has scored. */
export function CompareForm(
  props: Props & {
    comparable: readonly { id: string; name: string }[];
    comparisons: readonly { id: string; said: string }[];
  },
) {
  const { problem, idempotencyKey, comparable, comparisons } = props;
  if (comparable.length === 0 && comparisons.length === 0) return null;
  return (
    <Folded title={`Compare with another (${comparisons.length})`} open={has(problem, "otherId")}>
      <ul className="mb-4 list-disc pl-5">
        {comparisons.map(({ id, said }) => (
          <li key={id}>
            <Link to={`/teach/applications/${id}`}>{said}</Link>
          </li>
        ))}
      </ul>
      {comparable.length > 0 ? (
        <Form method="post" noValidate>
          <IdempotencyKey value={`${idempotencyKey}-compare`} />
          <Field
            name="otherId"
            label="The other, with your score"
            options={comparable.map(({ id, name }) => ({ value: id, label: name }))}
            problem={problem}
          />
          <div className="flex flex-wrap gap-4">
            <Button kind="plain" name="intent" value="better">
              This one is better
            </Button>
            <Button kind="plain" name="intent" value="worse">
              The other is better
            </Button>
          </div>
        </Form>
      ) : null}
    </Folded>
  );
}

/** What those who scored say to each other. */
export function Discussion(
  props: Props & {
    comments: readonly { id: string; name: string; body: string; postedAt: string }[];
  },
) {
  return (
    <>
      {props.comments.map((one) => (
        <article key={one.id} className="max-w-[68ch] border-t border-rule py-4">
          <p className="text-sm text-ink-soft">
            {one.name}, {one.postedAt}
          </p>
          <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{one.body}</p>
        </article>
      ))}
      <Form method="post" noValidate key={props.comments.length}>
        <IdempotencyKey value={`${props.idempotencyKey}-comment`} />
        <Field
          name="body"
          label="Your comment"
          hint="For those who review it. The applicant never sees it, and it cannot be taken back."
          rows={3}
          problem={props.problem}
        />
        <Button kind="plain" name="intent" value="comment">
          Say it
        </Button>
      </Form>
    </>
  );
}
