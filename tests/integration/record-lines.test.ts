import { beforeAll, describe, expect, test } from "vitest";
import { getDb } from "#db/client.server";
import { getEntryPage, getSealedLeaf } from "~/features/public-log/get-entry-page.server";
import { getLinesPage, LINES_A_PAGE } from "~/features/records/lines-page.server";
import { getTeacherPage } from "~/features/records/teacher-page.server";
import { getLogPlace } from "~/ledger/log/place.server";
import { Sequencer } from "~/ledger/log/sequencer.server";
import { makeBarePerson, makeToken } from "../setup/book";
import { useDatabase } from "../setup/database";
import { askLog, changeEnv, logSettings } from "../setup/log-place";
import { expectLinesAgree, figuresOf } from "../setup/record-lines";
import { at } from "../setup/sales";
import { actorOf, makeBareOperator, settle } from "../setup/settled";

useDatabase();
const NOW = at("2026-06-01");
const LOTS = LINES_A_PAGE + 5;
let teacher: { id: string; handle: string };
let students: string[];

/** A teacher with one investment in one student and many small ones in another. */
beforeAll(async () => {
  changeEnv(logSettings());
  const [one, other] = [await makeToken(), await makeToken()];
  const investorId = await makeBarePerson();
  const buy = (token: typeof one, paidCents: bigint, shares: bigint, day: string) =>
    settle(token, { paidCents, shares, investorId, now: at(day), cohort: "knots" });
  const found = await makeToken();
  await settle(found, {
    paidCents: 1_000n,
    shares: 1_000n,
    investorId,
    now: at("2026-01-05"),
    finder: true,
  });
  await buy(one, 1_000_000n, 100_000n, "2026-01-10");
  for (let n = 1; n < LOTS; n += 1) await buy(other, 1_000n + BigInt(n), 1_000n, "2026-02-10");
  teacher = await actorOf(investorId);
  students = [(await actorOf(one.ownerId)).handle, (await actorOf(other.ownerId)).handle];
}, 60_000);

const lines = (search: string, handle = teacher.handle) =>
  getLinesPage(handle, new URLSearchParams(search), NOW);
const cents = (text: string): bigint => BigInt(text.replace(/[$,.]/g, ""));

describe("the lines of a figure", () => {
  test("stand page by page, and all pages add up to the sum that each of them says", async () => {
    const first = await lines("of=paid-in");
    const second = await lines("of=paid-in&page=2");
    const [list, rest] = [first?.lists[0], second?.lists[0]];
    expect([list?.lines.length, rest?.lines.length]).toEqual([LINES_A_PAGE, 5]);
    expect([list?.count, rest?.count]).toEqual([LOTS, LOTS]);
    expect(first?.pages).toMatchObject({ page: 1, last: 2, before: null });
    expect(second?.pages).toMatchObject({ page: 2, last: 2, next: null });
    expect(first?.pages.next).toBe(`/teachers/${teacher.handle}/lines?of=paid-in&page=2`);
    const all = [...(list?.lines ?? []), ...(rest?.lines ?? [])];
    expect(new Set(all.map(({ key }) => key)).size).toBe(LOTS);
    const sum = all.reduce((total, line) => total + cents(line.cents), 0n);
    expect(sum).toBe(cents(list?.sum ?? ""));
    expect(first?.value).toBe(list?.sum);
    expect(rest?.sum).toBe(list?.sum);
    expect((await lines("of=paid-in&page=3"))?.lists[0]?.lines).toEqual([]);
  });

  test("are those of the part that is asked for, by student, vintage, cohort and investment", async () => {
    const counts = await Promise.all(
      [`student=${students[0]}`, `student=${students[1]}`, "vintage=2026", "cohort=knots"].map(
        async (part) => (await lines(`of=investments&${part}`))?.value,
      ),
    );
    expect(counts).toEqual(["1", String(LOTS - 1), String(LOTS), String(LOTS)]);
    expect((await lines("of=investments&vintage=2025"))?.value).toBe("0");
    expect((await lines("of=dpi&cohort="))?.value).toBe("not yet");
    const page = await getTeacherPage(teacher.handle, NOW);
    const lot = page?.investments[0]?.key;
    expect((await lines(`of=paid-in&lot=${lot}`))?.value).toBe("$10,000.00");
  });

  test("are what every figure on the page says, each once for its part", async () => {
    const page = await getTeacherPage(teacher.handle, NOW, { all: true });
    if (!page) throw new Error("no page");
    expect(page.investments).toHaveLength(LOTS);
    expect(page.record?.isSmall).toBe(false);
    const counts = await expectLinesAgree(page, teacher, "2026-06-01");
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(
      figuresOf(page).length,
    );
    expect(counts.get("stakes")).toBe(1);
    expect(counts.get("tvpi")).toBeGreaterThanOrEqual(LOTS + 5);
  });

  test("are nothing for what is not there: another person, student, figure, page", async () => {
    const unknown = "5ef1a6a5-e6e1-4017-86f1-a73102573611";
    for (const search of [
      "",
      "of=nothing",
      "of=dpi&student=nobody",
      `of=dpi&lot=${unknown}`,
      "of=dpi&page=0",
      "of=dpi&page=x",
    ])
      expect(await lines(search), search).toBeNull();
    expect(await lines("of=dpi", "no-such-handle")).toBeNull();
    expect(await getLinesPage(undefined, new URLSearchParams("of=dpi"), NOW)).toBeNull();
    const { handle } = await makeBareOperator();
    expect(await lines("of=dpi", handle)).toMatchObject({ value: "not yet", positions: [] });
  });
});

