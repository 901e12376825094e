import { Form, useNavigation } from "@remix-run/react";
import {
  Button,
  Checkbox,
  Choice,
  Field,
  type FormProblem,
  IdempotencyKey,
} from "~/components/ui/form";
import { Markdown } from "~/components/ui/markdown";
import { Badge, Empty, Section } from "~/components/ui/page";
import type { FeedbackView } from "./present.server";
import { againField, type DiscussIntent, discussField, HELPFULNESS } from "./words";

type Forms = { problem: FormProblem | undefined; idempotencyKey: string };
type Said = { id: string; by: string; on: string; html: string };

/** What the reader has just said, shown at once while it is on its way; null while nothing is. */
function useOnItsWay(intent: DiscussIntent, feedbackId: string): string | null {
  const { formData } = useNavigation();
  if (formData?.get("intent") !== intent) return null;
  if (feedbackId !== "" && formData.get("feedbackId") !== feedbackId) return null;
  const said = String(formData.get(discussField(intent, feedbackId)) ?? "").trim();
  return said === "" ? null : said;
}

function OnItsWay({ said }: { said: string | null }) {
  if (said === null) return null;
  return (
    <div className="mt-4 border-l-2 border-rule pl-4 text-ink-soft">
      <p className="text-sm">You, on its way…</p>
      <p className="max-w-[68ch] whitespace-pre-wrap [overflow-wrap:anywhere]">{said}</p>
    </div>
  );
}

const TONES = { open: "plain", revise: "accent", answered: "gain" } as const;
const MARKDOWN = "Markdown works: **bold**, lists, links.";

/** What somebody said, with who and when. */
export function SaidBy({ said }: { said: Said }) {
  return (
    <>
      <p className="text-sm text-ink-soft">
        {said.by}, {said.on}
      </p>
      <Markdown html={said.html} />
    </>
  );
}

/** Teachers' feedback on an update or a piece of work, with its answers and the forms that the reader may use. */
export function FeedbackSection({
  feedback,
  own,
  mayGiveFeedback,
  name,
  ...forms
}: Forms & {
  feedback: readonly FeedbackView[];
  own: boolean;
  mayGiveFeedback: boolean;
  name: string;
}) {
  return (
    <Section title="Feedback" id="all-feedback">
      <p className="mb-4 max-w-[68ch] text-sm text-ink-soft">
        {own ? "You" : name} and the cohort’s teachers read this; nobody else does.
      </p>
      {feedback.length === 0 ? (
        <Empty>
          {own
            ? "No feedback yet. Your teachers see that this waits, and for how long; you get mail when they have written."
            : `No teacher has written to ${name} about this yet.`}
        </Empty>
      ) : null}
      {feedback.map((one) => (
        <OneFeedback
          key={one.id}
          one={one}
          own={own}
          mayAnswer={own || mayGiveFeedback}
          {...forms}
        />
      ))}
      <OnItsWay said={useOnItsWay("feedback", "")} />
      {mayGiveFeedback ? <FeedbackForm name={name} {...forms} /> : null}
    </Section>
  );
}

function OneFeedback({
  one,
  own,
  mayAnswer,
  ...forms
}: Forms & { one: FeedbackView; own: boolean; mayAnswer: boolean }) {
  const helpfulness = useOnItsWay("rate", one.id) ?? one.helpfulness;
  return (
    <article
      id={`f-${one.id}`}
      className="mb-8 border-t border-rule pt-4"
      aria-label={`Feedback by ${one.by}`}
    >
      <p className="mb-2">
        <Badge tone={TONES[one.state]}>{one.stateInWords}</Badge>{" "}
        {helpfulness ? <Badge>helpful: {helpfulness} of 5</Badge> : null}
      </p>
      <SaidBy said={one} />
      {one.replies.map((reply) => (
        <div key={reply.id} className="mt-4 border-l-2 border-rule pl-4">
          <SaidBy said={reply} />
        </div>
      ))}
      <OnItsWay said={useOnItsWay("reply", one.id)} />
      {own ? <RatingForm one={one} {...forms} /> : null}
      {mayAnswer ? <ReplyForm one={one} teacher={!own} {...forms} /> : null}
    </article>
  );
}

