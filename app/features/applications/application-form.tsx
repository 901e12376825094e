import { Form } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { Button, ButtonLook, IdempotencyKey } from "~/components/ui/form";
import { formatInstant } from "~/lib/dates";
import type { FormProblem } from "~/lib/form-problem";
import { useReadersZone } from "~/lib/readers-zone";
import { FileLink } from "./answers";
import type { Kept } from "./application-route.server";
import { type AskedQuestion, QuestionField } from "./question-field";
import { answerField, seenField } from "./rules";
import { type SaveStatus, useAutosave } from "./use-autosave";
import { WorksChoice } from "./works-choice";

type File = { id: string; name: string; sizeBytes: number };
type Shown = AskedQuestion & { answer: string; file: File | null; seen: string };
type Conflict = Kept["conflicts"][number];

type Props = {
  slug: string;
  submitted: boolean;
  savedAt: string | null;
  questions: readonly Shown[];
  works: readonly { id: string; title: string; shown: boolean }[];
  idempotencyKey: string;
  problem: FormProblem | undefined;
  kept: Kept | undefined;
};

/** What is known of saves: the one that each question's field has seen, its file, and the other text where two differ. */
function useKept(questions: readonly Shown[], kept: Kept | undefined) {
  const [seen, setSeen] = useState<Record<string, string>>({});
  const [files, setFiles] = useState<Record<string, File | null>>({});
  const [conflicts, setConflicts] = useState<readonly Conflict[]>(kept?.conflicts ?? []);
  const take = (news: Kept) => {
    setSeen((all) => ({ ...all, ...seenOf(news) }));
    const isFile = new Set(questions.filter((one) => one.kind === "file").map(({ id }) => id));
    const kept = news.saved.filter(({ questionId }) => isFile.has(questionId));
    setFiles((all) => ({
      ...all,
      ...Object.fromEntries(kept.map(({ questionId, file }) => [questionId, file])),
    }));
    setConflicts((all) => [
      ...all.filter((one) => !news.conflicts.some((other) => other.questionId === one.questionId)),
      ...news.conflicts,
    ]);
  };
  const settle = (id: string) =>
    setConflicts((all) => all.filter(({ questionId }) => questionId !== id));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer of the server
  useEffect(() => {
    if (kept) take(kept);
  }, [kept]);
  return { seen: { ...(kept ? seenOf(kept) : {}), ...seen }, files, conflicts, take, settle };
}

const seenOf = ({ saved, conflicts }: Kept): Record<string, string> =>
  Object.fromEntries(
    [...saved, ...conflicts].map(({ questionId, revision }) => [questionId, `${revision}:`]),
  );

/**
 * The questions of a cohort, to be answered. With scripts each answer is saved as it is typed; without them by a button. Where an
 * answer was also saved elsewhere, both texts are shown.
 */
export function ApplicationForm(props: Props) {
  const { slug, submitted, questions, problem } = props;
  const form = useRef<HTMLFormElement>(null);
  const known = useKept(questions, props.kept);
  const saving = useAutosave(form, `/cohorts/${slug}/draft`, (kept) => {
    known.take(kept);
    emptyFileFields(form.current, kept);
  });
  useEffect(() => {
    if (props.kept) emptyFileFields(form.current, props.kept);
  }, [props.kept]);
  const takeTheirs = (conflict: Conflict) => {
    fill(form.current, answerField(conflict.questionId), conflict.answer);
    saving.release(conflict.questionId);
    known.settle(conflict.questionId);
  };
  const keepMine = ({ questionId }: Conflict) => {
    known.settle(questionId);
    saving.note(questionId, 0);
  };
  return (
    <Form
      method="post"
      encType="multipart/form-data"
      noValidate
      ref={form}
      onInput={saving.onInput}
      onSubmit={(event) => {
        const { submitter } = event.nativeEvent as SubmitEvent;
        if (saving.settle(() => form.current?.requestSubmit(submitter))) event.preventDefault();
      }}
    >
      <IdempotencyKey value={props.idempotencyKey} />
      <FirstButton />
      {questions.map((question) => {
        const conflict = known.conflicts.find((one) => one.questionId === question.id);
        const file = known.files[question.id];
        return (
          <div key={question.id}>
            <input
              type="hidden"
              name={seenField(question.id)}
              value={known.seen[question.id] ?? question.seen}
            />
            <QuestionField question={question} answer={question.answer} problem={problem} />
            <AttachedFile question={question} file={file === undefined ? question.file : file} />
            {conflict ? (
              <TwoTexts conflict={conflict} onTheirs={takeTheirs} onMine={keepMine} />
            ) : null}
          </div>
        );
      })}
      <WorksChoice works={props.works} problem={problem} />
      <SavedLine
        status={saving.status}
        savedAt={props.savedAt}
        submitted={submitted}
        open={known.conflicts.length}
      />
      <div className="mt-4 flex flex-wrap gap-4">
        <Button name="intent" value="submit">
          {submitted ? "Submit the changes" : "Submit my application"}
        </Button>
        <Button kind="plain" name="intent" value="save">
          Save the draft
        </Button>
      </div>
    </Form>
  );
}

