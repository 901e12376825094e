import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "#db/client.server";
import { calendarTokens, cohorts, cohortTeachers } from "#db/schema/index";
import { useDatabase } from "#tests/setup/database";
import { apply, codeOf, cohortForm, day, key, makeActor, must } from "#tests/setup/deals";
import { World } from "#tests/setup/world";
import { readXml } from "#tests/setup/xml";
import type { Actor } from "~/auth/actor";
import { listDates } from "~/features/applications/dates.server";
import {
  findCalendarOwner,
  makeCalendarToken,
  revokeCalendarToken,
} from "~/features/calendar/feed-token.server";
import { icalText } from "~/features/calendar/ical.server";
import { cancelCohort } from "~/features/cohorts/cancel-cohort.server";
import { answerCohortCard, cohortCard } from "~/features/cohorts/card.server";
import { compareCohorts } from "~/features/cohorts/compare-cohorts.server";
import { answerCohortFeed } from "~/features/cohorts/feed.server";
import {
  findCohorts,
  listCohortsBySlug,
  listTaughtBy,
} from "~/features/cohorts/find-cohorts.server";
import { ALL_COHORTS, type CohortQuery } from "~/features/cohorts/find-query";
import { inviteCoTeacher } from "~/features/cohorts/invite-co-teacher.server";
import { openCohort } from "~/features/cohorts/open-cohort.server";
import { listPastFigures } from "~/features/cohorts/past-figures.server";
import { getCohortBySlug, listCohortsOfTeacher } from "~/features/cohorts/queries.server";
import { saveCohort, unsaveCohort } from "~/features/cohorts/save-cohort.server";
import { isSaved, listSaved } from "~/features/cohorts/saved.server";
import { startCohort } from "~/features/cohorts/start-cohort.server";
import { makeLinkToken } from "~/lib/secret-link.server";
import { loader as calendar } from "../../app/routes/calendar.$file/route";

useDatabase();

let teacher: Actor;
type Made = { cohortId: string; slug: string; questionIds: string[]; criterionIds: string[] };
let made: Record<"loom" | "forge" | "later", Made>;

const call = (actor: Actor, input: unknown, now = day(2)) => ({
  ...{ actor, input, idempotencyKey: key(), now },
});
const make = async (changes: Partial<typeof cohortForm>) =>
  must(await openCohort(call(teacher, { ...cohortForm, ...changes }, day(0)))) as Made;
const titles = async (asked: Partial<CohortQuery>, now = day(2)) =>
  (await findCohorts({ ...ALL_COHORTS, ...asked }, now)).cohorts.map(({ title }) => title);

beforeAll(async () => {
  teacher = await makeActor();
  made = {
    later: await make({
      ...{ title: "Later", opensAt: "2026-01-05T00:00", closesAt: "2026-01-20T00:00" },
      ...{ startsAt: "2026-02-21T09:00", percent: "2", skill: "Weaving" },
    }),
    forge: await make({ title: "Forge", payoutCap: "3", sunset: "10", percent: "0.5" }),
    loom: await make({
      ...{ title: "Looms that räder", skill: "weaving", closesAt: "2026-01-09T00:00" },
      ...{ endsAt: "2026-04-01T18:00", timeZone: "Europe/Vienna" },
    }),
  };
  must(await startCohort(call(teacher, { ...cohortForm, title: "A draft", from: "-studio" })));
});

