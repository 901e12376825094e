import type { Actor } from "~/auth/actor";
import { formatDate } from "~/lib/dates";
import { dayInZone } from "~/lib/day-in-zone";
import { findOwnUpdate, findWork, listOwnHours, type Space } from "./queries.server";
import { hoursOf, weekAt, weekProblem } from "./rules";
import { notHere } from "./space-route.server";

/** The form of a student's update of a week, this one unless told; 404 for whom no such week is theirs to write. */
export async function presentWeekForm(actor: Actor, space: Space, asked: string | null, now: Date) {
  const { cohort, enrolledAt } = space;
  if (!enrolledAt) throw notHere();
  const week = asked ?? weekAt(now, cohort.timeZone);
  const isWeek = /^\d{4}-\d{2}-\d{2}$/.test(week) && !Number.isNaN(Date.parse(week));
  if (!isWeek || weekProblem(week, { ...cohort, enrolledAt }, now)) throw notHere();
  const mine = await findOwnUpdate(actor, space, week);
  const { did = "", learnt = "", blocked = "", next = "", links = [] } = mine ?? {};
  return {
    slug: cohort.slug,
    title: cohort.title,
    week,
    inWords: formatDate(week),
    published: mine?.state === "published",
    texts: { did, learnt, blocked, next, links },
  };
}

/** The form of a student's piece of work, a new one unless told; 404 for somebody else's. */
export async function presentWorkForm(actor: Actor, space: Space, asked: string | null) {
  if (!space.learns) throw notHere();
  const found = asked === null ? null : await findWork(space, asked);
  if (asked !== null && found?.work.personId !== actor.id) throw notHere();
  const { id = "", title = "", url = "", description = "" } = found?.work ?? {};
  return {
    slug: space.cohort.slug,
    cohortTitle: space.cohort.title,
    workId: id,
    work: { title, url, description },
  };
}

/** A teacher's recorded hours, and the form for more or, when told, for one of them; 404 for everybody else. */
export async function presentHours(actor: Actor, space: Space, asked: string | null, now: Date) {
  if (!space.teaches) throw notHere();
  const own = await listOwnHours(actor, space);
  const chosen = own.find((row) => row.id === asked);
  if (asked !== null && !chosen) throw notHere();
  const { cohort } = space;
  return {
    slug: cohort.slug,
    title: cohort.title,
    sessionId: chosen?.id ?? "",
    form: {
      heldOn: chosen?.heldOn ?? dayInZone(now, cohort.timeZone),
      hours: chosen ? hoursOf(chosen.minutes) : "",
      topic: chosen?.topic ?? "",
    },
    total: hoursOf(own.reduce((sum, row) => sum + row.minutes, 0)),
    sessions: own.map(({ id, heldOn, minutes, topic }) => ({
      id,
      topic,
      on: formatDate(heldOn),
      hours: hoursOf(minutes),
    })),
  };
}
