import { Form, Link } from "@remix-run/react";
import { Button, Field, IdempotencyKey } from "~/components/ui/form";
import { Section } from "~/components/ui/page";
import type { FormProblem } from "~/lib/form-problem";

/** With which cohorts one shares its peer space, who asks to, and the form to ask another. */
export function Sisters(props: {
  sisters: readonly { slug: string; title: string }[];
  requests: readonly { id: string; title: string; slug: string; toAnswer: boolean }[];
  lead: boolean;
  problem: FormProblem | undefined;
  idempotencyKey: string;
}) {
  const { sisters, requests, lead, problem, idempotencyKey } = props;
  return (
    <Section title="Sister cohorts" id="sisters">
      <p className="mb-4 max-w-[68ch]">
        Sister cohorts share one peer space: their students see each other’s updates and work.
        Applications, decisions and money stay apart.
      </p>
      <ul className="max-w-2xl">
        {sisters.map(({ slug, title }) => (
          <li key={slug} className="border-t border-rule py-3 [overflow-wrap:anywhere]">
            <Link to={`/cohorts/${slug}`}>{title}</Link>
          </li>
        ))}
        {requests.map(({ id, slug, title, toAnswer }) => (
          <li key={id} className="border-t border-rule py-3 [overflow-wrap:anywhere]">
            <Link to={`/cohorts/${slug}`}>{title}</Link>{" "}
            {toAnswer
              ? "asks to share its peer space with yours"
              : "is asked, and has not answered"}
            {toAnswer ? (
              <Form method="post" className="mt-2 flex flex-wrap gap-4">
                <IdempotencyKey value={`${idempotencyKey}:${id}`} />
                <input type="hidden" name="requestId" value={id} />
                <input type="hidden" name="intent" value="answer-sister" />
                <Button name="decision" value="accept">
                  Share with {title}
                </Button>
                <Button kind="plain" name="decision" value="decline">
                  Decline
                </Button>
              </Form>
            ) : lead ? (
              <Form method="post" className="mt-2">
                <IdempotencyKey value={`${idempotencyKey}:${id}`} />
                <input type="hidden" name="requestId" value={id} />
                <input type="hidden" name="intent" value="answer-sister" />
                <Button kind="plain" name="decision" value="withdraw">
                  Take the request to {title} back
                </Button>
              </Form>
            ) : null}
          </li>
        ))}
      </ul>
      {lead ? (
        <Form method="post" noValidate className="mt-4">
          <IdempotencyKey value={`${idempotencyKey}:sister`} />
          <Field
            name="slug"
            label="Address of the other cohort’s page"
            autoComplete="off"
            hint="Such as /cohorts/machines-that-braid. If you lead it too, both are joined at once; otherwise its lead is asked."
            problem={problem}
          />
          <Button kind="plain" name="intent" value="ask-sister">
            Share one peer space
          </Button>
        </Form>
      ) : null}
      {lead && sisters.length > 0 ? (
        <Form method="post" className="mt-4">
          <IdempotencyKey value={`${idempotencyKey}:leave`} />
          <Button kind="danger" name="intent" value="leave-sisters">
            Take this cohort out of the shared space
          </Button>
        </Form>
      ) : null}
    </Section>
  );
}
