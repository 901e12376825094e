import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, type ReadForm, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Button, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { PageHead, Section, Table } from "~/components/ui/page";
import { importReviewers, judgeReviewers } from "~/features/cohorts/import-reviewers.server";
import { COHORT_MESSAGES } from "~/features/cohorts/messages";
import { loadSetUp, setUpTrail } from "~/features/cohorts/set-up.server";

export const meta: MetaFunction<typeof loader> = ({ data: found }) => [
  { title: `Reviewers of ${found?.title ?? "a cohort"} by a file · Belay` },
];

/** The cohort for one of its leads; 404 for others. */
async function loadForLead(request: Request, slug: string | undefined) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const { cohort, lead } = await loadSetUp(actor, slug, now);
  if (!lead) throw new Response("Not found", { status: 404 });
  return { actor, now, cohort };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { cohort } = await loadForLead(request, params.slug);
  const trail = [
    ...setUpTrail(cohort),
    { to: `/teach/cohorts/${cohort.slug}/people`, name: "People" },
  ];
  return { title: cohort.title, trail, idempotencyKey: newIdempotencyKey() };
}

/** The lines of a file where one was chosen, and those that were pasted otherwise. */
const textOf = ({ files, values }: ReadForm): string =>
  files.file ? new TextDecoder().decode(files.file.bytes) : (values.text ?? "");

export async function action({ request, params }: ActionFunctionArgs) {
  const { actor, now, cohort } = await loadForLead(request, params.slug);
  const form = await readForm(request);
  const text = textOf(form).replaceAll("\0", "");
  if (form.values.intent === "ask") {
    const input = { cohortId: cohort.id, text };
    const asked = await importReviewers({ actor, input, now, idempotencyKey: form.idempotencyKey });
    if (asked.ok) return redirectSaying(`/teach/cohorts/${cohort.slug}/people`, "reviewers-asked");
    if (asked.error.code !== "lines_wrong") return refused(asked.error, form, COHORT_MESSAGES);
  }
  const { lines, problem } = await judgeReviewers(cohort.id, text);
  const wrong = lines.filter((line) => line.problem).length;
  if (!problem && wrong === 0) return data({ problem: undefined, lines, text });
  return data(
    {
      lines,
      text,
      problem: {
        message: "Nobody is asked yet",
        values: { text },
        fields: {
          text: [problem ?? `${wrong} of ${lines.length} lines need a change: see below.`],
        },
      },
    },
    { status: 400 },
  );
}

export default function ImportReviewers() {
  const { trail, idempotencyKey } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const found = answer && "lines" in answer ? answer : null;
  return (
    <>
      <PageHead title="Reviewers by a file" trail={trail}>
        One address a line, or CSV with a column headed “email”. You see every line before anybody
        is asked; either all are asked, or nobody.
      </PageHead>
      <ErrorSummary problem={answer?.problem} />
      {found && !found.problem ? (
        <Section title="Before anybody is asked">
          <Lines lines={found.lines} />
          <Form method="post" className="mt-6">
            <IdempotencyKey value={`${idempotencyKey}:ask`} />
            <input type="hidden" name="text" value={found.text} />
            <Button name="intent" value="ask">
              Ask {found.lines.length === 1 ? "this reviewer" : `these ${found.lines.length}`} by
              mail
            </Button>
          </Form>
        </Section>
      ) : null}
      <Section title={found && !found.problem ? "Or check other lines" : "The lines"}>
        <Form method="post" encType="multipart/form-data" noValidate>
          <IdempotencyKey value={idempotencyKey} />
          <Field name="file" type="file" accept=".csv,.txt,text/csv" label="A CSV file" />
          <Field
            name="text"
            label="Or paste the lines here"
            rows={8}
            problem={answer?.problem}
            defaultValue={found?.text}
          />
          <Button kind="plain" name="intent" value="check">
            Check the lines
          </Button>
        </Form>
      </Section>
      {found?.problem && found.lines.length > 0 ? (
        <Section title="What each line says">
          <Lines lines={found.lines} />
        </Section>
      ) : null}
    </>
  );
}

function Lines(props: {
  lines: readonly { line: number; email: string; problem: string | null }[];
}) {
  return (
    <Table
      caption="Lines of the file"
      columns={[{ name: "Address" }, { name: "Line", numeric: true }, { name: "What is wrong" }]}
      rows={props.lines.map(({ line, email, problem }) => ({
        key: String(line),
        cells: [
          <span key="email" className="[overflow-wrap:anywhere]">
            {email || "nothing"}
          </span>,
          String(line),
          problem ? (
            <strong key="problem" className="text-loss">
              {problem}
            </strong>
          ) : (
            "Nothing: will be asked to review"
          ),
        ],
      }))}
    />
  );
}
