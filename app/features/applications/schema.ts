import { optionalTextField } from "~/lib/terms";
import { z } from "~/lib/zod";
import { LONGEST_DRAFT } from "./kinds";
import { answerField, seenField } from "./rules";

const answerText = z
  .string()
  .max(
    LONGEST_DRAFT,
    `Shorten this to at most ${LONGEST_DRAFT.toLocaleString("en-US")} characters.`,
  );
const uploadedFile = z.object({
  name: z.string(),
  bytes: z.custom<Uint8Array>((given) => given instanceof Uint8Array),
});
const workIds = z.array(z.uuid()).max(50);

/** Answers as they are typed: each with the save of it that its writer has seen, so that another one's is not overwritten. */
export const draftInput = z.object({
  cohortId: z.uuid(),
  changes: z
    .array(
      z.object({
        questionId: z.uuid(),
        answer: answerText.optional(),
        /** A new file; null takes the one away. */
        file: uploadedFile.nullable().optional(),
        /** 0: none; absent: whatever is there is replaced. */
        seen: z.int().min(0).optional(),
      }),
    )
    .max(100),
  works: workIds.optional(),
});
export type DraftInput = z.output<typeof draftInput>;
export type Change = DraftInput["changes"][number];

/** Answers by question id; what is not in it is submitted as it was drafted. */
export const applicationInput = z.object({
  cohortId: z.uuid(),
  answers: z.record(z.uuid(), answerText),
  works: workIds.optional(),
});

export const decisionInput = z.object({
  applicationId: z.uuid(),
  decision: z.enum(["admit", "decline"], { error: "Choose whether to admit or decline." }),
  message: optionalTextField("the message", 5_000),
});

/** The text of one question's field; of several choices one a line. */
export function typedAnswer(values: Readonly<Record<string, string>>, questionId: string): string {
  const name = answerField(questionId);
  const several = Object.keys(values)
    .filter((key) => key.startsWith(`${name}.`))
    .sort((a, b) => Number(a.slice(name.length + 1)) - Number(b.slice(name.length + 1)));
  return several.length > 0 ? several.map((key) => values[key]).join("\n") : (values[name] ?? "");
}

/**
 * What a form changes: of each question whose field was sent, what is not as it was when the form was made. `seen-<id>` holds the
 * save that was shown, and after a colon the digest of its text.
 */
export function changesOf(
  form: {
    values: Readonly<Record<string, string>>;
    files: Readonly<Record<string, { name: string; bytes: Uint8Array<ArrayBufferLike> }>>;
  },
  questionIds: readonly string[],
  digestOf: (text: string) => string,
): Change[] {
  return questionIds.flatMap((questionId): Change[] => {
    const shown = form.values[seenField(questionId)];
    const file = form.files[answerField(questionId)];
    if (shown === undefined && !file) return [];
    const [revision = "0", digest] = (shown ?? "").split(":");
    const seen = /^\d{1,9}$/.test(revision) ? Number(revision) : 0;
    if (file) return [{ questionId, file, seen }];
    const answer = typedAnswer(form.values, questionId);
    return digestOf(answer) === digest ? [] : [{ questionId, answer, seen }];
  });
}
