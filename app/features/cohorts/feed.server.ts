import { desc, eq } from "drizzle-orm";
import { Feed } from "feed";
import { getDb } from "#db/client.server";
import { cohorts, persons } from "#db/schema/index";
import { formatInstant } from "~/lib/dates";
import { escapeHtml } from "~/lib/escape-html";
import { openAnswer } from "~/lib/open-answer.server";
import { flatCohort } from "./queries.server";
import { isPublic, listTeachersOfEach } from "./teachers.server";

/** How many cohorts a feed names, the newest. */
const MOST = 50;
const ATOM = "application/atom+xml; charset=utf-8";

/** The cohorts that were made public last as an Atom feed (RFC 4287), newest first. An entry's id is its cohort's, and stays; it is updated when what is said of it may have changed. */
export async function answerCohortFeed(request: Request, siteUrl: string): Promise<Response> {
  const rows = await getDb()
    .select({ cohort: cohorts, teacherName: persons.displayName, teacherHandle: persons.handle })
    .from(cohorts)
    .innerJoin(persons, eq(persons.id, cohorts.teacherId))
    .where(isPublic)
    .orderBy(desc(cohorts.publishedAt), desc(cohorts.id))
    .limit(MOST);
  const page = `${siteUrl}/cohorts`;
  const ids = rows.map(({ cohort }) => cohort.id);
  const taught = await listTeachersOfEach(ids);
  const changes = rows.map(({ cohort }) => cohort.changedAt.getTime());
  const feed = new Feed({
    ...{ id: page, link: page, title: "Cohorts on Belay" },
    description: "Cohorts as they are made public: what is taught, by whom, until when to apply.",
    copyright: "The teachers of each cohort",
    updated: new Date(Math.max(0, ...changes)),
    feedLinks: { atom: `${page}/feed.atom` },
    author: { name: "Belay", link: siteUrl },
    generator: "Belay",
  });
  for (const cohort of rows.map(flatCohort)) {
    const words = cohort.cancelledAt
      ? "Cancelled."
      : `Apply until ${formatInstant(cohort.closesAt, cohort.timeZone)}. It runs from ${formatInstant(cohort.startsAt, cohort.timeZone)}.`;
    const names = (taught.get(cohort.id) ?? []).map(({ displayName }) => displayName);
    // The library marks both as HTML.
    feed.addItem({
      title: escapeHtml(`${cohort.title}${cohort.cancelledAt ? " (cancelled)" : ""}`),
      id: `urn:uuid:${cohort.id}`,
      link: `${page}/${cohort.slug}`,
      date: cohort.changedAt,
      published: cohort.publishedAt ?? cohort.createdAt,
      description: escapeHtml(`${cohort.skill}, with ${names.join(", ")}. ${words}`),
    });
  }
  return openAnswer(request, { body: feed.atom1(), contentType: ATOM, keep: "revalidate" });
}
