import type { Actor } from "~/auth/actor";
import { denial } from "~/auth/permissions";
import { getOwnCohort } from "~/features/cohorts/queries.server";
import {
  listNextCohorts,
  listTemplates,
  listTextsShown,
} from "~/features/decisions/queries.server";
import { startFrom } from "~/features/decisions/start-from";
import { loadList } from "../teach.cohorts.$slug/list.server";

/** The cohort for who may decide in it; 404 for others. */
export async function getDecider(actor: Actor, slug: string) {
  const cohort = await getOwnCohort(actor, slug);
  if (!cohort || denial(actor, "application.decide", cohort.staff))
    throw new Response("Not found", { status: 404 });
  return cohort;
}

/** All that the page of decisions shows. */
export async function loadDecisions(actor: Actor, slug: string, search: URLSearchParams) {
  const cohort = await getDecider(actor, slug);
  const { query, applications, first, next } = await loadList(actor, cohort, search, "/decisions");
  const templates = await listTemplates(cohort.id);
  return {
    slug: cohort.slug,
    title: cohort.title,
    zone: cohort.timeZone,
    others: await listNextCohorts(actor.id, cohort.id),
    texts: await listTextsShown(cohort.id),
    templates,
    begun: startFrom(templates, search.get("text"), null),
    ...{ query, applications, first, next },
  };
}