/** What Enter in a field presses: it saves, and submits nothing by surprise. */
function FirstButton() {
  return (
    <button type="submit" name="intent" value="save" className="hidden" tabIndex={-1}>
      Save the draft
    </button>
  );
}

function AttachedFile({ question, file }: { question: Shown; file: File | null }) {
  if (question.kind !== "file" || !file) return null;
  return (
    <div className="-mt-4 mb-6 flex max-w-xl flex-wrap items-center gap-4">
      <p className="min-w-0 [overflow-wrap:anywhere]">
        Kept: <FileLink file={file} />
      </p>
      <ButtonLook kind="plain" name="intent" value={`drop:${question.id}`}>
        Remove<span className="sr-only"> {file.name}</span>
      </ButtonLook>
    </div>
  );
}

/** The text that was saved elsewhere, to be taken or replaced by the one in the field. */
function TwoTexts(props: {
  conflict: Conflict;
  onTheirs: (conflict: Conflict) => void;
  onMine: (conflict: Conflict) => void;
}) {
  const { conflict } = props;
  const zone = useReadersZone() ?? "UTC";
  return (
    <div role="alert" className="mb-8 max-w-xl border-l-4 border-loss bg-paper-2 p-4">
      <p className="font-semibold">
        This was also changed elsewhere, on {formatInstant(new Date(conflict.savedAt), zone)}:
      </p>
      <blockquote className="my-3 max-h-80 overflow-y-auto border-l-2 border-rule pl-3 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {conflict.answer || "(empty)"}
      </blockquote>
      <p className="mb-3">Your text stands in the field above. Which of them is right?</p>
      <div className="flex flex-wrap gap-4">
        <Choose value={`mine:${conflict.questionId}`} onChoose={() => props.onMine(conflict)}>
          Keep the text in the field
        </Choose>
        <Choose value={`theirs:${conflict.questionId}`} onChoose={() => props.onTheirs(conflict)}>
          Take the one saved elsewhere
        </Choose>
      </div>
    </div>
  );
}

function Choose(props: { value: string; onChoose: () => void; children: string }) {
  return (
    <ButtonLook
      kind="plain"
      name="intent"
      value={props.value}
      onClick={(event) => {
        event.preventDefault();
        props.onChoose();
      }}
    >
      {props.children}
    </ButtonLook>
  );
}

/** When it was last saved, always in view, said to screen readers when they are idle. */
function SavedLine(props: {
  status: SaveStatus;
  savedAt: string | null;
  submitted: boolean;
  /** How many answers wait for their writer to choose one of two texts. */
  open: number;
}) {
  const { status, submitted, open } = props;
  const zone = useReadersZone() ?? "UTC";
  const at = status.state === "saved" ? status.at : props.savedAt;
  const saved = at ? `Last saved ${formatInstant(new Date(at), zone)}.` : "Nothing is saved yet.";
  const after = submitted ? " What you submitted stays as it is until you submit the changes." : "";
  const but =
    open === 0
      ? ""
      : ` Not saved: ${open === 1 ? "one answer of which" : `${open} answers of which`} there are two texts. Choose one.`;
  return (
    <div className="sticky bottom-0 mt-8 max-w-[68ch] border-t border-rule bg-paper py-2 text-sm">
      <p role="status" className={status.state === "failed" ? "font-semibold text-loss" : ""}>
        {status.state === "failed" ? status.why : `${saved}${but}${after}`}
      </p>
    </div>
  );
}

/** Puts a kept answer into a question's field, whatever its kind. */
function fill(form: HTMLFormElement | null, name: string, answer: string): void {
  const found = form?.elements.namedItem(name);
  const fields = found instanceof RadioNodeList ? [...found] : found ? [found] : [];
  const chosen = answer.split("\n");
  for (const field of fields) {
    if (field instanceof HTMLInputElement && /^(radio|checkbox)$/.test(field.type))
      field.checked = chosen.includes(field.value);
    else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
      field.value = answer;
      field.focus();
    }
  }
}

/** A file that is kept is not sent again with the form. */
function emptyFileFields(form: HTMLFormElement | null, kept: Kept): void {
  for (const { questionId, file } of kept.saved) {
    const field = file ? form?.elements.namedItem(answerField(questionId)) : null;
    if (field instanceof HTMLInputElement && field.type === "file") field.value = "";
  }
}
