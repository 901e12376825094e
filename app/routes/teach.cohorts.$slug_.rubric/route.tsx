import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { ErrorSummary } from "~/components/ui/form";
import { ActionLink, PageHead } from "~/components/ui/page";
import { placeOf, SortableList } from "~/components/ui/sortable";
import { CriterionForm } from "~/features/cohorts/criterion-form";
import {
  addCriterion,
  editCriterion,
  moveCriterion,
  removeCriterion,
} from "~/features/cohorts/edit-rubric.server";
import { COHORT_MESSAGES, sayOfForm } from "~/features/cohorts/messages";
import { loadSetUp, setUpTrail } from "~/features/cohorts/set-up.server";
import { SetUpTabs } from "~/features/cohorts/set-up-tabs";
import { ALLOWED } from "~/features/cohorts/stages";
import { hasScores } from "~/features/reviews/queries.server";
import type { FlashKey } from "~/lib/flash";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Rubric of ${data?.title ?? "a cohort"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const { cohort, criteria, stage, between } = await loadSetUp(
    actor,
    params.slug,
    getClock().now(),
  );
  const asked = new URL(request.url).searchParams;
  const edited = criteria.find(({ id }) => id === asked.get("edit"));
  const shown = criteria.map(({ id, title, help, weight, anchors }) => ({
    ...{ id, title, help, weight, anchors },
    part: `${Math.round((weight * 100) / criteria.reduce((sum, one) => sum + one.weight, 0))}%`,
  }));
  return {
    title: cohort.title,
    trail: setUpTrail(cohort),
    between,
    editable: ALLOWED.edit_rubric.includes(stage) && !(await hasScores(cohort.id)),
    criteria: shown,
    form: edited
      ? (shown.find(({ id }) => id === edited.id) ?? null)
      : asked.has("add")
        ? {}
        : null,
    idempotencyKey: newIdempotencyKey(),
  };
}

const COMMANDS = {
  add: addCriterion,
  edit: editCriterion,
  move: moveCriterion,
  remove: removeCriterion,
} as const;
const SAYING: Partial<Record<string, FlashKey>> = {
  edit: "criterion-changed",
  remove: "criterion-removed",
};

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const { cohort } = await loadSetUp(actor, params.slug, now);
  const form = await readForm(request);
  const { intent = "add", criterionId, to, whole, ...criterion } = form.values;
  const command = COMMANDS[intent as keyof typeof COMMANDS] ?? addCriterion;
  const input = { cohortId: cohort.id, criterionId, to, criterion };
  const result = await command({ actor, idempotencyKey: form.idempotencyKey, now, input });
  if (!result.ok) return refused(sayOfForm(result.error, "criterion"), form, COHORT_MESSAGES);
  const back = `/teach/cohorts/${cohort.slug}/rubric`;
  const at = placeOf(result.value.criterionId);
  if (intent === "move") return redirect(whole ? `${back}${at}` : back);
  const saying = SAYING[intent] ?? "criterion-added";
  return redirectSaying(intent === "remove" ? back : `${back}${at}`, saying);
}

export default function Rubric() {
  const { trail, between, editable, criteria, form, idempotencyKey } =
    useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  // What was typed stays, also once somebody has scored.
  if (form && (editable || problem)) {
    return (
      <>
        <PageHead
          title={"id" in form ? "Change a criterion" : "Another criterion"}
          trail={[...trail, { to: "?", name: "Rubric" }]}
        />
        <ErrorSummary problem={problem} />
        <CriterionForm criterion={form} problem={problem} idempotencyKey={idempotencyKey} />
      </>
    );
  }
  const items = criteria.map((criterion) => ({
    id: criterion.id,
    name: criterion.title,
    content: <Criterion criterion={criterion} editable={editable} />,
  }));
  return (
    <>
      <PageHead title="Rubric" trail={trail}>
        {editable
          ? "Each application is scored from 1 to 5 by each criterion; the total is their mean by weight. Applicants do not see it. It is fixed with the first score."
          : "Somebody has scored by it, or it is too late: it stays as it is, so that all are scored alike."}
      </PageHead>
      <SetUpTabs {...between} at="rubric" />
      <ErrorSummary problem={problem} />
      {editable ? (
        <>
          <SortableList
            label="Criteria in order"
            intent="move"
            field="criterionId"
            {...{ items, idempotencyKey }}
          />
          <p className="mt-8">
            <ActionLink to="?add">Add a criterion</ActionLink>
          </p>
        </>
      ) : (
        <ol className="max-w-3xl">
          {items.map(({ id, content }) => (
            <li key={id} className="border-t border-rule py-3">
              {content}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

function Criterion(props: {
  criterion: { id: string; title: string; help: string; part: string; anchors: readonly string[] };
  editable: boolean;
}) {
  const { id, title, help, part, anchors } = props.criterion;
  return (
    <div className="[overflow-wrap:anywhere]">
      {props.editable ? <Link to={`?edit=${id}`}>{title}</Link> : title}{" "}
      <span className="text-sm text-ink-soft">{part} of the total</span>
      {help ? <p>{help}</p> : null}
      <ul className="text-sm text-ink-soft">
        {anchors.map((anchor, index) =>
          anchor ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the score
            <li key={index}>
              {index + 1}: {anchor}
            </li>
          ) : null,
        )}
      </ul>
    </div>
  );
}
