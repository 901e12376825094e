import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import type { CohortRole } from "#db/schema/cohorts";
import { cohortTeachers, persons } from "#db/schema/index";
import { enqueueMails } from "#emails/outbox.server";
import { type Context, defineCommand } from "~/auth/command.server";
import { makeLinkToken } from "~/lib/secret-link.server";
import { z } from "~/lib/zod";
import { policy } from "~/policy";
import { holdCohort } from "./hold-cohort.server";
import { noPartForReviewers, partnerFields, ROLES } from "./partners-schema";
import type { Cohort } from "./queries.server";
import { listStaffOf, staffOf } from "./teachers.server";

export const inviteInput = z
  .object({
    cohortId: z.uuid(),
    email: z
      .string()
      .trim()
      .toLowerCase()
      .max(254, "Shorten the e-mail address.")
      .pipe(z.email("Enter an e-mail address, such as name@example.org.")),
    ...partnerFields,
    role: partnerFields.role.default("co_teacher"),
  })
  .superRefine(noPartForReviewers);

/**
 * A lead asks somebody by e-mail to work on a cohort in a role, with a part of each investment. Holds the cohort's row.
 * Refusals: `not_found`, `not_now`, on `email` `already_teaches`, `already_invited`, `too_many_teachers`, `too_many_reviewers`,
 * on `part` `parts_too_much`.
 */
export const inviteCoTeacher = defineCommand({
  name: "invite-co-teacher",
  action: "cohort.staff",
  input: inviteInput,
  async run(tx, context) {
    const { input, now, person } = context;
    const cohort = await holdCohort(tx, context, input.cohortId, "staff");
    await refuseInvitee(tx, context, cohort);
    const [invitationId] = await writeInvitations(tx, { cohort, by: person, now }, [input]);
    if (!invitationId) throw new Error("an invitation vanished");
    await context.audit({ type: "cohort", id: cohort.id }, { invitationId });
    return { invitationId };
  },
});

type Invited = { email: string; role: CohortRole; part: number };

/** Writes invitations that have been judged, and their mails, in the caller's transaction; gives their ids. */
export async function writeInvitations(
  tx: Tx,
  of: { cohort: Cohort; by: { id: string; displayName: string }; now: Date },
  invited: readonly Invited[],
): Promise<string[]> {
  const { cohort, by, now } = of;
  const rows = invited.map((one) => ({ ...one, ...makeLinkToken() }));
  const written = await tx
    .insert(cohortTeachers)
    .values(
      rows.map(({ email, role, part: partBps, tokenHash }) => ({
        ...{ cohortId: cohort.id, email, role, partBps, tokenHash },
        ...{ invitedBy: by.id, invitedAt: now },
      })),
    )
    .returning({ id: cohortTeachers.id });
  const known = await tx
    .select({ id: persons.id, email: persons.email })
    .from(persons)
    .where(
      inArray(
        persons.email,
        rows.map(({ email }) => email),
      ),
    );
  const idOf = new Map(known.map(({ email, id }) => [email, id]));
  const mails = rows.map(({ email, role, token }) => ({
    to: { personId: idOf.get(email) ?? null, email },
    props: {
      teacher: by.displayName,
      cohort: cohort.title,
      role: ROLES[role].name.toLowerCase(),
      may: ROLES[role].may,
      path: `/teach/invitation?token=${token}`,
    },
  }));
  await enqueueMails(tx, "co-teacher-invited", mails, now);
  return written.map(({ id }) => id);
}

async function refuseInvitee(
  tx: Tx,
  context: Context<z.output<typeof inviteInput>>,
  cohort: Cohort,
): Promise<void> {
  const { email, part, role } = context.input;
  const field = "email";
  const staff = await listStaffOf(cohort.id, tx);
  if (staff.some((one) => one.email === email)) context.refuse({ code: "already_teaches", field });
  const open = await tx
    .select()
    .from(cohortTeachers)
    .where(
      and(
        eq(cohortTeachers.cohortId, cohort.id),
        inArray(cohortTeachers.state, ["invited", "accepted"]),
      ),
    );
  if (open.some((one) => one.email === email)) context.refuse({ code: "already_invited", field });
  const full = roomProblem([...open, { role }]);
  if (full) context.refuse({ code: full, field });
  if (partsTaken(open) + part > 10_000) context.refuse({ code: "parts_too_much", field: "part" });
}

/** Whether these partners, beside whoever opened the cohort, are more than it may have: teachers, or reviewers. */
export function roomProblem(
  partners: readonly { role: CohortRole }[],
): "too_many_teachers" | "too_many_reviewers" | null {
  const reviewers = partners.filter(({ role }) => role === "reviewer").length;
  if (partners.length - reviewers + 1 > policy.teachersPerCohort.value) return "too_many_teachers";
  return reviewers > policy.reviewersPerCohort.value ? "too_many_reviewers" : null;
}

/** The parts of an investment that partners have been given, in hundredths of a percent. */
export const partsTaken = (partners: readonly { partBps: number }[]): number =>
  partners.reduce((sum, { partBps }) => sum + partBps, 0);

/** A lead takes an unanswered invitation back. Refusals: `not_found`, `already_answered`. */
export const withdrawInvitation = defineCommand({
  name: "withdraw-invitation",
  action: "cohort.staff",
  input: z.object({ invitationId: z.uuid() }),
  async run(tx, context) {
    const [invitation] = await tx
      .select()
      .from(cohortTeachers)
      .where(eq(cohortTeachers.id, context.input.invitationId))
      .for("update");
    if (!invitation) return context.refuse({ code: "not_found" });
    context.authorise(await staffOf(tx, invitation.cohortId));
    if (invitation.state !== "invited") context.refuse({ code: "already_answered" });
    await tx
      .update(cohortTeachers)
      .set({ state: "withdrawn", answeredAt: context.now })
      .where(eq(cohortTeachers.id, invitation.id));
    return { invitationId: invitation.id, state: "withdrawn" };
  },
});
