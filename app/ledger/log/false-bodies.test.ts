import { describe, it } from "vitest";
import { type Book, book, found, isLie, mark } from "#tests/setup/false-book";
import { idOf, PEOPLE, type Pen } from "#tests/setup/rich-book";
import type { PublicBody } from "../bodies";
import type { Body } from "../bodies.server";
import { canonicalBytes } from "./leaf";

const utf8 = new TextEncoder();
const { ann, bob, dan } = PEOPLE;

describe("a body that names", () => {
  it.each<[string, RegExp, (book: Book) => void]>([
    [
      "others than its leaf",
      /in the chains of others than it names/,
      ({ log, pen }) => log.append(mark(pen, "2024-03-01", [ann, bob]), { people: [ann] }),
    ],
    [
      "fewer than its leaf",
      /in the chains of others than it names/,
      ({ log, pen }) => log.append(mark(pen, "2024-03-01"), { people: [ann, bob] }),
    ],
    [
      "a stranger",
      /names others than it concerns/,
      ({ log, pen }) =>
        log.append(
          pen.write(
            "claim_repaid",
            "2024-03-01",
            idOf(1035),
            {
              ...{ debtor: dan, creditor: ann, cents: "1" },
            },
            { people: [bob] },
          ),
        ),
    ],
    [
      "not everybody in its data",
      /does not name .*, whom it concerns/,
      ({ log, pen }) => {
        const sale = found(pen, "resale");
        log.append({
          ...sale,
          id: idOf(4000),
          recordedAt: "2024-03-01T00:00:00.000Z",
          people: [ann],
        });
      },
    ],
    [
      "not everybody in its postings",
      /does not name .*, whom it concerns/,
      ({ log, pen }) => {
        const paid = mark(pen, "2024-03-01");
        const posting = { amount: "1", asset: "USD", from: `cash/${ann}`, to: `cash/${bob}` };
        log.append({ ...paid, postings: [posting] });
      },
    ],
    [
      "not everybody of what it reverses",
      /names others|does not name/,
      ({ log, pen }) => {
        const sale = found(pen, "resale");
        log.append(
          pen.write(
            "reversal",
            "2024-03-01",
            sale.id,
            { claims: [] },
            {
              ...{ reverses: sale.id, people: [ann] },
            },
          ),
        );
      },
    ],
    [
      "not everybody of the gain that it is evidence of",
      /does not name everybody of its gain/,
      ({ log, pen }) => {
        const { about } = found(pen, "gain");
        log.append(
          pen.write("evidence", "2024-03-01", about, { grade: "documented" }, { people: [ann] }),
        );
      },
    ],
  ])("%s", async (_, about, change) => {
    await isLie(book(change), about);
  });
});

describe("a body that is written", () => {
  const entry = (pen: Pen) => mark(pen, "2024-03-01");
  const as = (body: PublicBody, change: (text: string) => string): Uint8Array =>
    utf8.encode(change(new TextDecoder().decode(canonicalBytes(body as unknown as Body))));
  it.each<[string, RegExp, (text: string) => string]>([
    ["with a space", /not canonical/, (text) => text.replace(",", ", ")],
    ["with a newline at its end", /not canonical/, (text) => `${text}\n`],
    ["with a repeated key", /not canonical/, (text) => text.replace('"id":', '"id":"x","id":')],
    [
      "with its keys in another order",
      /not canonical/,
      (text) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse())),
    ],
    ["with a needless escape", /not canonical/, (text) => text.replace('"price"', '"\\u0070rice"')],
    [
      "with an amount as a float",
      /not canonical/,
      (text) => text.replace('"priceCents":"1"', '"priceCents":1.5'),
    ],
    [
      "with an amount as a number",
      /data.priceCents/,
      (text) => text.replace('"priceCents":"1"', '"priceCents":1'),
    ],
    [
      "with an amount below zero",
      /data.priceCents/,
      (text) => text.replace('"priceCents":"1"', '"priceCents":"-1"'),
    ],
    [
      "with zeros before an amount",
      /data.priceCents/,
      (text) => text.replace('"priceCents":"1"', '"priceCents":"01"'),
    ],
    [
      "with an amount of 20 digits",
      /data.priceCents/,
      (text) => text.replace('"priceCents":"1"', `"priceCents":"1${"0".repeat(19)}"`),
    ],
    [
      "with a million digits",
      /data.priceCents/,
      (text) => text.replace('"priceCents":"1"', `"priceCents":"${"9".repeat(1_000_000)}"`),
    ],
    ["with a memo", /its body|memo/, (text) => text.replace(',"people"', ',"memo":"x","people"')],
    [
      "with a key too many in its data",
      /data/,
      (text) => text.replace(',"shares"', ',"reason":"x","shares"'),
    ],
    [
      "without one of its keys",
      /effectiveAt/,
      (text) => text.replace(/"effectiveAt":"[^"]*",/, ""),
    ],
    [
      "with null for one of its keys",
      /effectiveAt/,
      (text) => text.replace(/"effectiveAt":"[^"]*"/, '"effectiveAt":null'),
    ],
    ["of a kind that is none", /kind/, (text) => text.replace('"kind":"mark"', '"kind":"gift"')],
    ["of a private kind", /kind/, (text) => text.replace('"kind":"mark"', '"kind":"deposit"')],
    [
      "on a day that is none",
      /date/,
      (text) => text.replace('"date":"2024-03-01"', '"date":"2024-02-30"'),
    ],
    [
      "at an instant in another form",
      /recordedAt/,
      (text) => text.replace(/"recordedAt":"[^"]*"/, '"recordedAt":"2024-03-01T12:00:00Z"'),
    ],
    [
      "of people out of order",
      /people/,
      (text) => text.replace(/"people":\["([^"]*)"\]/, '"people":["$1","$1"]'),
    ],
    [
      "with deep lists",
      /not canonical/,
      (text) => text.replace("[]", `${"[".repeat(100_000)}${"]".repeat(100_000)}`),
    ],
    ["as nothing", /not canonical/, () => ""],
    ["as a list", /body/, () => "[]"],
    ["as null", /body/, () => "null"],
    [
      "with a prototype",
      /its body|__proto__/,
      (text) => text.replace('{"about"', '{"__proto__":{},"about"'),
    ],
  ])("%s", async (_, about, change) => {
    const log = book(({ log: all, pen }) => {
      const body = entry(pen);
      all.append(body, { bytes: as(body, change) });
    });
    await isLie(log, about);
  });

  it("in bytes that are no text", async () => {
    const log = book(({ log: all, pen }) =>
      all.append(entry(pen), { bytes: Uint8Array.of(0x22, 0xff, 0x22) }),
    );
    await isLie(log, /not canonical/);
  });
});
