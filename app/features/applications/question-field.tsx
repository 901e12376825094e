import { type ChangeEvent, useId, useState } from "react";
import type { QuestionKind } from "#db/schema/cohorts";
import { Field } from "~/components/ui/form";
import { countWords } from "~/lib/count-words";
import { type FormProblem, pickedOf } from "~/lib/form-problem";
import { FILE_HINT, FILE_MAX_BYTES } from "./limits";
import { answerField } from "./rules";

export type AskedQuestion = {
  id: string;
  kind: QuestionKind;
  prompt: string;
  help: string;
  required: boolean;
  maxWords: number | null;
  options: readonly string[];
};

/** The form field of a question, whatever its kind, with what was answered so far; `answer` as it is kept. */
export function QuestionField(props: {
  question: AskedQuestion;
  answer: string;
  problem: FormProblem | undefined;
}) {
  const { question, answer, problem } = props;
  const { kind, options } = question;
  const name = answerField(question.id);
  const label = question.required ? question.prompt : `${question.prompt} (may stay empty)`;
  const common = { name, label, problem, defaultValue: answer };
  const help = question.help || undefined;
  const helpAnd = (more: string) => [help, more].filter(Boolean).join(" ");
  switch (kind) {
    case "long":
    case "short":
      return <Words {...props} name={name} label={label} />;
    case "one":
    case "many":
      return (
        <Options
          {...{ name, label, help, problem, options }}
          chosen={answer.split("\n")}
          several={kind === "many"}
          required={question.required}
        />
      );
    case "link":
      return (
        <Field {...common} type="url" autoComplete="off" hint={helpAnd("Begins with https://")} />
      );
    case "number":
      return <Field {...common} inputMode="decimal" hint={help} />;
    case "date":
      return <Field {...common} type="date" hint={help} />;
    case "file":
      return <Field {...common} type="file" mostBytes={FILE_MAX_BYTES} hint={helpAnd(FILE_HINT)} />;
  }
}

/** A text with its limit in words; with scripts the words are counted as one types. */
function Words(props: {
  question: AskedQuestion;
  answer: string;
  problem: FormProblem | undefined;
  name: string;
  label: string;
}) {
  const { question, name, label, problem, answer } = props;
  const { maxWords, kind, help } = question;
  const [words, setWords] = useState<number | null>(null);
  const count = (event: ChangeEvent<HTMLDivElement>) => {
    const typed = event.target as unknown as { value?: string };
    setWords(countWords(typed.value ?? ""));
  };
  const limit = maxWords === null ? null : `At most ${maxWords.toLocaleString("en-US")} words.`;
  return (
    <div className="relative" onChange={maxWords === null ? undefined : count}>
      <Field
        {...{ name, label, problem }}
        defaultValue={answer}
        {...(kind === "long" ? { rows: 8 } : { maxLength: 500 })}
        hint={[help, limit].filter(Boolean).join(" ") || undefined}
      />
      {maxWords === null || words === null ? null : (
        <p className="-mt-4 mb-4 text-sm text-ink-soft tabular-nums">
          <span className={words > maxWords ? "font-semibold text-loss" : undefined}>
            {words > maxWords
              ? `${words - maxWords} ${words - maxWords === 1 ? "word" : "words"} too many`
              : `${words} of ${maxWords} words`}
          </span>
          <Crossing over={words > maxWords} by={words - maxWords} />
        </p>
      )}
    </div>
  );
}

/** Says once that the limit is passed, not each word. */
function Crossing({ over, by }: { over: boolean; by: number }) {
  return (
    <span role="status" className="sr-only">
      {over ? (by > 0 ? "Over the limit of words." : "") : ""}
    </span>
  );
}

/** One choice or several, as radio buttons or tick boxes. */
function Options(props: {
  name: string;
  label: string;
  help: string | undefined;
  problem: FormProblem | undefined;
  options: readonly string[];
  chosen: readonly string[];
  several: boolean;
  required: boolean;
}) {
  const { name, label, help, problem, options, several } = props;
  const errors = problem?.fields[name];
  const hintId = useId();
  const typed = problem ? pickedOf(problem.values, name) : null;
  const chosen = typed ?? props.chosen;
  const none = !several && !props.required ? ["" as const] : [];
  return (
    <fieldset
      id={name}
      tabIndex={-1}
      className="mb-4 max-w-xl"
      aria-describedby={
        [help ? hintId : "", errors ? `${name}-error` : ""].filter(Boolean).join(" ") || undefined
      }
    >
      <legend className="font-semibold">{label}</legend>
      {help ? (
        <div id={hintId} className="text-sm text-ink-soft">
          {help}
        </div>
      ) : null}
      {[...options, ...none].map((option, index) => (
        <div key={option} className="mt-2 flex gap-3">
          <input
            id={`${name}-${index}`}
            name={name}
            type={several ? "checkbox" : "radio"}
            value={option}
            defaultChecked={
              option === "" ? !options.some((one) => chosen.includes(one)) : chosen.includes(option)
            }
            className="mt-1 size-5 shrink-0"
          />
          <label htmlFor={`${name}-${index}`} className="[overflow-wrap:anywhere]">
            {option || "No answer"}
          </label>
        </div>
      ))}
      <p id={`${name}-error`} className="mt-1 min-h-5 text-sm font-semibold text-loss">
        {errors ? errors.join(" ") : ""}
      </p>
    </fieldset>
  );
}
