import { Form, Link, useLoaderData } from "@remix-run/react";
import { Button, IdempotencyKey } from "~/components/ui/form";
import { Section } from "~/components/ui/page";
import type { loadRelease } from "./release.server";

/** What would go out now: how many of each kind, the button, and each with its message. */
export function Preview() {
  const page = useLoaderData<typeof loadRelease>();
  return (
    <>
      <Section title={page.total === 1 ? "1 decision" : `${page.total} decisions`}>
        <ul className="mb-4 list-disc pl-5">
          {page.counts.map(({ kind, said }) => (
            <li key={kind}>{said}</li>
          ))}
        </ul>
        <p className="mb-4">Places taken now: {page.places}.</p>
        <Form method="post">
          <IdempotencyKey value={page.idempotencyKey} />
          <input type="hidden" name="seen" value={page.seen} />
          <Button>
            Tell {page.total} {page.total === 1 ? "applicant" : "applicants"} now
          </Button>
        </Form>
        <p className="mt-4 max-w-[68ch] text-sm text-ink-soft">
          What is out cannot be taken back. Until then each decision can be changed.
        </p>
      </Section>
      <Section title="Who is told what">
        {page.decisions.map((one) => (
          <article key={one.applicationId} className="max-w-[68ch] border-t border-rule py-4">
            <h3 className="text-lg [overflow-wrap:anywhere]">
              <Link to={`/teach/applications/${one.applicationId}#decide`}>{one.name}</Link>
            </h3>
            <p className="text-ink-soft">
              {one.many}
              {one.confirmBy ? `, to be confirmed by ${one.confirmBy}` : ""}
            </p>
            <p className="mt-2 whitespace-pre-wrap [overflow-wrap:anywhere]">{one.message}</p>
            {one.feedback ? (
              <p className="mt-2 whitespace-pre-wrap [overflow-wrap:anywhere]">
                What could be better next time: {one.feedback}
              </p>
            ) : null}
          </article>
        ))}
        {page.first || page.next ? (
          <p className="mt-4 flex flex-wrap gap-6">
            {page.first ? <Link to={page.first}>To the first</Link> : null}
            {page.next ? <Link to={page.next}>{page.left} more</Link> : null}
          </p>
        ) : null}
      </Section>
    </>
  );
}