function ReplyForm({
  one,
  teacher,
  problem,
  idempotencyKey,
}: Forms & { one: FeedbackView; teacher: boolean }) {
  const field = discussField("reply", one.id);
  return (
    <details
      className="mt-4"
      open={(!teacher && one.state !== "answered") || problem?.fields[field] ? true : undefined}
    >
      <summary className="min-h-11 py-2 font-semibold">
        {teacher ? "Write below this" : "Answer"}
      </summary>
      <Form method="post" noValidate className="mt-2">
        <IdempotencyKey value={idempotencyKey} />
        <input type="hidden" name="feedbackId" value={one.id} />
        <Field name={field} label="Your answer" hint={MARKDOWN} rows={4} problem={problem} />
        {teacher ? (
          <Checkbox
            name={againField("reply", one.id)}
            label="Ask for another go"
            problem={problem}
          />
        ) : null}
        <Button kind="plain" name="intent" value="reply">
          {teacher ? "Add this" : `Answer ${one.by}`}
        </Button>
      </Form>
    </details>
  );
}

function RatingForm({ one, problem, idempotencyKey }: Forms & { one: FeedbackView }) {
  const field = discussField("rate", one.id);
  return (
    <details
      className="mt-4"
      open={one.helpfulness === null || problem?.fields[field] ? true : undefined}
    >
      <summary className="min-h-11 py-2 font-semibold">
        {one.helpfulness === null ? "Did it help?" : "Change how much it helped"}
      </summary>
      <Form method="post" noValidate className="mt-2">
        <IdempotencyKey value={idempotencyKey} />
        <input type="hidden" name="feedbackId" value={one.id} />
        <Choice
          name={field}
          legend={`How much did this help? ${one.by} sees it; the mean of all ratings is public.`}
          options={Object.entries(HELPFULNESS).map(([value, label]) => ({ value, label }))}
          {...(one.helpfulness ? { defaultValue: String(one.helpfulness) } : {})}
          problem={problem}
        />
        <Button kind="plain" name="intent" value="rate">
          Keep this rating
        </Button>
      </Form>
    </details>
  );
}

function FeedbackForm({ name, problem, idempotencyKey }: Forms & { name: string }) {
  return (
    <Form method="post" noValidate className="mt-8">
      <IdempotencyKey value={idempotencyKey} />
      <Field
        name={discussField("feedback", "")}
        label="Your feedback"
        hint={MARKDOWN}
        rows={8}
        problem={problem}
      />
      <Checkbox name={againField("feedback", "")} label="Ask for another go" problem={problem} />
      <Button name="intent" value="feedback">
        Give {name} this feedback
      </Button>
    </Form>
  );
}

/** What anybody in the cohort said under an update, and the form to say more. */
export function CommentSection({
  comments,
  problem,
  idempotencyKey,
}: Forms & { comments: readonly Said[] }) {
  return (
    <Section title="Comments" id="comments">
      <p className="mb-4 max-w-[68ch] text-sm text-ink-soft">
        Everybody in the cohort reads these and may add to them.
      </p>
      {comments.map((comment) => (
        <div key={comment.id} className="mb-4 border-t border-rule pt-2">
          <SaidBy said={comment} />
        </div>
      ))}
      <OnItsWay said={useOnItsWay("comment", "")} />
      <Form method="post" noValidate>
        <IdempotencyKey value={idempotencyKey} />
        <Field
          name={discussField("comment", "")}
          label="Your comment"
          hint={MARKDOWN}
          rows={3}
          problem={problem}
        />
        <Button kind="plain" name="intent" value="comment">
          Add this comment
        </Button>
      </Form>
    </Section>
  );
}
