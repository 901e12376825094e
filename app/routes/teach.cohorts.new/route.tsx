import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { ErrorSummary } from "~/components/ui/form";
import { Empty, PageHead, Section } from "~/components/ui/page";
import { CohortForm } from "~/features/cohorts/cohort-form";
import { valuesOfCopy, valuesOfTemplate } from "~/features/cohorts/form-values.server";
import { COHORT_MESSAGES } from "~/features/cohorts/messages";
import { getOwnCohort, listCohortsOfStaff } from "~/features/cohorts/queries.server";
import { startCohort } from "~/features/cohorts/start-cohort.server";
import { findTemplate, TEMPLATES } from "~/features/cohorts/templates";
import { listTimeZones } from "~/features/cohorts/time-zones.server";
import { readZone } from "~/lib/readers-zone";

export const meta: MetaFunction = () => [{ title: "Begin a cohort · Belay" }];

const fromOf = (request: Request): string => new URL(request.url).searchParams.get("from") ?? "";

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const from = fromOf(request);
  if (!from) {
    const own = await listCohortsOfStaff(actor.id);
    return {
      source: null,
      templates: TEMPLATES.map(({ name, title, about, questions, criteria }) => ({
        ...{ name, title, about },
        size: `${questions.length} questions, ${criteria.length === 1 ? "one criterion" : `${criteria.length} criteria`}.`,
      })),
      own: own.map(({ slug, title }) => ({ slug, title })),
    };
  }
  const template = findTemplate(from);
  const earlier = template ? null : await getOwnCohort(actor, from);
  if (!template && !earlier) throw new Response("Not found", { status: 404 });
  const zone = readZone(request.headers.get("cookie") ?? "") ?? "UTC";
  const values = template
    ? valuesOfTemplate(template, now, zone)
    : earlier && valuesOfCopy(earlier, now);
  return {
    source: {
      from,
      title: template?.title ?? earlier?.title ?? "",
      copied: earlier !== null,
      values: values ?? {},
    },
    zones: listTimeZones(),
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const result = await startCohort({
    actor,
    input: { ...form.values, from: fromOf(request) },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  return result.ok
    ? redirectSaying(`/teach/cohorts/${result.value.slug}/setup`, "cohort-begun")
    : refused(result.error, form, COHORT_MESSAGES);
}

export default function NewCohort() {
  const data = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  if (data.source === null) return <Sources templates={data.templates} own={data.own} />;
  const { title, copied, values } = data.source;
  return (
    <>
      <PageHead
        title={copied ? `A cohort like ${title}` : `A cohort: ${title}`}
        trail={[
          { to: "/teach", name: "Teaching" },
          { to: "/teach/cohorts/new", name: "Begin a cohort" },
        ]}
      >
        {copied
          ? "The description, the terms, the questions in force and the rubric are copied, and the dates moved by whole weeks: look at each. Partners, late codes and sister cohorts are not: you ask them anew."
          : "You get a draft that you alone see, with its questions and a rubric to change. Nothing is public until you publish it."}
      </PageHead>
      <ErrorSummary problem={problem} />
      <CohortForm
        {...{ problem, values }}
        zones={data.zones}
        idempotencyKey={data.idempotencyKey}
        intent="start"
        button="Keep as a draft"
      />
    </>
  );
}

function Sources(props: {
  templates: readonly { name: string; title: string; about: string; size: string }[];
  own: readonly { slug: string; title: string }[];
}) {
  return (
    <>
      <PageHead title="Begin a cohort" trail={[{ to: "/teach", name: "Teaching" }]}>
        Choose what to begin from. Everything can be changed afterwards, and nobody sees it until
        you publish it.
      </PageHead>
      <Section title="From a template">
        <ul className="max-w-2xl">
          {props.templates.map(({ name, title, about, size }) => (
            <li key={name} className="border-t border-rule py-4">
              <h3>
                <Link to={`?from=${name}`}>{title}</Link>
              </h3>
              <p>{about}</p>
              <p className="text-sm text-ink-soft">{size}</p>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="From an earlier cohort of yours">
        {props.own.length === 0 ? (
          <Empty>
            You have none yet. From the second cohort on you can copy the one before, with its
            questions, rubric and terms.
          </Empty>
        ) : (
          <ul className="max-w-2xl list-disc pl-5">
            {props.own.map(({ slug, title }) => (
              <li key={slug} className="py-1 [overflow-wrap:anywhere]">
                <Link to={`?from=${slug}`}>Copy {title}</Link>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </>
  );
}
