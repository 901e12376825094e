import { inArray } from "drizzle-orm";
import { Feed } from "feed";
import { type Db, getDb } from "#db/client.server";
import { journalEntries } from "#db/schema/index";
import { getNames, getPersonByHandle } from "~/features/people/queries.server";
import { type RecordLine, recordLines } from "~/ledger/record-lines";
import { utcDay } from "~/lib/dates";
import { escapeHtml } from "~/lib/escape-html";
import { formatCents, formatPercentOfToken } from "~/lib/money";
import { openAnswer, openRefusal } from "~/lib/open-answer.server";
import { getLinedRecord } from "./get-record.server";
import { evidenceWords, kindWords } from "./record-words";

/** How many events a feed names, the newest. */
const MOST_EVENTS = 50;
const ATOM = "application/atom+xml; charset=utf-8";

type Named = { logId: string; at: Date };

async function namesOf(db: Db, numbers: readonly string[]): Promise<Map<string, Named>> {
  if (numbers.length === 0) return new Map();
  const rows = await db
    .select({
      id: journalEntries.id,
      logId: journalEntries.logId,
      at: journalEntries.recordedAt,
    })
    .from(journalEntries)
    .where(inArray(journalEntries.id, numbers.map(BigInt)));
  return new Map(rows.map(({ id, logId, at }) => [String(id), { logId, at }]));
}

/** What a line says, in words: `$30,000.00 received, confirmed by the counterparty`. */
function lineWords(line: RecordLine): string[] {
  const { paidCents, receivedCents, proceedsCents, shares, standing } = line;
  const back = receivedCents + proceedsCents;
  const evidence = `${evidenceWords(line.grade ?? "platform")}${line.unconfirmed ? ", unconfirmed" : ""}`;
  return [
    ...(paidCents === 0n ? [] : [`${formatCents(paidCents)} paid`]),
    ...(shares === 0n
      ? []
      : [
          `${formatPercentOfToken(shares < 0n ? -shares : shares)} of the token ${shares < 0n ? "left" : "came"}`,
        ]),
    ...(back === 0n
      ? []
      : [
          `${formatCents(back < 0n ? -back : back)} ${back < 0n ? "taken back" : "received"} (${evidence})`,
        ]),
    ...(standing === "early" ? ["too early to count"] : []),
    ...(standing === "apart" ? ["a relative’s token, in no headline figure"] : []),
    ...(standing === "finder" ? ["a finder’s stake"] : []),
  ];
}

/** The lines of each entry, the newest entry first. */
function eventsOf(lines: readonly RecordLine[]): RecordLine[][] {
  const byEntry = new Map<string, RecordLine[]>();
  for (const line of lines) {
    const known = byEntry.get(line.entry);
    if (known) known.push(line);
    else byEntry.set(line.entry, [line]);
  }
  return [...byEntry.values()]
    .sort(([a], [b]) => (BigInt(a?.entry ?? 0) < BigInt(b?.entry ?? 0) ? 1 : -1))
    .slice(0, MOST_EVENTS);
}

/**
 * The events of a person's record as an Atom feed (RFC 4287), newest first, as of the newest signed tree: public lines alone.
 * An event's id is its entry's id in the log, and stays. 404 for an unknown handle.
 */
export async function answerFeed(
  request: Request,
  asked: { handle: string | undefined; siteUrl: string; now: Date },
): Promise<Response> {
  const db = getDb();
  const { siteUrl, now } = asked;
  const person = asked.handle ? await getPersonByHandle(asked.handle, db) : null;
  if (!person) return openRefusal(request, 404);
  const record = await getLinedRecord(db, person, utcDay(now));
  const events = eventsOf(recordLines(record));
  const [entries, names] = await Promise.all([
    namesOf(
      db,
      events.flatMap(([line]) => (line ? [line.entry] : [])),
    ),
    getNames(
      events.flat().map(({ tokenHandle }) => tokenHandle),
      db,
    ),
  ]);
  const page = `${siteUrl}/teachers/${person.handle}`;
  const newest = entries.get(events[0]?.[0]?.entry ?? "");
  const feed = new Feed({
    ...{ id: page, link: page, title: `${person.displayName}: record on Belay` },
    description: `What ${person.displayName} put into students, and what came back.`,
    copyright: "Facts of a public record",
    updated: newest?.at ?? person.createdAt,
    feedLinks: { atom: `${page}/feed.atom` },
    author: { name: person.displayName, link: page },
    generator: "Belay",
  });
  for (const lines of events) {
    const [line] = lines;
    const entry = line && entries.get(line.entry);
    if (!line || !entry) continue;
    const student = names.get(line.tokenHandle) ?? line.tokenHandle;
    // The library marks both as HTML.
    const title = escapeHtml(`${kindWords(line.kind, line.paidCents > 0n)}: ${student}`);
    const words = escapeHtml(lines.flatMap(lineWords).join("; "));
    const leaf = record.leaves.get(line.entry);
    feed.addItem({
      ...{ title, id: `urn:uuid:${entry.logId}`, date: entry.at, published: entry.at },
      link: `${page}/lines?of=investments&student=${line.tokenHandle}`,
      description: `${words}.${leaf === undefined ? "" : ` Leaf ${leaf} of the public log.`}`,
    });
  }
  return openAnswer(request, { body: feed.atom1(), contentType: ATOM, keep: "revalidate" });
}
