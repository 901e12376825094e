import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TestLog, textOf } from "#tests/setup/log-world";
import { idOf, PEOPLE, richBook, VALUED } from "#tests/setup/rich-book";
import { annsParts, judge, leavesOf, richLog, setAt } from "#tests/setup/verify-world";
import { type PublicBody, publicBody } from "../bodies";
import type { Json } from "../canonical";
import { peopleNamedIn } from "./people";

describe("whatever the bytes are, they are answered and nothing throws", () => {
  const honest = textOf(annsParts(richLog()));
  const edit = fc.record({
    at: fc.nat(200_000),
    drop: fc.nat(40),
    put: fc.uint8Array({ maxLength: 20 }),
  });
  it("where pieces of a bundle are cut out, put in and overwritten", async () => {
    const bytes = new Uint8Array(Buffer.from(await honest));
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        let changed = Buffer.from(bytes);
        for (const { at, drop, put } of edits) {
          const from = at % changed.length;
          changed = Buffer.concat([changed.subarray(0, from), put, changed.subarray(from + drop)]);
        }
        if (changed.equals(bytes)) return;
        const { verdict, lies } = await judge(new Uint8Array(changed));
        // A rate's last digits are below what is compared.
        if (verdict === "true") expect(changed.length).toBe(bytes.length);
        else expect([verdict, lies.length > 0]).toEqual(["lie", true]);
      }),
      { numRuns: 200 },
    );
  });

  it("where there are any bytes at all", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect((await judge(bytes)).verdict).toBe("lie");
      }),
    );
  });
});

describe("whatever a signed book says, it is answered and nothing throws", () => {
  const bodies = richBook().bodies;
  const known = [...Object.values(PEOPLE), ...[101, 102, 201, 301, 304, 307, 308, 1030].map(idOf)];
  const odd = fc.constantFrom<Json>(
    ...known,
    ...["0", "1", "7", "100000", "9999999999999999999", "9223372036854775807"],
    ...["0000-01-01", "0001-01-01", "2020-02-29", "9999-12-31"],
    ...["0000-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "2021-01-01T00:00:00.000Z"],
    ...["price", "written_down", "self_reported", "tax_transcript", "cap", "sunset", "ann"],
    ...[true, false, null],
  );
  const change = fc.record({ entry: fc.nat(), where: fc.nat(), value: odd });

  /** The book with some values changed, where its kinds allow them; whom its entries name follows. */
  function changedBook(changes: { entry: number; where: number; value: Json }[]): unknown[] {
    const book = structuredClone(bodies);
    for (const { entry, where, value } of changes) {
      const body = book[entry % book.length] as PublicBody;
      const ways = leavesOf(body as unknown as Json).filter(([path]) => path[0] !== "people");
      const before = structuredClone(body);
      setAt(body, ways[where % ways.length]?.[0] ?? [], value);
      if (body.kind === ("deposit" as string)) continue;
      if (!publicBody.safeParse(body).success) Object.assign(body, before);
      else body.people = [...new Set([...before.people, ...peopleNamedIn(body)])].sort();
    }
    return book;
  }

  it("as long as each body is one of its kind", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const log = new TestLog().fill({ bodies: changedBook(changes) as PublicBody[] });
        const parts = annsParts(richLog());
        for (const valuationDate of [VALUED, "9999-12-31"]) {
          const others = [log.chainOf(PEOPLE["ann-ltd"])];
          const text = await textOf({
            ...{ ...parts, ...log.chainOf(PEOPLE.ann), checkpoint: log.signed.note },
            ...{ others, valuationDate, handle: "ann" },
          });
          const { verdict, lies } = await judge(text);
          seen.add((lies[0] ?? verdict).replace(/[\d,-]+|.*: /g, ""));
        }
      }),
      { numRuns: 100 },
    );
    expect(seen.size).toBeGreaterThan(5);
  }, 120_000);
});
