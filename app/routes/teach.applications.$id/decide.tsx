import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { Button, IdempotencyKey } from "~/components/ui/form";
import { Section } from "~/components/ui/page";
import { DecisionForm } from "~/features/decisions/decision-form";
import type { act } from "./act.server";
import { Decided } from "./parts";
import type { loadReview } from "./review.server";

/** What is decided waits here until it is released. */
export function Decide() {
  const file = useLoaderData<typeof loadReview>();
  const { decide, idempotencyKey, cohortSlug, state } = file;
  const answer = useActionData<typeof act>();
  const problem = answer && "problem" in answer ? answer.problem : undefined;
  // A refused decision stays with what was typed, also when none can be made any more.
  const refused = problem?.values.intent === "decide";
  if (!decide || (decide.kinds.length === 0 && !refused))
    return state === "submitted" ? null : <Decided {...file} />;
  return (
    <>
      {state === "submitted" ? null : <Decided {...file} />}
      <Section title="Decide" id="decide">
        {decide.releasing && !refused ? (
          <Form method="post">
            <IdempotencyKey value={`${idempotencyKey}-drop`} />
            <p className="mb-4">The decision is on its way to the applicant.</p>
            <Button kind="danger" name="intent" value="drop">
              Take it back, if it is not out yet
            </Button>
          </Form>
        ) : (
          <>
            <p className="mb-4 max-w-[68ch]">
              {decide.pending ? "Decided, and not out yet." : "Nothing is decided yet."} Nobody is
              told before you{" "}
              <Link to={`/teach/cohorts/${cohortSlug}/release`}>release all decisions</Link>. A
              place says nothing about money.
            </p>
            <DecisionForm
              problem={problem}
              idempotencyKey={idempotencyKey}
              pending={decide.begun}
              open={decide.pending !== null}
              texts={decide.templates}
              zone={decide.zone}
              others={decide.others}
              {...(decide.kinds.length > 0 ? { kinds: decide.kinds } : {})}
            >
              <input type="hidden" name="cohortId" value={decide.cohortId} />
            </DecisionForm>
          </>
        )}
      </Section>
    </>
  );
}
