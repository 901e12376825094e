import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { readForm, refused } from "~/auth/form.server";
import { Button, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { Markdown } from "~/components/ui/markdown";
import { Empty, PageHead, Section } from "~/components/ui/page";
import { presentSpace, presentStudent } from "~/features/learning/present.server";
import { findStudentHere } from "~/features/learning/queries.server";
import { UpdateList, WorkList } from "~/features/learning/shown-list";
import { notHere, requireSpace } from "~/features/learning/space-route.server";
import { spacePath, trailOf } from "~/features/learning/words";
import { writeNote } from "~/features/learning/write-note.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.student.name ?? "Student"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, space, idempotencyKey } = await requireSpace(request, params.slug);
  const page = await presentStudent(actor, space, params.handle);
  if (!page) throw notHere();
  return { ...page, space: presentSpace(space), idempotencyKey };
}

/** Keeps a teacher's private note. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { actor, space } = await requireSpace(request, params.slug);
  const student = await findStudentHere(space, params.handle);
  if (!student) throw notHere();
  const form = await readForm(request);
  const result = await writeNote({
    actor,
    input: { ...form.values, cohortId: space.cohort.id, studentId: student.id },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  return result.ok
    ? redirect(`${spacePath(space.cohort.slug, "students", student.handle)}#notes`)
    : refused(result.error, form);
}

export default function StudentHere() {
  const { space, student, own, updates, works, drafts, notes } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead title={student.name} trail={trailOf(space)}>
        {own ? "What you show in this cohort. " : "What they show in this cohort. "}
        <Link to={`/people/${student.handle}`}>The public page</Link>
      </PageHead>
      <ErrorSummary problem={problem} />
      <Section title="Updates">
        {drafts.length > 0 ? (
          <ul className="mb-4 max-w-[68ch]">
            {drafts.map((draft) => (
              <li key={draft.week} className="border-t border-rule py-2">
                <Link to={`${spacePath(space.slug, "update")}?week=${draft.week}`}>
                  Draft: week of {draft.inWords}
                </Link>{" "}
                <span className="text-sm text-ink-soft">saved {draft.saved}; yours alone</span>
              </li>
            ))}
          </ul>
        ) : null}
        {updates.length === 0 ? (
          <Empty>{own ? "You have" : `${student.name} has`} not published an update yet.</Empty>
        ) : (
          <UpdateList updates={updates} />
        )}
      </Section>
      <Section title="Work">
        {works.length === 0 ? (
          <Empty>{own ? "You have" : `${student.name} has`} not shown a piece of work yet.</Empty>
        ) : (
          <WorkList works={works} />
        )}
        {own ? (
          <p className="mt-4">
            <Link to={spacePath(space.slug, "work")}>Show a piece of work</Link>
          </p>
        ) : null}
      </Section>
      {notes ? <Notes /> : null}
    </>
  );
}

function Notes() {
  const { student, notes, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <Section title="Private notes" id="notes">
      <p className="mb-4 max-w-[68ch] text-ink-soft">
        Only the teachers of this cohort read these. {student.name} does not.
      </p>
      {notes?.map((note) => (
        <article key={note.id} className="mb-6 max-w-[68ch] border-t border-rule pt-2">
          <p className="text-sm text-ink-soft">
            {note.by}, {note.on}
          </p>
          {note.strengths ? (
            <p className="[overflow-wrap:anywhere]">
              <span className="font-semibold">Strengths:</span> {note.strengths}
            </p>
          ) : null}
          {note.html ? <Markdown html={note.html} /> : null}
        </article>
      ))}
      <Form method="post" noValidate>
        <IdempotencyKey value={idempotencyKey} />
        <Field
          name="strengths"
          label="Strengths that you see"
          hint="In a few words: what they do better than others."
          maxLength={500}
          problem={problem}
        />
        <Field
          name="body"
          label="Note"
          hint="Markdown works: **bold**, lists, links."
          rows={5}
          problem={problem}
        />
        <Button kind="plain">Keep this note</Button>
      </Form>
    </Section>
  );
}
