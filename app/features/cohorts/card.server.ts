import { answerPicture, drawable, type Shown } from "~/features/records/picture.server";
import { formatDate, formatInstant } from "~/lib/dates";
import { formatCents, formatPercentOfToken } from "~/lib/money";
import { openRefusal } from "~/lib/open-answer.server";
import { type CohortWhole, getCohortBySlug } from "./queries.server";
import { type Stage, stageOf } from "./stages";
import { listTeachersOf } from "./teachers.server";

/** A cohort's card for link previews as PNG; 404 where there is none, or a draft, 503 where it cannot be drawn. */
export async function answerCohortCard(
  request: Request,
  slug: string | undefined,
  now: Date,
): Promise<Response> {
  const cohort = await getCohortBySlug(slug ?? "");
  if (!cohort) return openRefusal(request, 404);
  const teachers = await listTeachersOf(cohort.id);
  return answerPicture(request, cohortCard(cohort, teachers, now));
}

const LARGE: Record<Exclude<Stage, "draft">, string> = {
  upcoming: "Opens",
  open: "Apply by",
  reviewing: "Begins",
  running: "Runs until",
  over: "Ended",
  cancelled: "Cancelled",
};

/** What a cohort's card says: its next instant, in its own zone, and its standard terms. */
export function cohortCard(
  cohort: CohortWhole,
  teachers: readonly { handle: string; displayName: string }[],
  now: Date,
): Shown {
  const stage = stageOf(cohort, now);
  const ahead: Record<Stage, Date> = {
    draft: cohort.opensAt,
    upcoming: cohort.opensAt,
    open: cohort.closesAt,
    reviewing: cohort.startsAt,
    running: cohort.endsAt,
    over: cohort.endsAt,
    cancelled: cohort.cancelledAt ?? now,
  };
  const [day = "", time = ""] = formatInstant(ahead[stage], cohort.timeZone).split(", ");
  const names = teachers.map(({ displayName }) => displayName).join(", ");
  const handles = teachers.map(({ handle }) => `@${handle}`).join(", ");
  return {
    title: drawable(cohort.title, "A cohort on Belay"),
    large: `${stage === "draft" ? "" : `${LARGE[stage]} `}${day}`,
    note: time,
    facts: [
      { name: "Places", value: String(cohort.capacity) },
      { name: "Runs", value: `${formatDate(cohort.startsOn)} to ${formatDate(cohort.endsOn)}` },
    ],
    foot: `With ${drawable(names, handles)}. A place never depends on selling shares; offers start at ${formatCents(cohort.amountCents, { whole: true })} for ${formatPercentOfToken(cohort.shares)}.`,
  };
}
