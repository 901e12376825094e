import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Deadline } from "~/components/ui/deadline";
import { Button, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { Notice } from "~/components/ui/notice";
import { Empty, PageHead, Section } from "~/components/ui/page";
import {
  listLateCodes,
  makeLateCode,
  newLateCode,
  revokeLateCode,
} from "~/features/cohorts/make-late-code.server";
import { COHORT_MESSAGES } from "~/features/cohorts/messages";
import { loadSetUp, setUpTrail } from "~/features/cohorts/set-up.server";
import { SetUpTabs } from "~/features/cohorts/set-up-tabs";
import { ALLOWED } from "~/features/cohorts/stages";

export const meta: MetaFunction<typeof loader> = ({ data: found }) => [
  { title: `Late codes of ${found?.title ?? "a cohort"} · Belay` },
];

/** The cohort for one of its leads; 404 for others. */
async function loadForLead(request: Request, slug: string | undefined) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const found = await loadSetUp(actor, slug, now);
  if (!found.lead) throw new Response("Not found", { status: 404 });
  return { actor, now, ...found };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, now, cohort, stage, between } = await loadForLead(request, params.slug);
  return {
    title: cohort.title,
    timeZone: cohort.timeZone,
    trail: setUpTrail(cohort),
    between,
    open: ALLOWED.late.includes(stage),
    codes: await listLateCodes(actor, cohort, now),
    newCode: newLateCode(),
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { actor, now, cohort } = await loadForLead(request, params.slug);
  const form = await readForm(request);
  const { intent, ...values } = form.values;
  const call = { actor, idempotencyKey: form.idempotencyKey, now };
  if (intent === "revoke") {
    const result = await revokeLateCode({ ...call, input: values });
    return result.ok
      ? redirect(`/teach/cohorts/${cohort.slug}/late`)
      : refused(result.error, form, COHORT_MESSAGES);
  }
  const result = await makeLateCode({ ...call, input: { ...values, cohortId: cohort.id } });
  return result.ok
    ? data({ problem: undefined, made: { code: values.code ?? "", label: values.label ?? "" } })
    : refused(result.error, form, COHORT_MESSAGES);
}

export default function LateCodes() {
  const { trail, between, open, codes, timeZone, newCode, idempotencyKey } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const problem = answer?.problem;
  return (
    <>
      <PageHead title="Late codes" trail={trail}>
        With a code somebody may still apply after the deadline, until the instant that you say.
        Everybody else is bound by the deadline.
      </PageHead>
      <SetUpTabs {...between} at="late" />
      <ErrorSummary problem={problem} />
      {answer && "made" in answer ? (
        <Notice tone="gain" announced>
          The code for {answer.made.label} is <strong>{answer.made.code}</strong>. Note it down now:
          it is not shown again. It is typed on the cohort’s page.
        </Notice>
      ) : null}
      {codes.length === 0 ? <Empty>You have given nobody a code.</Empty> : null}
      <ul className="max-w-2xl">
        {codes.map(({ id, label, used, until, live }) => (
          <li key={id} className="border-t border-rule py-3 [overflow-wrap:anywhere]">
            {label}, used {used}
            <span className="block text-sm text-ink-soft">
              {live ? (
                <>
                  Until <Deadline of={until} />
                </>
              ) : (
                "No longer taken"
              )}
            </span>
            {live ? (
              <Form method="post" className="mt-2">
                <IdempotencyKey value={`${idempotencyKey}:${id}`} />
                <input type="hidden" name="lateCodeId" value={id} />
                <Button kind="danger" name="intent" value="revoke">
                  Take back the code for {label}
                </Button>
              </Form>
            ) : null}
          </li>
        ))}
      </ul>
      {open ? (
        <Section title="Another code">
          {/* Anew once a code was made: the next is another. */}
          <Form key={codes.length} method="post" noValidate>
            <IdempotencyKey value={idempotencyKey} />
            <input type="hidden" name="code" value={problem?.values.code ?? newCode} />
            <Field
              name="label"
              label="For whom it is"
              maxLength={120}
              problem={problem}
              hint="You alone see this."
            />
            <Field
              name="validUntil"
              label="It is taken until"
              type="datetime-local"
              hint={`In ${timeZone}: after the deadline, before the cohort begins.`}
              problem={problem}
            />
            <Field
              name="maxUses"
              label="So many people may use it"
              inputMode="numeric"
              defaultValue="1"
              problem={problem}
            />
            <Button name="intent" value="make">
              Make the code
            </Button>
          </Form>
        </Section>
      ) : (
        <p className="mt-8">
          The cohort is not public yet, or has begun: nobody can apply late.{" "}
          <Link to="../setup" relative="path">
            Set-up
          </Link>
        </p>
      )}
    </>
  );
}
