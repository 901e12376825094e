import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { ButtonLook, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { Empty, PageHead, Section } from "~/components/ui/page";
import { MOST_WORKS } from "~/features/applications/limits";
import { APPLICATION_MESSAGES } from "~/features/applications/words";
import { WorkForm } from "~/features/applications/work-form";
import { addWork, moveWork } from "~/features/applications/works.server";
import { listWorks } from "~/features/applications/works-queries.server";

export const meta: MetaFunction = () => [{ title: "Your works · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  return { works: await listWorks(actor.id), idempotencyKey: newIdempotencyKey() };
}

export async function action({ request }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const { workId, way } = form.values;
  const call = (input: unknown) => ({
    ...{ actor, input, idempotencyKey: form.idempotencyKey, now: getClock().now() },
  });
  const result = workId
    ? await moveWork(call({ workId, way }))
    : await addWork(call({ ...form.values, file: form.files.file }));
  return result.ok
    ? redirectSaying("/profile/works", workId ? "work-moved" : "work-kept")
    : refused(result.error, form, APPLICATION_MESSAGES);
}

export default function Works() {
  const { works, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead title="Your works" trail={[{ to: "/profile", name: "Your profile" }]}>
        Collect them once, and choose in each application which it shows. Only who reads such an
        application sees them. A change here shows in every application.
      </PageHead>
      <ErrorSummary problem={problem} />
      {works.length === 0 ? (
        <Empty>Nothing yet. What have you made? A link, a file, or a few lines are enough.</Empty>
      ) : (
        <ol className="max-w-[68ch]">
          {works.map((work, index) => (
            <li
              key={work.id}
              className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-rule py-3"
            >
              <Link
                to={`/profile/works/${work.id}`}
                className="min-w-0 flex-1 basis-48 [overflow-wrap:anywhere]"
              >
                {work.title}
              </Link>
              {works.length > 1 ? (
                <Mover
                  work={work}
                  idempotencyKey={`${idempotencyKey}-${work.id}`}
                  first={index === 0}
                  last={index === works.length - 1}
                />
              ) : null}
            </li>
          ))}
        </ol>
      )}
      {works.length < MOST_WORKS || problem ? (
        <Section title="Add a work">
          <WorkForm key={works.length} work={null} {...{ problem, idempotencyKey }} />
        </Section>
      ) : null}
    </>
  );
}

function Mover(props: {
  work: { id: string; title: string };
  idempotencyKey: string;
  first: boolean;
  last: boolean;
}) {
  const { work } = props;
  return (
    <Form method="post" preventScrollReset className="flex gap-2">
      <IdempotencyKey value={props.idempotencyKey} />
      <input type="hidden" name="workId" value={work.id} />
      {props.first ? null : (
        <ButtonLook kind="plain" name="way" value="up">
          Up<span className="sr-only">: {work.title}</span>
        </ButtonLook>
      )}
      {props.last ? null : (
        <ButtonLook kind="plain" name="way" value="down">
          Down<span className="sr-only">: {work.title}</span>
        </ButtonLook>
      )}
    </Form>
  );
}
