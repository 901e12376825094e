import type { CohortRole } from "#db/schema/cohorts";
import { z } from "~/lib/zod";
import { bpsField } from "./schema";

/** The roles that partners can have, with what each may do. */
export const ROLES: Record<CohortRole, { name: string; may: string }> = {
  lead: {
    name: "Lead",
    may: "runs it: people, publishing, cancelling, and all that a co-teacher does",
  },
  co_teacher: {
    name: "Co-teacher",
    may: "changes the cohort, reads, scores and decides applications, teaches, puts money into offers",
  },
  reviewer: { name: "Reviewer", may: "reads and scores applications, nothing else" },
};

/** A partner's role and part of each investment, as typed. A reviewer has no part. */
export const partnerFields = {
  role: z.enum(["lead", "co_teacher", "reviewer"], { error: "Choose a role." }),
  part: bpsField(10_000),
};

export const noPartForReviewers = (
  form: { role: CohortRole; part: number },
  context: z.RefinementCtx,
): void => {
  if (form.role === "reviewer" && form.part > 0)
    context.addIssue({
      code: "custom",
      path: ["part"],
      message: "A reviewer puts no money in: leave this at 0.",
    });
};
