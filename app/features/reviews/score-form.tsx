import { Form, useFetcher } from "@remix-run/react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button, Choice, Field, IdempotencyKey } from "~/components/ui/form";
import type { FormProblem } from "~/lib/form-problem";

type Criterion = {
  id: string;
  title: string;
  help: string;
  weight: number;
  anchors: readonly string[];
};
const field = (criterionId: string): string => `score-${criterionId}`;

/** A form's scores, by criterion. */
export const scoresOf = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => name.startsWith("score-"))
      .map(([name, score]) => [name.slice("score-".length), score]),
  );

/** What is wrong with a score, beside its own field. */
export function onScoreFields<R extends { fields?: Record<string, string[]> }>(refusal: R): R {
  if (!refusal.fields) return refusal;
  const fields = Object.entries(refusal.fields).map(([name, said]) => [
    name.replace(/^scores\.(.+)$/, (_, id) => field(id)),
    said,
  ]);
  return { ...refusal, fields: Object.fromEntries(fields) };
}

const labelOf = (score: number, anchor: string | undefined): string =>
  anchor ? `${score}: ${anchor}` : String(score);

const TIMES = ["", "once", "twice"];
const countsInWords = (weight: number): string => `counts ${TIMES[weight] ?? `${weight} times`}`;

const legendOf = ({ title, help, weight }: Criterion, weighted: boolean): string =>
  `${title}${weighted ? ` (${countsInWords(weight)})` : ""}${help ? `: ${help}` : ""}`;

const SAVE_AFTER_MS = 800;

/** The name of the field that tells a save by itself from one that was pressed. */
export const AUTO = "auto";
/** The name of the field that holds the revision of the review that the form shows. */
export const SEEN = "seen";
/** The name of the field that counts this window's own saves by itself that were sent and not answered: they may have made revisions since. */
export const MINE = "mine";

type Saved = { saved?: string; before?: number; revision?: number; problem?: FormProblem };

/** Keeps in two hidden fields which revision a window has seen, and how many of its own saves are on their way. */
function useSeen(revision: number, problem: FormProblem | undefined) {
  const told = Number(problem?.values[SEEN] ?? revision);
  const seenField = useRef<HTMLInputElement>(null);
  const mineField = useRef<HTMLInputElement>(null);
  const at = useRef({ seen: told, mine: 0 });
  const put = (seen: number, mine: number) => {
    at.current = { seen, mine };
    if (seenField.current) seenField.current.value = String(seen);
    if (mineField.current) mineField.current.value = String(mine);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: said anew with each answer alone.
  useEffect(() => {
    if (problem?.values[SEEN] !== undefined) put(told, 0);
  }, [problem]);
  const sending = () => put(at.current.seen, at.current.mine + 1);
  const answered = ({ before, revision: after }: Saved) => {
    const { seen, mine } = at.current;
    const own = before !== undefined && after !== undefined && before - seen < mine;
    put(own ? after : seen, 0);
  };
  const fields = (
    <>
      <input type="hidden" name={SEEN} defaultValue={told} ref={seenField} />
      <input type="hidden" name={MINE} defaultValue="0" ref={mineField} />
    </>
  );
  return { sending, answered, fields };
}

/**
 * Saves what was changed in a form a moment after, and at once when a field is left; what was not changed here is not sent, so that a
 * second window's is not undone. Tells how the last save went.
 */
function useAutosave(seen: Pick<ReturnType<typeof useSeen>, "sending" | "answered">) {
  const fetcher = useFetcher<Saved>();
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const [dirty, setDirty] = useState(false);
  const changed = useRef(new Set<string>());
  // Sent, and not yet known to be kept: goes along with the next.
  const sent = useRef(new Set<string>());
  const save = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    if (!form.current) return;
    const all = new FormData(form.current);
    const data = new FormData();
    for (const name of changed.current) sent.current.add(name);
    changed.current.clear();
    for (const name of sent.current) data.set(name, all.get(name) ?? "");
    data.set("intent", "save");
    data.set(AUTO, "yes");
    data.set("idempotencyKey", crypto.randomUUID());
    setDirty(false);
    seen.sending();
    fetcher.submit(data, { method: "post" });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer.
  useEffect(() => {
    if (fetcher.data?.saved) sent.current.clear();
    if (fetcher.data) seen.answered(fetcher.data);
  }, [fetcher.data]);
  const change = (event: FormEvent) => {
    setDirty(true);
    if ("name" in event.target) changed.current.add(String(event.target.name));
    clearTimeout(timer.current);
    const chosen = event.target instanceof HTMLInputElement && event.target.type === "radio";
    if (chosen) save();
    else timer.current = setTimeout(save, SAVE_AFTER_MS);
  };
  const leave = () => {
    if (timer.current !== undefined) save();
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const problem = fetcher.data?.problem;
  const said = problem
    ? `Not saved: ${problem.message ?? "something needs a change."}`
    : fetcher.state !== "idle" || dirty
      ? "Saving …"
      : fetcher.data?.saved
        ? `Saved at ${fetcher.data.saved}`
        : "";
  return { form, change, leave, said, failed: problem !== undefined };
}

/** A reviewer's score of each criterion, and their private note, saved as they are given; they count once they are handed in. */
export function ScoreForm(props: {
  problem: FormProblem | undefined;
  idempotencyKey: string;
  criteria: readonly Criterion[];
  scores: Record<string, number>;
  note: string;
  counts: boolean;
  revision: number;
}) {
  const { problem, idempotencyKey, criteria, scores, note, counts } = props;
  const seen = useSeen(props.revision, problem);
  const auto = useAutosave(seen);
  const weighted = criteria.some(({ weight }) => weight !== criteria[0]?.weight);
  return (
    <Form method="post" noValidate ref={auto.form} onChange={auto.change} onBlur={auto.leave}>
      <IdempotencyKey value={`${idempotencyKey}-score`} />
      {seen.fields}
      {criteria.map((criterion) => (
        <Choice
          key={criterion.id}
          name={field(criterion.id)}
          legend={legendOf(criterion, weighted)}
          options={[5, 4, 3, 2, 1].map((score) => ({
            value: String(score),
            label: labelOf(score, criterion.anchors[score - 1]),
          }))}
          problem={problem}
          {...(scores[criterion.id] === undefined
            ? {}
            : { defaultValue: String(scores[criterion.id]) })}
        />
      ))}
      <Field
        name="note"
        label="Note"
        hint="For you alone. Neither the applicant nor the others see it."
        rows={4}
        defaultValue={note}
        problem={problem}
      />
      <p
        role="status"
        className={`min-h-6 text-sm ${auto.failed ? "font-semibold text-loss" : "text-ink-soft"}`}
      >
        {auto.said}
      </p>
      <div className="flex flex-wrap gap-4">
        <Button name="intent" value="score">
          {counts ? "Keep this score" : "Hand in this score"}
        </Button>
        <Button kind="plain" name="intent" value="save">
          Save for later
        </Button>
      </div>
    </Form>
  );
}
