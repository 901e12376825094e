import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { applicationEvents, type cohorts, enrolments } from "#db/schema/index";
import { enqueueMails } from "#emails/outbox.server";
import { formatInstant } from "~/lib/dates";
import { type Sent, STATE_AFTER } from "./rules";

type Cohort = typeof cohorts.$inferSelect;

/** A decision as its applicant is told of it. */
export type Told = {
  applicationId: string;
  applicantId: string;
  email: string;
  name: string;
  teacher: string;
  kind: Sent;
  decidedBy: string;
  /** The whole message, with everything put in. */
  said: string;
  confirmBy: Date | null;
  reviseBy: Date | null;
  waitlistRank: number | null;
};

const TEMPLATES = {
  admit: "application-admitted",
  waitlist: "application-waitlisted",
  decline: "application-declined",
  revise: "application-to-revise",
  defer: "application-deferred",
} as const satisfies Record<Sent, string>;

/**
 * Tells applicants what became of their applications: state, place, event and message in the outbox in the caller's transaction, so that
 * nobody has a state without its message. `promoted`: nobody decides now, the waitlist moves up. The caller holds the applications' rows
 * and, where places are given, the cohort's. A bounded number of statements, however many are told.
 */
export async function tellApplicants(
  tx: Tx,
  of: { cohort: Cohort; told: readonly Told[]; promoted?: boolean },
  now: Date,
): Promise<void> {
  const { cohort, told } = of;
  if (told.length === 0) return;
  await changeStates(tx, told, now);
  await tx.insert(applicationEvents).values(
    told.map(({ applicationId, kind, decidedBy }) => ({
      applicationId,
      at: now,
      actorId: of.promoted ? null : decidedBy,
      kind: of.promoted ? "promoted" : STATE_AFTER[kind],
      audience: "applicant" as const,
    })),
  );
  await givePlaces(tx, cohort, told, now);
  await sendAll(tx, cohort, told, now);
}

async function changeStates(tx: Tx, told: readonly Told[], now: Date): Promise<void> {
  const column = (of: (one: Told) => unknown) => sql.param(told.map(of));
  const at = now.toISOString();
  await tx.execute(sql`
    update applications a set state = n.state, decided_at = ${at}, decided_by = n.by, decision_message = n.said, updated_at = ${at},
      waitlist_rank = n.rank, revise_by = n.revise::timestamptz
    from unnest(${column((one) => one.applicationId)}::uuid[], ${column((one) => STATE_AFTER[one.kind])}::text[], ${column((one) => one.decidedBy)}::uuid[],
      ${column((one) => one.said)}::text[], ${column((one) => one.waitlistRank)}::int[],
      ${column((one) => one.reviseBy?.toISOString() ?? null)}::text[]) n(id, state, by, said, rank, revise)
    where a.id = n.id`);
}

async function givePlaces(tx: Tx, cohort: Cohort, told: readonly Told[], now: Date): Promise<void> {
  const admitted = told.filter(({ kind }) => kind === "admit");
  if (admitted.length === 0) return;
  await tx.insert(enrolments).values(
    admitted.map(({ applicantId, applicationId, confirmBy }) => {
      const waits = confirmBy !== null && confirmBy > now;
      return {
        ...{ cohortId: cohort.id, personId: applicantId, applicationId, enrolledAt: now },
        state: waits ? ("offered" as const) : ("confirmed" as const),
        confirmBy: waits ? confirmBy : null,
      };
    }),
  );
}

async function sendAll(tx: Tx, cohort: Cohort, told: readonly Told[], now: Date): Promise<void> {
  for (const [kind, template] of Object.entries(TEMPLATES)) {
    const mails = told
      .filter((one) => one.kind === kind)
      .map((one) => ({
        to: { personId: one.applicantId, email: one.email },
        props: {
          name: one.name,
          teacher: one.teacher,
          cohort: cohort.title,
          message: one.said,
          confirmBy:
            one.confirmBy && one.confirmBy > now
              ? formatInstant(one.confirmBy, cohort.timeZone)
              : "",
          path: `/applications/${one.applicationId}`,
        },
      }));
    if (mails.length > 0) await enqueueMails(tx, template, mails, now);
  }
}
