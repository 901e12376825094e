import type { Actor } from "~/auth/actor";
import { mayLookAt } from "~/auth/permissions";
import { listCriteria } from "~/features/reviews/queries.server";
import { getOwnCohort } from "./queries.server";
import { getWorkedOn } from "./question-versions.server";
import { stageOf } from "./stages";
import { listStaffOf } from "./teachers.server";

/**
 * A cohort for one of those who may set it up, with how far each part of it has come; 404 for everybody else. Reviewers
 * do not set anything up.
 */
export async function loadSetUp(actor: Actor, slug: string | undefined, now: Date) {
  const cohort = await getOwnCohort(actor, slug ?? "", "cohort.manage");
  if (!cohort) throw new Response("Not found", { status: 404 });
  const { questions, changed } = await getWorkedOn(cohort);
  const criteria = await listCriteria(cohort.id);
  const staff = await listStaffOf(cohort.id);
  const stage = stageOf(cohort, now);
  const lead = mayLookAt(actor, "cohort.staff", cohort.staff);
  return {
    ...{ cohort, questions, changed, criteria, staff, stage, lead },
    /** What the way between the parts of the set-up is made of. */
    between: { slug: cohort.slug, lead },
  };
}

/** The crumbs above a page of a cohort's set-up. */
export const setUpTrail = (cohort: { slug: string; title: string }) => [
  { to: "/teach", name: "Teaching" },
  { to: `/teach/cohorts/${cohort.slug}`, name: cohort.title },
  { to: `/teach/cohorts/${cohort.slug}/setup`, name: "Set-up" },
];
