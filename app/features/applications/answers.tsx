import type { QuestionKind } from "#db/schema/cohorts";
import { formatDate } from "~/lib/dates";
import { fileSize } from "./limits";

/** A question with what was answered. */
export type Answered = {
  questionId: string;
  kind: QuestionKind;
  prompt: string;
  answer: string;
  file: { id: string; name: string; sizeBytes: number } | null;
};

/** Questions with what was answered, each as its kind is read: choices as a list, links and files to follow. */
export function Answers({ answers }: { answers: readonly Answered[] }) {
  return (
    <dl className="max-w-[68ch]">
      {answers.map((one) => (
        <div key={one.questionId} className="border-t border-rule py-4">
          <dt className="font-semibold [overflow-wrap:anywhere]">{one.prompt}</dt>
          <dd className="mt-1 whitespace-pre-wrap [overflow-wrap:anywhere]">
            <Answer of={one} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Answer({ of: { kind, answer, file } }: { of: Answered }) {
  if (file) return <FileLink file={file} />;
  if (answer === "") return <span className="text-ink-soft">No answer.</span>;
  if (kind === "link")
    return (
      <a href={answer} rel="nofollow noopener ugc" target="_blank">
        {answer}
      </a>
    );
  if (kind === "date") return <time dateTime={answer}>{formatDate(answer)}</time>;
  if (kind === "many")
    return (
      <ul className="list-disc pl-5">
        {answer.split("\n").map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    );
  return answer;
}

/** A file to download, with its size. */
export function FileLink({ file }: { file: { id: string; name: string; sizeBytes: number } }) {
  return (
    <>
      <a href={`/files/${file.id}`} download>
        {file.name}
      </a>{" "}
      <span className="text-sm text-ink-soft">({fileSize(file.sizeBytes)})</span>
    </>
  );
}
