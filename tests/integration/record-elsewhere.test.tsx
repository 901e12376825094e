import { asc } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { getDb } from "#db/client.server";
import { journalEntries } from "#db/schema/index";
import { answerBadge } from "~/features/records/badge.server";
import { answerCard, answerSiteCard } from "~/features/records/card.server";
import { drawPng } from "~/features/records/draw-png.server";
import { answerFeed } from "~/features/records/feed.server";
import { answerOembed } from "~/features/records/oembed.server";
import { answerRobots, answerSitemap, answerSitemapPart } from "~/features/site/sitemap.server";
import { addDays, utcDay } from "~/lib/dates";
import { clearSingleton } from "~/lib/singleton.server";
import type { Someone } from "~/server/demo/steps";
import { useDatabase } from "../setup/database";
import { World } from "../setup/world";
import { readXml } from "../setup/xml";

useDatabase();

const SITE = "https://belay.example";
let world: World;
let teacher: Someone;
let student: Someone;
const ask = (path: string, tag?: string) =>
  new Request(`${SITE}${path}`, tag ? { headers: { "if-none-match": tag } } : {});

beforeAll(async () => {
  world = await World.make();
  teacher = await world.person("teacher", { name: 'Tea & "Cher"' });
  await world.verify(teacher, world.operator);
  await world.deposit(teacher, world.operators, "50,000");
  student = await world.person("student", { name: "Stu & Dent" });
  await world.invested(teacher, student, { amount: "10,000", percent: "1" });
  world.pass({ days: 200 });
});

describe("the card", () => {
  test("is a picture of 1200 × 630, kept by its validator while the headline is the same", async () => {
    const path = `/teachers/${teacher.handle}/card.png`;
    const first = await answerCard(ask(path), teacher.handle, world.now);
    expect(first.headers.get("content-type")).toBe("image/png");
    expect(first.headers.get("access-control-allow-origin")).toBe("*");
    const bytes = Buffer.from(await first.arrayBuffer());
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630]);
    const tag = first.headers.get("etag") ?? "";
    expect((await answerCard(ask(path, tag), teacher.handle, world.now)).status).toBe(304);
    const later = new Date(world.now.getTime() + 86_400_000);
    expect((await answerCard(ask(path, tag), teacher.handle, later)).status).toBe(200);
    expect((await answerSiteCard(ask("/card.png"), world.now)).status).toBe(200);
  });

  test("there is none of who never taught or invested", async () => {
    for (const handle of [student.handle, "no-such-handle", undefined])
      expect((await answerCard(ask("/x"), handle, world.now)).status).toBe(404);
  });

  test("where it cannot be drawn, nothing breaks, and the next request tries again", async () => {
    clearSingleton("png-tools");
    const broken = async () => {
      throw new Error("no native module for this machine");
    };
    expect(await drawPng(null, broken)).toBeNull();
    expect(await drawPng(<div style={{ display: "flex" }}>again</div>)).not.toBeNull();
  });
});

test("the badge says name, figures and checkpoint, and nothing in a name is markup", async () => {
  const response = await answerBadge(ask("/x"), teacher.handle, world.now);
  expect(response.headers.get("content-type")).toBe("image/svg+xml");
  const elements = readXml(await response.text());
  const texts = elements.filter(({ name }) => name === "text").map(({ text }) => text);
  expect(texts).toEqual([
    'Tea & "Cher"',
    "DPI 0×, over 200 days, 1 investment",
    expect.stringMatching(/^Belay, checkpoint of \d+ \w+ 2026$/),
  ]);
  expect((await answerBadge(ask("/x"), student.handle, world.now)).status).toBe(404);
});

