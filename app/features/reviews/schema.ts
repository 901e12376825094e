import { optionalTextField, textField } from "~/lib/terms";
import { z } from "~/lib/zod";

const score = z
  .enum(["1", "2", "3", "4", "5"], { error: "Choose a score from 1 to 5." })
  .transform(Number);
const applicationId = z.uuid();
const counted = z.coerce.number().int().min(0).max(1_000_000_000);
const revisionSeen = {
  /** The revision of the review that the reviewer saw, 0 where there was none: what was saved since is not overwritten. Absent: whatever stands. */
  seen: counted.optional(),
  /** So many revisions since may be the same window's own. */
  mine: counted.max(100).default(0),
};

export const reviewInput = z.object({
  applicationId,
  /** Criterion → 1 to 5. */
  scores: z.record(z.uuid(), score),
  note: optionalTextField("the note", 5_000),
  ...revisionSeen,
});

/** What is saved as one reads: some scores, the note, or both. */
export const savedReviewInput = z.object({
  applicationId,
  scores: z.record(z.uuid(), score).default({}),
  note: optionalTextField("the note", 5_000).unwrap().optional(),
  ...revisionSeen,
});

export const abstainInput = z.object({
  applicationId,
  reason: textField("why you abstain", 1_000),
});

export const conflictInput = z.object({
  applicationId,
  reason: textField("what stands between you and this person", 1_000),
});

export const endConflictInput = z.object({ declarationId: z.uuid(), cohortId: z.uuid() });

export const redactionInput = z.object({
  applicationId,
  phrase: textField("the words to hide", 500).refine((text) => text.length >= 2, {
    error: "Hide at least two letters.",
  }),
});

export const undoRedactionInput = z.object({ redactionId: z.uuid() });

export const commentInput = z.object({ applicationId, body: textField("the comment", 5_000) });

export const tagInput = z.object({
  applicationId,
  tag: z
    .string()
    .trim()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} _-]{0,39}$/u, {
      error: "A tag has up to 40 letters, digits, spaces, - and _.",
    }),
});

export const comparisonInput = z
  .object({ betterId: z.uuid(), worseId: z.uuid() })
  .refine(({ betterId, worseId }) => betterId !== worseId, {
    error: "Choose another application.",
    path: ["worseId"],
  });

export const remindInput = z.object({ cohortId: z.uuid() });
