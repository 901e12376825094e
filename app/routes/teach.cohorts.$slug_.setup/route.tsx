import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Deadline } from "~/components/ui/deadline";
import { Button, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { Badge, PageHead, Section } from "~/components/ui/page";
import { CohortForm } from "~/features/cohorts/cohort-form";
import { CohortTabs } from "~/features/cohorts/cohort-tabs";
import { editCohort } from "~/features/cohorts/edit-cohort.server";
import { valuesOf } from "~/features/cohorts/form-values.server";
import { COHORT_MESSAGES } from "~/features/cohorts/messages";
import { presentCohort } from "~/features/cohorts/present";
import { publishCohort } from "~/features/cohorts/publish-cohort.server";
import { loadSetUp } from "~/features/cohorts/set-up.server";
import { ALLOWED, STAGE_SENTENCES, STAGE_WORDS } from "~/features/cohorts/stages";
import { listTimeZones } from "~/features/cohorts/time-zones.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Set-up of ${data?.cohort.title ?? "a cohort"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const found = await loadSetUp(actor, params.slug, now);
  const { cohort, stage, lead, questions, changed, criteria, staff } = found;
  const base = `/teach/cohorts/${cohort.slug}`;
  return {
    cohort: presentCohort(cohort, now),
    values: valuesOf(cohort),
    zones: listTimeZones(),
    idempotencyKey: newIdempotencyKey(),
    ...{ stage, lead },
    editable: ALLOWED.edit.includes(stage),
    cancellable: lead && ALLOWED.cancel.includes(stage),
    parts: [
      {
        to: `${base}/questions`,
        name: "Questions",
        state: `${questions.length} asked${changed && stage !== "draft" ? ", changes not in force yet" : ""}`,
      },
      {
        to: `${base}/rubric`,
        name: "Rubric",
        state: criteria.length === 1 ? "one criterion" : `${criteria.length} criteria`,
      },
      {
        to: `${base}/people`,
        name: "People and sister cohorts",
        state: staff.length === 1 ? "you alone" : `${staff.length} people`,
      },
      ...(lead
        ? [{ to: `${base}/late`, name: "Late codes", state: "apply after the deadline" }]
        : []),
      { to: `${base}/preview`, name: "Preview", state: "as a student sees it" },
    ],
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const { cohort } = await loadSetUp(actor, params.slug, now);
  const form = await readForm(request);
  const { intent, ...values } = form.values;
  const call = { actor, idempotencyKey: form.idempotencyKey, now };
  if (intent === "publish") {
    const result = await publishCohort({ ...call, input: { cohortId: cohort.id } });
    return result.ok
      ? redirectSaying(`/teach/cohorts/${cohort.slug}/setup`, "cohort-opened")
      : refused(result.error, form, COHORT_MESSAGES);
  }
  const result = await editCohort({ ...call, input: { ...values, cohortId: cohort.id } });
  return result.ok
    ? redirectSaying(`/teach/cohorts/${cohort.slug}/setup`, "cohort-changed")
    : refused(result.error, form, COHORT_MESSAGES);
}

export default function SetUp() {
  const { cohort, stage, parts, values, zones, idempotencyKey, editable, cancellable } =
    useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead
        title={cohort.title}
        trail={[
          { to: "/teach", name: "Teaching" },
          { to: `/teach/cohorts/${cohort.slug}`, name: cohort.title },
        ]}
      >
        <Badge tone={stage === "open" ? "accent" : "plain"}>{STAGE_WORDS[stage]}</Badge>{" "}
        {STAGE_SENTENCES[stage]}
      </PageHead>
      <CohortTabs
        slug={cohort.slug}
        at="setup"
        teaches
        draft={stage === "draft"}
        cancelled={stage === "cancelled"}
      />
      <ErrorSummary problem={problem} />
      <ol className="max-w-2xl">
        {parts.map(({ to, name, state }) => (
          <li key={to} className="flex flex-wrap justify-between gap-x-6 border-t border-rule py-3">
            <Link to={to} className="font-semibold">
              {name}
            </Link>
            <span className="text-ink-soft">{state}</span>
          </li>
        ))}
      </ol>
      <Publish />
      <Section title="Dates">
        <dl className="max-w-2xl">
          {cohort.schedule.map(({ name, at }) => (
            <div key={name} className="border-t border-rule py-2">
              <dt className="text-sm text-ink-soft">{name}</dt>
              <dd>
                <Deadline of={at} />
              </dd>
            </div>
          ))}
        </dl>
      </Section>
      {editable || problem?.values.intent === "edit" ? (
        <Section title="Description, dates and terms" id="details">
          <CohortForm
            {...{ problem, zones, values }}
            idempotencyKey={`${idempotencyKey}:edit`}
            intent="edit"
            button="Save these changes"
          />
        </Section>
      ) : null}
      {cancellable ? (
        <Section title="Cancel">
          <p className="max-w-[68ch]">
            Until it begins you can{" "}
            <Link to={`/teach/cohorts/${cohort.slug}/cancel`}>cancel this cohort</Link>. Everybody
            concerned is told why.
          </p>
        </Section>
      ) : null}
    </>
  );
}

function Publish() {
  const { stage, lead, idempotencyKey } = useLoaderData<typeof loader>();
  if (stage !== "draft") return null;
  if (!lead) return <p className="mt-8">A lead of this cohort publishes it.</p>;
  return (
    <Form method="post" className="mt-8 max-w-[68ch]">
      <IdempotencyKey value={`${idempotencyKey}:publish`} />
      <p className="mb-4">
        Look at the preview first. Published, everybody can see it, and people can apply from its
        opening on. It can be cancelled, not taken back.
      </p>
      <Button name="intent" value="publish">
        Publish the cohort
      </Button>
    </Form>
  );
}
