import { getDb } from "#db/client.server";
import {
  type CohortWithTeacher,
  countEnrolled,
  getCohortBySlug,
  pageCohorts,
} from "~/features/cohorts/queries.server";
import { listTeachersOf } from "~/features/cohorts/teachers.server";
import { cursorOf } from "~/lib/cursor.server";
import { windowPhase } from "~/lib/window";
import { z } from "~/lib/zod";
import { type At, endpoint, pageOf } from "./endpoint";
import * as shapes from "./shapes";

const place = cursorOf(z.strictObject({ closesAt: z.iso.datetime(), slug: shapes.slug }));

async function cohortOf(cohort: CohortWithTeacher, { now, site }: At) {
  const db = getDb();
  const [teachers, enrolled] = await Promise.all([
    listTeachersOf(cohort.id, db),
    countEnrolled(cohort.id, db),
  ]);
  const { slug, title, skill, timeZone, startsOn, endsOn, capacity } = cohort;
  const { payoutCapMultiple, sunsetYears, finderStakeBps } = cohort;
  return {
    ...{ slug, title, skill },
    teachers: teachers.map(({ handle, displayName: name }) => ({ handle, name })),
    phase: windowPhase(cohort, now),
    timeZone,
    opensAt: cohort.opensAt.toISOString(),
    closesAt: cohort.closesAt.toISOString(),
    ...{ startsOn, endsOn, capacity, enrolled },
    terms: {
      amountCents: String(cohort.amountCents),
      shares: String(cohort.shares),
      ...{ payoutCapMultiple, sunsetYears, finderStakeBps },
    },
    page: `${site}/cohorts/${slug}`,
  };
}

export const cohorts = endpoint({
  path: "/cohorts",
  title: "Cohorts",
  about: "All cohorts, those whose applications close last first.",
  params: {},
  query: {
    ...shapes.paging,
    phase: z
      .enum(["upcoming", "open", "closed"])
      .optional()
      .meta({ description: "Where the window for applications stands" }),
    cursor: place.optional().meta({ description: shapes.CURSOR_SAID }),
  },
  answer: shapes.cohorts,
  find: async ({ query: { limit, phase, cursor } }, at) => {
    const after = cursor && { closesAt: new Date(cursor.closesAt), slug: cursor.slug };
    const found = await pageCohorts({ limit: limit + 1, phase, after, now: at.now });
    const { items, next } = pageOf(found, limit, ({ closesAt, slug }) => {
      const asked = new URLSearchParams({
        ...(phase ? { phase } : {}),
        ...{
          limit: String(limit),
          cursor: place.encode({ closesAt: closesAt.toISOString(), slug }),
        },
      });
      return `${at.site}/api/v1/cohorts?${asked}`;
    });
    return { items: await Promise.all(items.map((cohort) => cohortOf(cohort, at))), next };
  },
});

export const cohort = endpoint({
  path: "/cohorts/{slug}",
  title: "A cohort",
  about:
    "A cohort with its pitch, what applicants are asked, and the terms that offers start from.",
  params: { slug: shapes.slug.meta({ description: "The last part of the cohort’s address" }) },
  query: {},
  answer: shapes.cohortDetail,
  find: async ({ params: { slug } }, at) => {
    const found = await getCohortBySlug(slug);
    if (!found) return null;
    return {
      ...(await cohortOf(found, at)),
      pitch: found.pitch,
      questions: found.questions.map(({ prompt }) => prompt),
    };
  },
});
