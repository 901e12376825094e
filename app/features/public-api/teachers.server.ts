import { getDb } from "#db/client.server";
import { listCohortsOfTeacher } from "~/features/cohorts/queries.server";
import { getTeacherFigures } from "~/features/learning/figures.server";
import { getPersonByHandle, getProfile } from "~/features/people/queries.server";
import { listCandidates } from "~/features/records/find-teachers.server";
import { getRecordOf } from "~/features/records/get-record.server";
import { getRanks, type Standing } from "~/features/records/ranks.server";
import { cursorOf } from "~/lib/cursor.server";
import { utcDay } from "~/lib/dates";
import { z } from "~/lib/zod";
import { type At, endpoint, pageOf } from "./endpoint";
import * as shapes from "./shapes";

type Person = { id: string; handle: string; displayName: string; headline: string };

const UNRANKED: Standing = { kind: "too_few_positions", positions: 0 };
/** A place in the list: by rank the unranked come last. */
const place = cursorOf(z.strictObject({ rank: z.int().nullable(), handle: shapes.handle }));
type Place = z.output<typeof place>;

const comesAfter = (a: Place, b: Place): boolean =>
  a.rank === b.rank
    ? a.handle > b.handle
    : (a.rank ?? Number.POSITIVE_INFINITY) > (b.rank ?? Number.POSITIVE_INFINITY);

async function teacherOf(person: Person, standing: Standing, { now, site }: At) {
  const { summary, asOf } = await getRecordOf(getDb(), person, utcDay(now));
  const { valuationDate, investments, students, firstInvested } = summary;
  const { medianTvpi, bestShare, gross, net } = summary;
  return {
    handle: person.handle,
    name: person.displayName,
    headline: person.headline,
    checkpoint: asOf,
    ...{ valuationDate, investments, students, firstInvested, medianTvpi, bestShare, gross, net },
    standing,
    page: `${site}/teachers/${person.handle}`,
  };
}

export const teachers = endpoint({
  path: "/teachers",
  title: "Teachers",
  about:
    "Everybody who has invested in a student or runs a cohort, with the headline of their record.",
  params: {},
  query: {
    ...shapes.paging,
    q: shapes.words,
    skill: z.string().max(120).default("").meta({ description: "What a cohort of theirs teaches" }),
    open: z
      .enum(["0", "1"])
      .default("0")
      .meta({ description: "1: only those with a cohort that takes applications now" }),
    sort: z
      .enum(["handle", "rank"])
      .default("handle")
      .meta({ description: "By handle, or by rank with the unranked last" }),
    cursor: place.optional().meta({ description: shapes.CURSOR_SAID }),
  },
  answer: shapes.teachers,
  find: async ({ query: { limit, q, skill, open, sort, cursor } }, at) => {
    const db = getDb();
    const [all, ranks] = [
      await listCandidates(db, { q, skill, open: open === "1" }, at.now),
      await getRanks(db, utcDay(at.now)),
    ];
    const placeOf = (one: { id: string; handle: string }): Place => {
      const standing = ranks.get(one.id);
      const rank = sort === "rank" && standing?.kind === "ranked" ? standing.rank : null;
      return { rank, handle: one.handle };
    };
    const rest = all
      .filter((one) => !cursor || comesAfter(placeOf(one), cursor))
      .sort((a, b) => (comesAfter(placeOf(a), placeOf(b)) ? 1 : -1));
    const { items, next } = pageOf(rest, limit, (last) => {
      const asked = new URLSearchParams({
        ...(q ? { q } : {}),
        ...(skill ? { skill } : {}),
        ...{ open, sort, limit: String(limit), cursor: place.encode(placeOf(last)) },
      });
      return `${at.site}/api/v1/teachers?${asked}`;
    });
    return {
      items: await Promise.all(
        items.map((person) => teacherOf(person, ranks.get(person.id) ?? UNRANKED, at)),
      ),
      next,
    };
  },
});

const byHandle = { handle: shapes.handle.meta({ description: "A person's handle" }) };

export const teacher = endpoint({
  path: "/teachers/{handle}",
  title: "A teacher",
  about: "The headline of the record, what was done beside the money, and the cohorts.",
  params: byHandle,
  query: {},
  answer: shapes.teacherDetail,
  find: async ({ params: { handle } }, at) => {
    const db = getDb();
    const person = await getPersonByHandle(handle, db);
    if (!person) return null;
    const [{ headline }, ranks, figures, run] = await Promise.all([
      getProfile(person.id, db),
      getRanks(db, utcDay(at.now)),
      getTeacherFigures(person.id, db),
      listCohortsOfTeacher(person.id, db),
    ]);
    const { id, displayName } = person;
    const named = { id, handle: person.handle, displayName, headline };
    return {
      ...(await teacherOf(named, ranks.get(id) ?? UNRANKED, at)),
      figures,
      cohorts: run.map(({ slug, title, startsOn, endsOn }) => ({ slug, title, startsOn, endsOn })),
      bundle: `${at.site}/teachers/${person.handle}/track-record.json`,
    };
  },
});

export const record = endpoint({
  path: "/teachers/{handle}/record",
  title: "A record",
  about:
    "All numbers of a record, as the verifier recomputes them: in total, by vintage, by cohort, by position.",
  params: byHandle,
  query: {},
  answer: shapes.record,
  find: async ({ params: { handle } }, { now }) => {
    const db = getDb();
    const person = await getPersonByHandle(handle, db);
    if (!person) return null;
    const { summary, asOf } = await getRecordOf(db, person, utcDay(now));
    return { checkpoint: asOf, handle: person.handle, record: summary };
  },
});

const line = cursorOf(z.strictObject({ day: z.iso.date(), lot: z.uuid() }));

export const investments = endpoint({
  path: "/teachers/{handle}/investments",
  title: "A record's investments",
  about: "Every investment since the first, reversed ones too, the newest first.",
  params: byHandle,
  query: {
    ...shapes.paging,
    cursor: line.optional().meta({ description: shapes.CURSOR_SAID }),
  },
  answer: shapes.investments,
  find: async ({ params: { handle }, query: { limit, cursor } }, { now, site }) => {
    const db = getDb();
    const person = await getPersonByHandle(handle, db);
    if (!person) return null;
    const { investments: all, asOf } = await getRecordOf(db, person, utcDay(now));
    const keyOf = (one: { day: string; lot: string }) => `${one.day} ${one.lot}`;
    const lines = all
      .map(({ lotId, student, handle: studentHandle, ...rest }) => ({
        lot: lotId,
        student: { handle: studentHandle, name: student },
        ...rest,
      }))
      .filter((one) => !cursor || keyOf(one) < keyOf(cursor))
      .sort((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1));
    const { items, next } = pageOf(lines, limit, ({ day, lot }) => {
      const asked = new URLSearchParams({
        limit: String(limit),
        cursor: line.encode({ day, lot }),
      });
      return `${site}/api/v1/teachers/${handle}/investments?${asked}`;
    });
    return { checkpoint: asOf, items, next };
  },
});
