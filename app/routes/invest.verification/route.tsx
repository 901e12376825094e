import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Button, Choice, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { Day } from "~/components/ui/numbers";
import { Empty, PageHead, Section, Table } from "~/components/ui/page";
import { TREASURY_MESSAGES } from "~/features/treasury/messages";
import { StateBadge } from "~/features/treasury/state-badge";
import { BASES } from "~/features/verification/bases";
import { getStanding } from "~/features/verification/queries.server";
import { requestVerification } from "~/features/verification/request-verification.server";

export const meta: MetaFunction = () => [{ title: "Verification · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const standing = await getStanding(actor, getClock().now());
  return { ...standing, idempotencyKey: newIdempotencyKey() };
}

export async function action({ request }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const call = {
    actor,
    input: form.values,
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  };
  const asked = await requestVerification(call);
  return asked.ok
    ? redirectSaying("/invest/verification", "verification-asked")
    : refused(asked.error, form, TREASURY_MESSAGES);
}

export default function Verification() {
  const { verifiedUntil, waiting, requests } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="Verification as an investor">
        Only verified investors make offers. An operator looks at what you state and decides, with a
        reason; it lasts 12 months.
      </PageHead>
      {verifiedUntil ? (
        <p className="text-lg font-semibold text-gain">
          You are verified until <Day day={verifiedUntil} />.
        </p>
      ) : null}
      {waiting ? (
        <Empty>
          Your request waits for an operator. You are told by mail once it is decided; until then
          you can prepare your cohort.
        </Empty>
      ) : (
        <Request again={verifiedUntil !== null} />
      )}
      {requests.length > 0 ? (
        <Section title="What you asked for">
          <Table
            caption="Your requests"
            columns={[{ name: "Asked on" }, { name: "State" }, { name: "Answer" }]}
            rows={requests.map((row) => ({
              key: row.id,
              cells: [
                <Day key="askedOn" day={row.askedOn} />,
                <StateBadge key="state" state={row.state} />,
                row.reason ?? "not yet",
              ],
            }))}
          />
        </Section>
      ) : null}
    </>
  );
}

function Request({ again }: { again: boolean }) {
  const { idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  const options = Object.entries(BASES).map(([value, label]) => ({ value, label }));
  return (
    <Section title={again ? "Ask again before it ends" : "Ask to be verified"}>
      <ErrorSummary problem={problem} />
      <Form method="post" noValidate>
        <IdempotencyKey value={idempotencyKey} />
        <Choice
          name="basis"
          legend="What does your request rest on?"
          options={options}
          problem={problem}
        />
        <Field
          name="statement"
          label="What shows it"
          hint="Which papers, from whom, of which date. Do not enter account numbers here."
          rows={6}
          problem={problem}
          maxLength={4000}
          required
        />
        <Button>Ask to be verified</Button>
      </Form>
    </Section>
  );
}
