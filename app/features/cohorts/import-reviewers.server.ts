import { and, eq, inArray } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohortTeachers } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { z } from "~/lib/zod";
import { holdCohort } from "./hold-cohort.server";
import { roomProblem, writeInvitations } from "./invite-co-teacher.server";
import { COHORT_MESSAGES } from "./messages";
import { type ReadLines, readReviewerLines } from "./reviewer-lines.server";
import { listStaffOf } from "./teachers.server";

const LONGEST_FILE = 100_000;

/** What a file of reviewers would do to a cohort: each line with what is wrong with it, and what is wrong with the whole. */
export async function judgeReviewers(
  cohortId: string,
  text: string,
  db: Queryable = getDb(),
): Promise<ReadLines> {
  const read = readReviewerLines(text);
  if (read.problem) return read;
  const [staff, open] = await Promise.all([
    listStaffOf(cohortId, db),
    db
      .select({ email: cohortTeachers.email, role: cohortTeachers.role })
      .from(cohortTeachers)
      .where(
        and(
          eq(cohortTeachers.cohortId, cohortId),
          inArray(cohortTeachers.state, ["invited", "accepted"]),
        ),
      ),
  ]);
  const [working, asked] = [staff, open].map((some) => new Set(some.map(({ email }) => email)));
  const lines = read.lines.map((line) => ({
    ...line,
    problem:
      line.problem ??
      (working?.has(line.email)
        ? "This person works on the cohort already."
        : asked?.has(line.email)
          ? "This address has been asked already."
          : null),
  }));
  const added = lines.filter(({ problem }) => problem === null);
  const full = roomProblem([...open, ...added.map(() => ({ role: "reviewer" as const }))]);
  return { lines, problem: full === "too_many_reviewers" ? String(COHORT_MESSAGES[full]) : null };
}

/**
 * A lead asks everybody whom a file names to review a cohort, in one transaction with all mails: all of them, or nobody where
 * anything is wrong with the file. Holds the cohort's row. Refusals: `not_found`, `not_now`, `lines_wrong`.
 */
export const importReviewers = defineCommand({
  name: "import-reviewers",
  action: "cohort.staff",
  input: z.object({
    cohortId: z.uuid(),
    text: z.string().max(LONGEST_FILE, "The file is larger than 100,000 characters."),
  }),
  async run(tx, context) {
    const { input, now, person } = context;
    const cohort = await holdCohort(tx, context, input.cohortId, "staff");
    const { lines, problem } = await judgeReviewers(cohort.id, input.text, tx);
    if (problem || lines.some((line) => line.problem)) context.refuse({ code: "lines_wrong" });
    const invited = lines.map(({ email }) => ({ email, role: "reviewer" as const, part: 0 }));
    const written = await writeInvitations(tx, { cohort, by: person, now }, invited);
    await context.audit({ type: "cohort", id: cohort.id }, { reviewers: written.length });
    return { invited: written.length };
  },
});
