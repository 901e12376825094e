import { sql } from "drizzle-orm";
import { SitemapIndexStream, type SitemapItemLoose, SitemapStream, streamToPromise } from "sitemap";
import { getDb, type Queryable } from "#db/client.server";
import { openAnswer, openRefusal } from "~/lib/open-answer.server";

/** Crawlers take 50,000 addresses at once; a file of this many stays small. */
export const ADDRESSES_A_MAP = 10_000;
const XML = "application/xml; charset=utf-8";
const FIXED = ["/", "/cohorts", "/teachers", "/method", "/rules", "/log"];

/** `most`: how many addresses stand in one map. */
type Asked = { siteUrl: string; now: Date; most?: number };
type Row = { path: string; at: string };

/**
 * Every public page that says something, with its last change: records of teachers, people who have a token, scouts who have
 * referred somebody, cohorts. In an order that stays, so that a map changes at its end.
 */
async function listPages(db: Queryable, now: Date): Promise<Row[]> {
  const rows = await db.execute<Row>(sql`
    WITH known AS (
      SELECT p.id, p.handle, p.created_at, greatest(p.created_at, w.updated_at, (
        SELECT max(e.recorded_at) FROM person_totals t JOIN journal_entries e ON e.id = t.last_entry_id WHERE t.person_id = p.id)) AS changed
      FROM persons p LEFT JOIN profiles w ON w.person_id = p.id WHERE p.email_verified_at IS NOT NULL
    ), pages AS (
      SELECT '/teachers/' || k.handle AS path, k.created_at AS since, k.changed FROM known k
        WHERE EXISTS (SELECT 1 FROM lots l WHERE l.holder_id = k.id AND NOT l.finder)
          OR EXISTS (SELECT 1 FROM cohorts c WHERE c.teacher_id = k.id)
          OR EXISTS (SELECT 1 FROM cohort_teachers ct WHERE ct.person_id = k.id AND ct.state = 'accepted')
      UNION ALL SELECT '/people/' || k.handle, t.minted_at, greatest(k.changed, t.minted_at) FROM known k JOIN tokens t ON t.owner_id = k.id
      UNION ALL SELECT '/scouts/' || k.handle, k.created_at, k.changed FROM known k
        WHERE EXISTS (SELECT 1 FROM referrals r WHERE r.scout_id = k.id)
      UNION ALL SELECT '/cohorts/' || c.slug, c.created_at, greatest(c.created_at, CASE WHEN c.closes_at <= ${now.toISOString()} THEN c.closes_at END) FROM cohorts c
    ) SELECT path, to_char(changed AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at FROM pages ORDER BY since, path`);
  return [...rows];
}

async function xmlOf(items: readonly SitemapItemLoose[]): Promise<string> {
  const stream = new SitemapStream({
    xmlns: { news: false, image: false, video: false, xhtml: false },
  });
  for (const item of items) stream.write(item);
  stream.end();
  return (await streamToPromise(stream)).toString();
}

async function indexOf(siteUrl: string, parts: number): Promise<string> {
  const stream = new SitemapIndexStream();
  for (let part = 1; part <= parts; part++)
    stream.write({ url: `${siteUrl}/sitemaps/${part}.xml` });
  stream.end();
  return (await streamToPromise(stream)).toString();
}

const mapOf = (siteUrl: string, rows: readonly Row[], fixed: readonly string[]): Promise<string> =>
  xmlOf([
    ...fixed.map((path) => ({ url: `${siteUrl}${path}` })),
    ...rows.map(({ path, at }) => ({ url: `${siteUrl}${path}`, lastmod: at })),
  ]);

/** The map of all public pages; where there are more than one map holds, the index of the maps. */
export async function answerSitemap(request: Request, asked: Asked): Promise<Response> {
  const { siteUrl, now, most = ADDRESSES_A_MAP } = asked;
  const rows = await listPages(getDb(), now);
  const parts = Math.ceil(rows.length / most);
  const body = parts > 1 ? await indexOf(siteUrl, parts) : await mapOf(siteUrl, rows, FIXED);
  return openAnswer(request, { body, contentType: XML, keep: "revalidate" });
}

/** One of the maps that the index names: `1.xml`, `2.xml` and so on; 404 for any other. */
export async function answerSitemapPart(
  request: Request,
  name: string | undefined,
  { siteUrl, now, most = ADDRESSES_A_MAP }: Asked,
): Promise<Response> {
  const part = Number(/^([1-9]\d{0,5})\.xml$/.exec(name ?? "")?.[1] ?? 0);
  const from = (part - 1) * most;
  const rows = part === 0 ? [] : await listPages(getDb(), now);
  const own = rows.slice(Math.max(0, from), from + most);
  if (own.length === 0) return openRefusal(request, 404);
  const body = await mapOf(siteUrl, own, part === 1 ? FIXED : []);
  return openAnswer(request, { body, contentType: XML, keep: "revalidate" });
}

/** What crawlers are asked to leave alone: pages of who is signed in, and those that are made of what somebody typed. */
export function answerRobots(request: Request, siteUrl: string): Response {
  const closed = [
    "/account",
    "/desk",
    "/dev/",
    "/home",
    "/wallet",
    "/search",
    "/oembed",
    "/teachers?",
    "/compare?",
  ];
  const body = `User-agent: *\n${closed.map((path) => `Disallow: ${path}\n`).join("")}\nSitemap: ${siteUrl}/sitemap.xml\n`;
  return openAnswer(request, {
    body,
    contentType: "text/plain; charset=utf-8",
    keep: "revalidate",
  });
}
