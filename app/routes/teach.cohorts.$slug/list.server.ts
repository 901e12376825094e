import type { Actor } from "~/auth/actor";
import { APPLICATION_STATES } from "~/features/applications/words";
import type { Cohort } from "~/features/cohorts/queries.server";
import {
  listApplications,
  placeCursor,
  scopeOf,
} from "~/features/reviews/list-applications.server";
import { readListQuery, writeListQuery } from "~/features/reviews/list-query";
import { presentListed } from "~/features/reviews/present";

const PAGE = 50;

/** A page of the list that the address asks for, with the addresses of the first and the next page. */
export async function loadList(
  actor: Actor,
  cohort: Cohort,
  search: URLSearchParams,
  page: "" | "/decisions" = "",
) {
  const scope = await scopeOf(actor, cohort);
  if (!scope) throw new Response("Not found", { status: 404 });
  const query = readListQuery(search);
  const after = placeCursor.safeDecode(search.get("after") ?? "").data;
  const rows = await listApplications(scope, query, { after, limit: PAGE + 1 });
  const shown = rows.slice(0, PAGE);
  const last = shown.at(-1);
  const here = `/teach/cohorts/${cohort.slug}${page}`;
  const address = (more: Record<string, string>) => {
    const text = writeListQuery(query, more);
    return text ? `${here}?${text}` : here;
  };
  return {
    query,
    teacher: scope.teacher,
    narrowed: writeListQuery(query) !== "",
    applications: shown.map((one) => presentListed(one, query, APPLICATION_STATES)),
    first: after ? address({}) : null,
    next: rows.length > PAGE && last ? address({ after: placeCursor.encode(last.place) }) : null,
  };
}
