import postgres from "postgres";
import { describe, expect, it } from "vitest";
import { getDb } from "#db/client.server";
import { csvText } from "~/features/records/exports.server";
import { getRecord } from "~/features/records/get-record.server";
import { bookJournal } from "~/ledger/book-journal.server";
import { isEarly } from "~/ledger/confirmed-cash";
import { getRecordAsOf } from "~/ledger/record.server";
import type { LinedRecord } from "~/ledger/record-lines";
import { addDays, utcDay } from "~/lib/dates";
import { EVIDENCE_GRADES, isConfirmed } from "~/lib/gain-words";
import { loader as csvLoader } from "~/routes/teachers.$handle_.track-record[.]csv/route";
import { loader as journalLoader } from "~/routes/teachers.$handle_.track-record[.]journal/route";
import { useDatabase } from "../setup/database";
import { askHledger, hasHledger } from "../setup/hledger";
import { World } from "../setup/world";

const database = useDatabase();

type Loader = typeof csvLoader;
const ask = (loader: Loader, handle: string, headers: Record<string, string> = {}) =>
  loader({
    params: { handle },
    request: new Request("http://x.test/", { headers }),
    context: { clientAddress: "192.0.2.1" },
  } as unknown as Parameters<Loader>[0]);

/** A teacher who invested, was paid early and late, and had one gain confirmed. */
async function makeRecord() {
  const world = await World.make();
  const student = await world.person("student");
  const teacher = await world.investor("20,000");
  const start = utcDay(world.now);
  await world.invested(teacher, student, { amount: "10,000", percent: "1" });
  const settled = utcDay(world.now);
  world.pass({ days: 300 });
  await world.deposit(student, world.operators, "10,000");
  const sale = { company: "Rope Ltd", basis: "0", costs: "0" };
  const pay = async (closingDate: string, proceeds: string) => {
    const { gainId } = await world.declare(student, { ...sale, closingDate, proceeds });
    await world.pay(student, gainId);
    return gainId;
  };
  await pay(addDays(settled, 100), "100,000");
  await pay(addDays(settled, 290), "50,000");
  const paid = utcDay(world.now);
  world.pass({ days: 10 });
  const gainId = await pay(addDays(settled, 295), "200,000");
  world.pass({ days: 5 });
  await world.grade(world.operator, gainId, "counterparty", "Seen.");
  return { world, teacher, student, start, settled, paid, today: utcDay(world.now) };
}