describe("a line's entry", () => {
  test("leads nowhere before it is signed, then to its leaf, which reads what the log opens", async () => {
    expect((await lines("of=cash"))?.asOf).toBeNull();
    expect((await lines("of=paid-in"))?.lists[0]?.lines[0]?.leaf).toBeNull();
    await new Sequencer({ place: getLogPlace, now: () => NOW }).drain();
    const line = (await lines("of=paid-in"))?.lists[0]?.lines[0];
    const index = line?.leaf?.index ?? -1;
    expect(line?.leaf?.to).toBe(`/log/entry/${index}`);
    const entry = await getEntryPage(String(index));
    expect(entry).toMatchObject({ kind: "investment", openPath: `/log/open/${index}` });
    expect(entry?.people).toEqual([teacher.handle, students[0]].sort());
    const body = JSON.parse(entry?.body ?? "{}");
    expect(body.data.parts[0].paidCents).toBe("1000000");
    expect(entry?.proofPath).toBe(`/log/proof/${body.id}`);
    const opened = await (await askLog(`open/${index}`)).json();
    expect(opened.salt).toBe(entry?.salt);
    expect(JSON.parse(Buffer.from(opened.body, "base64").toString())).toEqual(body);
    expect((await askLog(`proof/${body.id}`)).status).toBe(200);
  });

  test("stands where the newest signed tree has it: lines that are kept go with it, and no further", async () => {
    const count = async () => (await lines("of=investments"))?.value;
    expect([await count(), await count()]).toEqual([String(LOTS), String(LOTS)]);
    const terms = { paidCents: 1_000n, shares: 1_000n, investorId: teacher.id, cohort: "knots" };
    await settle(await makeToken(), { ...terms, now: at("2026-05-01") });
    expect(await count()).toBe(String(LOTS));
    await new Sequencer({ place: getLogPlace, now: () => NOW }).drain();
    expect(await count()).toBe(String(LOTS + 1));
    expect((await lines("of=investments&page=2"))?.lists[0]?.count).toBe(LOTS + 1);
  });

  test("has no page where the leaf is private, beyond the tree, or no number", async () => {
    const tree = Number((await (await askLog("checkpoint")).text()).split("\n")[1]);
    expect(await getEntryPage(String(tree))).toBeNull();
    expect(await getEntryPage("01")).toBeNull();
    expect(await getEntryPage(undefined)).toBeNull();
    const leaf = await privateLeaf();
    expect(await getEntryPage(leaf)).toBeNull();
    expect(await getSealedLeaf(leaf)).toMatchObject({ index: leaf, why: "private" });
    expect(await getSealedLeaf(String(tree - 1))).toMatchObject({ why: "heads" });
    expect(await getSealedLeaf(String(tree))).toBeNull();
    expect(await getSealedLeaf("01")).toBeNull();
  });
});

/** The place of a deposit, which only its parties may open. */
async function privateLeaf(): Promise<string> {
  const [leaf] = await getDb().execute<{ index: string }>(
    "SELECT l.index::text FROM log_leaves l JOIN journal_entries e ON e.id = l.entry_id WHERE e.kind = 'deposit' LIMIT 1",
  );
  if (!leaf) throw new Error("no deposit in the log");
  return leaf.index;
}