describe("the feed", () => {
  const feed = async () => {
    const asked = { handle: teacher.handle, siteUrl: SITE, now: world.now };
    const response = await answerFeed(ask("/x"), asked);
    return { response, elements: readXml(await response.text()) };
  };
  const of = (elements: ReturnType<typeof readXml>, name: string) =>
    elements.filter((one) => one.name === name).map(({ text }) => text);

  test("has an entry for each event, with the log's ids, which stay", async () => {
    const before = await feed();
    expect(before.response.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
    expect(before.elements[0]).toMatchObject({
      name: "feed",
      attributes: { xmlns: "http://www.w3.org/2005/Atom" },
    });
    const [own, ...ids] = of(before.elements, "id");
    expect(own).toBe(`${SITE}/teachers/${teacher.handle}`);
    expect(of(before.elements, "title")).toEqual([
      'Tea & "Cher": record on Belay',
      "Investment: Stu &amp; Dent",
    ]);
    expect(of(before.elements, "summary")).toEqual(["$10,000.00 paid; 1% of the token came."]);

    await world.deposit(student, world.operators, "1,000");
    const { gainId } = await world.declare(student, {
      ...{ company: "Rope Ltd", closingDate: addDays(utcDay(world.now), -1) },
      ...{ proceeds: "100,000", basis: "0", costs: "0" },
    });
    await world.pay(student, gainId);
    const after = await feed();
    const [, newest, ...older] = of(after.elements, "id");
    expect(older).toEqual(ids);
    expect(of(after.elements, "summary")[0]).toMatch(/^\$1,000\.00 received \(.*unconfirmed\)/);
    const entries = await getDb()
      .select({ logId: journalEntries.logId, at: journalEntries.recordedAt })
      .from(journalEntries)
      .orderBy(asc(journalEntries.id));
    const entry = entries.find(({ logId }) => `urn:uuid:${logId}` === newest);
    expect(of(after.elements, "updated")[0]).toBe(entry?.at.toISOString());
    expect(await feed().then(({ response }) => response.headers.get("etag"))).toBe(
      after.response.headers.get("etag"),
    );
    expect(JSON.stringify(after.elements)).not.toContain("Rope Ltd");
  });

  test("there is none of nobody", async () => {
    const asked = { handle: "no-such-handle", siteUrl: SITE, now: world.now };
    expect((await answerFeed(ask("/x"), asked)).status).toBe(404);
  });
});

describe("oEmbed", () => {
  const embed = (params: Record<string, string>) =>
    answerOembed(ask(`/oembed?${new URLSearchParams(params)}`), SITE, world.now);
  const page = () => `${SITE}/teachers/${teacher.handle}`;

  test("gives the badge, which leads to the proof", async () => {
    const response = await embed({ url: `${page()}/`, format: "json", maxwidth: "160" });
    expect(response.status).toBe(200);
    const found = (await response.json()) as { html: string };
    expect(found).toMatchObject({ version: "1.0", type: "rich", width: 160, height: 38 });
    expect(found.html).toContain(`<a href="${page()}#verify"><img src="${page()}/badge.svg"`);
    expect(found.html).toContain("Tea &amp; &quot;Cher&quot;");
    expect(found.html.match(/</g)).toHaveLength(3);
  });

  test.each<[string, () => Record<string, string>, number]>([
    ["no address", () => ({}), 404],
    ["another site's", () => ({ url: `https://evil.example/teachers/${teacher.handle}` }), 404],
    ["another page of this one", () => ({ url: `${SITE}/people/${teacher.handle}` }), 404],
    ["nobody's", () => ({ url: `${SITE}/teachers/no-such-handle` }), 404],
    ["too little room", () => ({ url: page(), maxwidth: "20" }), 404],
    ["XML", () => ({ url: page(), format: "xml" }), 501],
  ])("%s: refused", async (_name, params, status) =>
    expect((await embed(params())).status).toBe(status),
  );
});

describe("the map of the site", () => {
  const map = async (most?: number) => {
    const response = await answerSitemap(ask("/sitemap.xml"), {
      ...{ siteUrl: SITE, now: world.now },
      ...(most ? { most } : {}),
    });
    return readXml(await response.text());
  };
  const locations = (elements: ReturnType<typeof readXml>) =>
    elements.filter(({ name }) => name === "loc").map(({ text }) => text);

  test("names each public page with its last change, and no one who has none", async () => {
    const elements = await map();
    const all = locations(elements);
    expect(all).toEqual(
      expect.arrayContaining([
        ...["/", "/method", "/log"].map((path) => `${SITE}${path}`),
        ...[`/teachers/${teacher.handle}`, `/people/${student.handle}`].map((at) => `${SITE}${at}`),
      ]),
    );
    expect(all).not.toContain(`${SITE}/teachers/${student.handle}`);
    expect(all).not.toContain(`${SITE}/people/${world.operator.handle}`);
    expect(new Set(all).size).toBe(all.length);
    const at = elements.findIndex(({ text }) => text === `${SITE}/teachers/${teacher.handle}`);
    expect(elements[at + 1]).toMatchObject({
      name: "lastmod",
      text: expect.stringMatching(/^2026-\d\d-\d\dT/),
    });
  });

  test("is an index of its parts where it is long; the parts together name all", async () => {
    const all = locations(await map());
    const parts = locations(await map(2));
    expect(parts[0]).toBe(`${SITE}/sitemaps/1.xml`);
    const asked = { siteUrl: SITE, now: world.now, most: 2 };
    const named: string[] = [];
    for (const part of parts) {
      const name = part.split("/").at(-1);
      const response = await answerSitemapPart(ask("/x"), name, asked);
      named.push(...locations(readXml(await response.text())));
    }
    expect(named.sort()).toEqual(all.sort());
    for (const name of [`${parts.length + 1}.xml`, "0.xml", "1", "x.xml", undefined])
      expect((await answerSitemapPart(ask("/x"), name, asked)).status).toBe(404);
  });

  test("robots are told where it is", async () =>
    expect(await answerRobots(ask("/robots.txt"), SITE).text()).toContain(
      `Sitemap: ${SITE}/sitemap.xml`,
    ));
});
