import { and, eq, gt, inArray, or } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import type { ApplicationState, PlaceState } from "#db/schema/applications";
import { applications, cohorts, enrolments, savedCohorts } from "#db/schema/index";
import { isPublic } from "~/features/cohorts/teachers.server";
import { addDaysToInstant } from "~/lib/dates";
import { writableUntil } from "./rules";

/** Something that somebody has to know of, at an instant. `slug`: of which cohort. */
export type Dated = {
  /** Stays the same when the instant moves. */
  key: string;
  at: Date;
  title: string;
  /** Where in the site it is dealt with. */
  path: string;
  zone: string;
  /** Whether something has to be done until then. */
  deadline: boolean;
  /** Its cohort was cancelled: it does not come. */
  cancelled: boolean;
  /** When what it is about was last changed. */
  changedAt: Date;
  /** A whole number that grows with each change. */
  changes: number;
};

/** What lies longer behind is in no calendar. */
const KEPT_DAYS = 60;

type Cohort = typeof cohorts.$inferSelect;
type Own = {
  id: string;
  state: ApplicationState;
  lateUntil: Date | null;
  reviseBy: Date | null;
  updatedAt: Date;
  place: PlaceState | null;
  confirmBy: Date | null;
};

/**
 * The dates that concern a person, in order: of cohorts that they saved or applied to, and of their places. Of cancelled
 * cohorts they are those ahead, so that whoever had them in a calendar sees that they do not come. What an application has been told decides, never what is still pending (T30).
 */
export async function listDates(
  personId: string,
  now: Date,
  db: Queryable = getDb(),
): Promise<Dated[]> {
  const since = addDaysToInstant(now, -KEPT_DAYS);
  const saved = db
    .select({ id: savedCohorts.cohortId })
    .from(savedCohorts)
    .where(eq(savedCohorts.personId, personId));
  const rows = await db
    .select({
      cohort: cohorts,
      own: {
        id: applications.id,
        state: applications.state,
        lateUntil: applications.lateUntil,
        reviseBy: applications.reviseBy,
        updatedAt: applications.updatedAt,
        place: enrolments.state,
        confirmBy: enrolments.confirmBy,
      },
    })
    .from(cohorts)
    .leftJoin(
      applications,
      and(eq(applications.cohortId, cohorts.id), eq(applications.applicantId, personId)),
    )
    .leftJoin(enrolments, eq(enrolments.applicationId, applications.id))
    .where(
      and(
        isPublic,
        gt(cohorts.endsAt, since),
        or(inArray(cohorts.id, saved), eq(applications.applicantId, personId)),
      ),
    );
  return rows
    .flatMap(({ cohort, own }) => datesOf(cohort, own?.id ? (own as Own) : null))
    .filter(({ at, cancelled }) => at > (cancelled ? now : since))
    .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.key < b.key ? -1 : 1));
}

/** The dates of one cohort for whoever saved it (`own` null) or applied to it. */
export function datesOf(cohort: Cohort, own: Own | null): Dated[] {
  const { title, slug, timeZone: zone } = cohort;
  const changedAt = own && own.updatedAt > cohort.changedAt ? own.updatedAt : cohort.changedAt;
  const changes = Math.floor((changedAt.getTime() - cohort.createdAt.getTime()) / 1000);
  const page = `/cohorts/${slug}`;
  const cancelled = cohort.state === "cancelled";
  const date = (name: string, at: Date, words: string, path: string, deadline = false): Dated => ({
    ...{ key: `${cohort.id}-${name}`, at },
    title: `${words}${cancelled ? " (cancelled)" : ""}: ${title}`,
    ...{ path: cancelled ? page : path, deadline: deadline && !cancelled },
    ...{ zone, cancelled, changedAt, changes },
  });
  if (!own || own.state === "withdrawn")
    return [
      date("opens", cohort.opensAt, "Applications open", page),
      date("closes", cohort.closesAt, "Applications close", page, true),
      date("begins", cohort.startsAt, "Begins", page),
    ];
  const mine = `/applications/${own.id}`;
  const runs = [
    date("begins", cohort.startsAt, "Begins", `${page}/space`),
    date("ends", cohort.endsAt, "Ends", `${page}/space`),
  ];
  const until = writableUntil(own.state, { ...cohort, ...own });
  switch (own.state) {
    case "draft":
      return [
        date("closes", until, "Submit your application", `${page}/apply`, true),
        date("begins", cohort.startsAt, "Begins", page),
      ];
    case "submitted":
      return [
        date("closes", until, "The last moment to change your application", mine),
        date("hears", cohort.decisionsBy, "You hear by now", mine),
        date("begins", cohort.startsAt, "Begins", page),
      ];
    case "revise":
      return [date("revise", until, "Submit your revision", `${page}/apply`, true)];
    case "waitlisted":
      return [date("begins", cohort.startsAt, "Begins (you are on the waitlist)", mine)];
    case "admitted":
      if (own.place === "confirmed") return runs;
      return own.place === "offered" && own.confirmBy
        ? [date("confirm", own.confirmBy, "Confirm your place", mine, true), ...runs]
        : [];
    case "declined":
    case "deferred":
      return [];
  }
}