describe("a record as others read it", () => {
  it("is served as a journal and as a table, to every origin; a person without a record has an empty one of each", async () => {
    const { teacher, student, settled } = await makeRecord();
    const csv = await ask(csvLoader, teacher.handle);
    expect(csv.status).toBe(200);
    expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(csv.headers.get("access-control-allow-origin")).toBe("*");
    const lines = (await csv.text()).split("\r\n");
    const head =
      "date,entry,kind,student,cohort,standing,confirmed,shares,gross_usd,own_holders_usd,net_usd";
    expect(lines[0]).toBe(head);
    expect(lines.at(-1)).toBe("");
    const cells = lines.slice(1, -1).map((line) => line.split(","));
    expect(cells.map((row) => [row[2], row[5], row[6], row[7], row[8], row[10]])).toEqual([
      ["investment", "counted", "yes", "100000", "-10000.00", "-10000.00"],
      ["distribution", "early", "no", "0", "1000.00", "1000.00"],
      ["distribution", "unconfirmed", "no", "0", "500.00", "500.00"],
      ["distribution", "counted", "yes", "0", "2000.00", "2000.00"],
      ["carried_value", "counted", "", "-100000", "10000.00", "10000.00"],
    ]);
    expect(cells[0]?.[0]).toBe(settled);
    const journal = await ask(journalLoader, teacher.handle);
    expect(journal.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(journal.headers.get("access-control-allow-origin")).toBe("*");
    expect(await journal.text()).toContain(`"${student.handle}" @@ 10000.00 USD`);
    const empty = await ask(csvLoader, student.handle);
    expect([empty.status, await empty.text()]).toEqual([200, `${head}\r\n`]);
    const comment = await ask(journalLoader, student.handle);
    expect(comment.status).toBe(200);
    expect(await comment.text()).toMatch(/^; .*No investments\.\n$/);
    for (const loader of [csvLoader, journalLoader]) {
      expect((await ask(loader, "no-such-handle")).status).toBe(404);
      const tag = (await ask(loader, teacher.handle)).headers.get("etag") ?? "";
      const again = await ask(loader, teacher.handle, { "if-none-match": tag });
      expect([again.status, await again.text()]).toEqual([304, ""]);
    }
  });

  it.skipIf(!hasHledger)(
    "balances, the whole book, by hledger's own account of every running balance",
    async () => {
      await makeRecord();
      let text = "";
      for await (const piece of bookJournal(getDb())) text += piece;
      askHledger(text, ["check"]);
      const wrong = text.replace(
        /( {2}cash:teacher-\d+ .* = )(\d+)/,
        (_, before, n) => `${before}${Number(n) + 1}`,
      );
      expect(wrong).not.toBe(text);
      expect(() => askHledger(wrong, ["check"])).toThrow(/balance assertion/i);
    },
  );

  it("holds no formula that a spreadsheet would run, and keeps numbers as numbers", () => {
    const book: LinedRecord = {
      handle: "bo",
      valuationDate: "2026-01-01",
      lots: [
        {
          ...{ lotId: "l", entry: "7", token: "t", tokenHandle: "-1-2", cohort: '=1+1,"x"' },
          ...{ acquiredDay: "2025-01-01", sharesBought: 5n, sharesLeft: 0n, paidCents: 100n },
          ...{ costLeftCents: 0n, capLeftCents: null, endedDay: null, marks: [] },
          ...{ finder: false, apart: false },
        },
      ],
      movements: [{ lotId: "l", entry: "7", day: "2025-01-01", kind: "investment", shares: 5n }],
      flows: [],
    };
    expect(csvText(book).split("\r\n")[1]).toBe(
      `2025-01-01,7,investment,'-1-2,"'=1+1,""x""",counted,yes,5,-1.00,0.00,-1.00`,
    );
  });
});

describe("a record as of an earlier day", () => {
  it("is what the page said on that day, its grades then too", async () => {
    const { teacher, start, settled, paid, today } = await makeRecord();
    const id = teacher.id;
    expect(await getRecordAsOf(getDb(), id, today)).toEqual(
      (await getRecord(getDb(), teacher.handle, today))?.summary,
    );
    expect(await getRecordAsOf(getDb(), id, start)).toMatchObject({ investments: 0, students: 0 });
    expect((await getRecordAsOf(getDb(), id, settled)).gross).toMatchObject({
      paidInCents: "1000000",
      unconfirmedCents: "0",
    });
    expect((await getRecordAsOf(getDb(), id, paid)).gross).toMatchObject({
      unconfirmedCents: "50000",
      earlyCents: "100000",
      distributionsCents: "0",
    });
    expect((await getRecordAsOf(getDb(), id, addDays(today, -1))).gross).toMatchObject({
      unconfirmedCents: "250000",
      distributionsCents: "0",
    });
    expect((await getRecordAsOf(getDb(), id, today)).gross.distributionsCents).toBe("200000");
  });
});

describe("what the posting transaction says of cash", () => {
  it("is what the code says: which grades confirm, and what is early", async () => {
    const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
    try {
      for (const grade of EVIDENCE_GRADES) {
        const [row] = await owner`SELECT ledger_grade_is_confirmed(${grade}) AS it`;
        expect(row?.it, grade).toBe(isConfirmed(grade));
      }
      for (const days of [0, 179, 180, 181, 400]) {
        const closing = addDays("2026-01-05", days);
        const [row] =
          await owner`SELECT ledger_is_early('2026-01-05T23:59:59Z'::timestamptz, ${closing}::date) AS it`;
        expect(row?.it, closing).toBe(isEarly("2026-01-05", closing));
      }
    } finally {
      await owner.end();
    }
  });
});