describe("finding cohorts", () => {
  it("lists open ones by their deadline, then later ones, then closed ones, and never a draft", async () => {
    expect(await titles({})).toEqual(["Looms that räder", "Forge", "Later"]);
    expect(await titles({}, day(9))).toEqual(["Forge", "Later", "Looms that räder"]);
    expect(await titles({ open: true }, day(9))).toEqual(["Forge", "Later"]);
  });

  it.each([
    [{ q: "loom rad" }, ["Looms that räder"]],
    [{ q: "loom forge" }, []],
    [{ skill: "Weaving" }, ["Looms that räder", "Later"]],
    [{ cap: "3" }, ["Forge"]],
    [{ cap: "none", sunset: "none" }, ["Looms that räder", "Later"]],
    [{ sunset: "10" }, ["Forge"]],
    [{ part: "100000" }, ["Looms that räder", "Forge"]],
    [{ from: "2026-02-21" }, ["Later"]],
    [{ until: "2026-04-01" }, ["Looms that räder"]],
    [{ open: true }, ["Looms that räder", "Forge"]],
    [{ record: "1" }, []],
    [{ record: "whole" }, []],
  ] as [Partial<CohortQuery>, string[]][])("narrowed by %j it gives %j", async (asked, found) => {
    expect(await titles(asked)).toEqual(found);
  });

  it("gives the last page for one beyond it", async () => {
    const found = await findCohorts({ ...ALL_COHORTS, page: 9 }, day(2));
    expect(found).toMatchObject({ page: 1, pages: 1, count: 3, all: 3 });
    expect(found.skills).toEqual(["Making", "Weaving"]);
  });

  it("side by side they stand as asked, unknown ones and drafts left out", async () => {
    const { forge, loom } = made;
    const asked = await listCohortsBySlug([forge.slug, "a-draft", "nothing", loom.slug]);
    expect(asked.map(({ title }) => title)).toEqual(["Forge", "Looms that räder"]);
  });

  it("are in a feed that is strict XML, the newest first, cancelled ones said to be", async () => {
    const answer = await answerCohortFeed(new Request("http://x/"), "http://x");
    const all = readXml(await answer.text());
    expect(all.filter(({ name }) => name === "entry")).toHaveLength(3);
    expect(all.map(({ text }) => text)).toContain(`urn:uuid:${made.loom.cohortId}`);
    expect(all.some(({ text }) => text.includes("A draft"))).toBe(false);
  });

  it("each has a card of 1200 × 630 that is kept while it says the same; a draft has none", async () => {
    const ask = (slug: string, headers: Record<string, string> = {}, now = day(2)) =>
      answerCohortCard(new Request("http://x/card.png", { headers }), slug, now);
    const card = await ask(made.loom.slug);
    const png = Buffer.from(await card.arrayBuffer());
    expect([png.toString("latin1", 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([
      ...["PNG", 1200, 630],
    ]);
    const seen = { "if-none-match": card.headers.get("etag") ?? "" };
    expect((await ask(made.loom.slug, seen)).status).toBe(304);
    expect((await ask(made.loom.slug, seen, day(30))).status).toBe(200);
    expect((await ask("a-draft")).status).toBe(404);
  });

  it("nothing is counted of a cohort before it begins", async () => {
    await apply(await makeActor(), made.forge);
    expect(await listPastFigures([teacher.id], day(19))).toEqual([]);
    expect(await listPastFigures([teacher.id], day(21))).toMatchObject([
      { title: "Forge", applications: 1, admitted: 0, places: 0, invested: 0, paid: 0 },
      { title: "Looms that räder", applications: 0 },
    ]);
  });
});

describe("saving", () => {
  it("keeps a public cohort once, for whoever saved it, until it is taken out", async () => {
    const student = await makeActor();
    const { forge, loom } = made;
    for (const { slug } of [forge, loom, loom]) must(await saveCohort(call(student, { slug })));
    const cohort = (await listCohortsBySlug([loom.slug]))[0];
    expect(await isSaved(student, cohort?.id ?? "")).toBe(true);
    expect((await listSaved(student)).map(({ slug }) => slug).sort()).toEqual(
      [forge.slug, loom.slug].sort(),
    );
    expect(await listSaved(teacher)).toEqual([]);
    must(await unsaveCohort(call(student, { slug: forge.slug })));
    expect((await listSaved(student)).map(({ slug }) => slug)).toEqual([loom.slug]);
    expect(codeOf(await saveCohort(call(student, { slug: "a-draft" })))).toBe("not_found");
  });
});

describe("the calendar", () => {
  const read = async (token: string) =>
    calendar({
      request: new Request(`http://localhost/calendar/${token}.ics`),
      params: { file: `${token}.ics` },
      context: { clientAddress: "127.0.0.1", cspNonce: "n", requestId: "r" },
    } as unknown as Parameters<typeof calendar>[0]);

  it("opens to its address alone, until it is ended or another is made", async () => {
    const student = await makeActor();
    const [first, second] = [makeLinkToken().token, makeLinkToken().token];
    must(await makeCalendarToken(call(student, { token: first })));
    expect(await findCalendarOwner(first)).toBe(student.id);
    const [kept] = await getDb()
      .select()
      .from(calendarTokens)
      .where(eq(calendarTokens.personId, student.id));
    expect(JSON.stringify(kept)).not.toContain(first);
    expect((await read(first)).status).toBe(200);
    expect((await read(kept?.tokenHash ?? "")).status).toBe(404);
    must(await makeCalendarToken(call(student, { token: second })));
    expect((await read(first)).status).toBe(404);
    expect((await read(second)).status).toBe(200);
    must(await revokeCalendarToken(call(student, {})));
    expect((await read(second)).status).toBe(404);
    expect(codeOf(await makeCalendarToken(call(student, { token: second })))).toBe("token_known");
  });

  it("holds the dates of what its owner saved and applied to, nobody else's, and keeps them to itself", async () => {
    const [student, other] = [await makeActor(), await makeActor()];
    const { token } = makeLinkToken();
    must(await makeCalendarToken(call(student, { token })));
    must(await saveCohort(call(student, { slug: made.loom.slug })));
    must(await saveCohort(call(other, { slug: made.later.slug })));
    await apply(student, made.forge);
    await getDb()
      .update(cohorts)
      .set({ closesAt: new Date("2026-01-09T08:00:00Z") })
      .where(eq(cohorts.id, made.loom.cohortId));
    const answer = await read(token);
    const about = { siteUrl: "http://x", host: "x", now: day(2) };
    const text = icalText(await listDates(student.id, day(2)), about).replaceAll("\r\n ", "");
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    expect(text).toContain("SUMMARY:Applications close: Looms that räder");
    expect(text).toContain("DTSTART:20260109T080000Z");
    expect(text).toContain("SUMMARY:You hear by now: Forge");
    expect(text).not.toContain("Later");
  });
});

describe("a cohort that is cancelled", () => {
  it("stands so in the calendars of who saved it while its dates are ahead, in the feed and on its card", async () => {
    const [student, other] = [await makeActor(), await makeActor()];
    const cohort = await make({ title: "Kites" });
    must(await saveCohort(call(student, { slug: cohort.slug })));
    const of = async (who: Actor, now: Date) =>
      (await listDates(who.id, now)).map(({ key, cancelled }) => [
        key.replace(`${cohort.cohortId}-`, ""),
        cancelled,
      ]);
    expect(await of(student, day(2))).toEqual([
      ["opens", false],
      ["closes", false],
      ["begins", false],
    ]);
    const cancelling = { cohortId: cohort.cohortId, reason: "No wind." };
    must(await cancelCohort(call(teacher, cancelling, day(3))));
    expect(await of(student, day(3))).toEqual([
      ["closes", true],
      ["begins", true],
    ]);
    const [row] = await getDb().select().from(cohorts).where(eq(cohorts.id, cohort.cohortId));
    expect(await of(student, row?.startsAt ?? day(3))).toEqual([]);
    expect(await of(other, day(3))).toEqual([]);
    const feed = await answerCohortFeed(new Request("http://localhost/f"), "http://localhost");
    expect(await feed.text()).toContain("Kites (cancelled)");
    const whole = await getCohortBySlug(cohort.slug);
    expect(whole && cohortCard(whole, [], day(3)).large).toMatch(/^Cancelled /);
  });
});

describe("by its teachers' records", () => {
  it("a cohort is found by any of those who lead or co-teach it, not by who asks, reviews or has left", async () => {
    const world = await World.make(day(40));
    const [investor, leaver, reviewing] = [
      await world.investor(),
      await world.person("opener"),
      await world.person("opener"),
    ];
    const [opener, student] = [await world.person("opener"), await world.person("student")];
    await world.invested(investor, student, { amount: "10,000", percent: "1" });
    const [asked, taught, reviewed, led] = await Promise.all(
      [opener, opener, reviewing, leaver].map((one) => world.cohort(one)),
    );
    const slugs = async (query: Partial<CohortQuery>) => {
      const found = await findCohorts({ ...ALL_COHORTS, ...query }, world.now);
      return found.cohorts.map(({ slug }) => slug);
    };
    const [own] = await listCohortsOfTeacher(investor.id);
    expect(await slugs({ record: "1" })).toEqual([own?.slug]);
    await world.teachTogether(opener, investor, taught?.cohortId ?? "");
    world.pass({ ms: 1_000 });
    await world.teachTogether(reviewing, investor, reviewed?.cohortId ?? "", { role: "reviewer" });
    world.pass({ ms: 1_000 });
    await world.teachTogether(leaver, investor, led?.cohortId ?? "", { role: "lead" });
    const invited = { cohortId: asked?.cohortId, email: investor.email };
    world.must(await inviteCoTeacher(world.call(opener, invited)));
    const by = async () => (await slugs({ record: "1" })).sort();
    expect(await by()).toEqual([own?.slug, taught?.slug, led?.slug].sort());
    expect(await slugs({ record: "10" })).toEqual([]);
    expect((await slugs({ q: investor.handle })).sort()).toEqual(await by());
    const shown = await listTaughtBy([taught?.cohortId ?? "", reviewed?.cohortId ?? ""], world.now);
    expect(shown.get(taught?.cohortId ?? "")).toEqual([
      { handle: opener.handle, displayName: opener.displayName, record: "No investment yet" },
      {
        ...{ handle: investor.handle, displayName: investor.displayName },
        record: "DPI 0×, 1 investment",
      },
    ]);
    expect(shown.get(reviewed?.cohortId ?? "")).toHaveLength(1);
    await getDb()
      .update(cohortTeachers)
      .set({ state: "left", leftAt: world.now })
      .where(eq(cohortTeachers.cohortId, led?.cohortId ?? ""));
    expect(await by()).toEqual([own?.slug, taught?.slug].sort());
    const compared = await compareCohorts([asked?.slug ?? "", taught?.slug ?? ""], world.now);
    const rows = compared.tables.flatMap(({ rows }) => rows);
    expect(rows.filter(({ differs }) => differs).map(({ name }) => name)).toEqual([
      "Teachers, and their records",
    ]);
  });
});
