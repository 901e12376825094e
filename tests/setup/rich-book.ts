import { type BodyOf, type PublicBody, publicBody } from "~/ledger/bodies";
import type { Body } from "~/ledger/bodies.server";
import { peopleNamedIn } from "~/ledger/log/people";

/** A log id that can be told apart by its last digits. */
export const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

/** Who is in the book; Ann and her company are one person, Zed has nothing but a handle. */
export const PEOPLE = {
  ann: idOf(1),
  "ann-ltd": idOf(2),
  bob: idOf(3),
  alice: idOf(4),
  cyr: idOf(5),
  dan: idOf(6),
  eve: idOf(7),
  zed: idOf(8),
} as const;
const { ann, bob, alice, cyr: cy, dan, eve } = PEOPLE;
const LTD = PEOPLE["ann-ltd"];
const TOKENS = { alice: idOf(101), eve: idOf(102), dan: idOf(103), ann: idOf(104) };
const GAINS = { first: idOf(201), second: idOf(202) };
const [LOT_A, LOT_CY, LOT_BOB, LOT_EVE, LOT_LTD, LOT_DAN, LOT_OF_ANN, LOT_SOLD, LOT_VOID] = [
  301, 302, 303, 304, 305, 306, 307, 308, 309,
].map(idOf) as [string, string, string, string, string, string, string, string, string];

/** The day on which the book's records are valued. */
export const VALUED = "2024-12-31";

/** Writes bodies one after the other, naming whom each must name. */
export class Pen {
  readonly bodies: (PublicBody | Body)[] = [];
  #count = 0;

  write<K extends PublicBody["kind"]>(
    kind: K,
    day: string,
    about: string,
    data: BodyOf<K>["data"],
    more: { postings?: PublicBody["postings"]; people?: readonly string[]; reverses?: string } = {},
  ): BodyOf<K> {
    this.#count += 1;
    const at = day.length > 10 ? day : `${day}T12:00:00.000Z`;
    const { postings = [], people: named = [], ...rest } = more;
    const draft = { about, data, kind, postings } as unknown as PublicBody;
    const people = [...new Set([...peopleNamedIn(draft), ...named])].sort();
    const body = publicBody.parse({
      ...{ about, data, kind, postings, people, ...rest },
      ...{ effectiveAt: at, recordedAt: at, id: idOf(1000 + this.#count) },
    }) as BodyOf<K>;
    this.bodies.push(body);
    return body;
  }

  /** An entry that only its parties can open. */
  keep(day: string): Body {
    this.#count += 1;
    const at = `${day}T12:00:00.000Z`;
    const id = idOf(1000 + this.#count);
    const body: Body = {
      ...{ about: idOf(900 + this.#count), data: {}, kind: "deposit", people: [], postings: [] },
      ...{ effectiveAt: at, recordedAt: at, id },
    };
    this.bodies.push(body);
    return body;
  }
}

const lot = (id: string, holder: string, shares: number, costCents: number, given = {}) => ({
  ...{ lot: id, holder, shares: String(shares), costCents: String(costCents) },
  ...{ capCents: null, sunset: null, lockedUntil: null, finder: false },
  ...given,
});
const part = (investor: string, paidCents: number, shares: number, given = {}) => ({
  ...{ investor, paidCents: String(paidCents), shares: String(shares), stake: "0", apart: false },
  ...given,
});
const parts = (...given: [string, string, number][]) =>
  given.map(([id, holder, cents]) => ({ lot: id, holder, cents: String(cents) }));
const cash = (from: string, to: string, cents: number) => ({
  ...{ amount: String(cents), asset: "USD", from: `cash/${from}`, to: `cash/${to}` },
});
const gain = (
  cents: number,
  grade: "self_reported" | "documented",
  of: [string, string, number][],
) => ({
  ...{ token: TOKENS.alice, recordInstant: "2022-05-01T00:00:00.000Z", grade },
  ...{ proceedsCents: String(cents), basisCents: "0", costsCents: "0", lossCents: "0" },
  ...{ distributableCents: String(cents), parts: parts(...of) },
});

function open(pen: Pen): void {
  for (const [handle, person] of Object.entries(PEOPLE))
    pen.write("person_opened", "2020-01-01", person, { handle });
  for (const owner of ["alice", "eve", "dan", "ann"] as const)
    pen.write("token_minted", "2020-01-02", TOKENS[owner], { owner: PEOPLE[owner] });
}

function invest(pen: Pen): void {
  pen.keep("2020-01-20");
  pen.write("investment", "2020-02-01", idOf(401), {
    ...{ token: TOKENS.alice, tokenHandle: "alice", cohort: "rope" },
    parts: [part(ann, 6_666_667, 100_000, { stake: "5000" }), part(bob, 3_000_000, 50_000)],
    lots: [
      lot(LOT_A, ann, 95_000, 6_666_667, { capCents: "40000002", sunset: "2040-02-01" }),
      lot(LOT_CY, cy, 5_000, 0, { capCents: "1000000", finder: true }),
      lot(LOT_BOB, bob, 50_000, 3_000_000),
    ],
  });
  pen.write("investment", "2020-03-01", idOf(402), {
    ...{ token: TOKENS.eve, tokenHandle: "eve", cohort: null },
    parts: [part(ann, 1_000_000, 100_000)],
    lots: [lot(LOT_EVE, ann, 100_000, 1_000_000, { lockedUntil: "2021-03-01" })],
  });
  pen.write("investment", "2021-01-10", idOf(403), {
    ...{ token: TOKENS.eve, tokenHandle: "eve", cohort: "knot" },
    parts: [part(LTD, 500_000, 20_000)],
    lots: [lot(LOT_LTD, LTD, 20_000, 500_000)],
  });
  pen.write("investment", "2021-02-10", idOf(404), {
    ...{ token: TOKENS.dan, tokenHandle: "dan", cohort: "knot" },
    parts: [part(ann, 250_000, 10_000, { apart: true })],
    lots: [lot(LOT_DAN, ann, 10_000, 250_000)],
  });
  pen.write("investment", "2021-03-10", idOf(405), {
    ...{ token: TOKENS.ann, tokenHandle: "ann", cohort: null },
    parts: [part(bob, 800_000, 40_000)],
    lots: [lot(LOT_OF_ANN, bob, 40_000, 800_000)],
  });
}

function gainsOf(pen: Pen): void {
  const priced = { shares: "60000", class: "price", date: "2021-06-01", event: idOf(501) } as const;
  const marked = { ...priced, priceCents: "12000000", counts: [ann] };
  pen.write("mark", "2021-06-01", TOKENS.alice, marked, { people: [alice, bob, cy] });
  const first: [string, string, number][] = [
    [LOT_A, ann, 2_850_000],
    [LOT_CY, cy, 150_000],
    [LOT_BOB, bob, 1_500_000],
  ];
  const declared = pen.write(
    "gain",
    "2022-05-02",
    GAINS.first,
    gain(300_000_000, "documented", first),
  );
  pen.write(
    "evidence",
    "2022-05-20",
    GAINS.first,
    { grade: "counterparty" },
    { people: declared.people },
  );
  pen.write(
    "distribution",
    "2022-05-25",
    GAINS.first,
    { token: TOKENS.alice, parts: parts(...first) },
    {
      postings: [
        cash(alice, ann, 2_850_000),
        cash(alice, cy, 150_000),
        cash(alice, bob, 1_500_000),
      ],
    },
  );
  const second: [string, string, number][] = [[LOT_A, ann, 95_000]];
  pen.write("gain", "2022-09-02", GAINS.second, gain(10_000_000, "self_reported", second));
  pen.write(
    "distribution",
    "2022-09-25",
    GAINS.second,
    { token: TOKENS.alice, parts: parts(...second) },
    { postings: [cash(alice, ann, 95_000)] },
  );
}

function sell(pen: Pen): void {
  const taken = (of: string, shares: number, price: number, basis: number) => ({
    ...{ lot: of, shares: String(shares), priceCents: String(price), basisCents: String(basis) },
    carriedCents: String(basis),
  });
  pen.write(
    "resale",
    "2023-03-01",
    TOKENS.alice,
    {
      ...{
        tokenHandle: "alice",
        seller: ann,
        buyer: dan,
        priceCents: "4000000",
        gainCents: "2596491",
      },
      taken: [taken(LOT_A, 20_000, 4_000_000, 1_403_509)],
      lots: [lot(LOT_SOLD, dan, 20_000, 4_000_000, { capCents: "7000000" })],
      ...{ ownParts: parts([LOT_OF_ANN, bob, 10_386]), unconnected: true, apart: false },
    },
    { postings: [cash(ann, bob, 10_386)], people: [] },
  );
  const fresh = { priceCents: "4000000", shares: "20000", date: "2023-03-01", event: idOf(1030) };
  pen.write(
    "mark",
    "2023-03-01T12:00:00.100Z",
    TOKENS.alice,
    { ...fresh, class: "price", counts: [bob, ann] },
    { people: [alice, cy, dan] },
  );
  pen.write("parting", "2023-06-01", TOKENS.eve, {
    ...{ tokenHandle: "eve", seller: ann, buyer: eve, priceCents: "1000000", gainCents: "0" },
    taken: [taken(LOT_EVE, 50_000, 1_000_000, 500_000)],
    ...{ lots: [], ownParts: [], unconnected: false, apart: false },
  });
}

function undo(pen: Pen): void {
  const bad = pen.write("investment", "2023-07-01", idOf(406), {
    ...{ token: TOKENS.dan, tokenHandle: "dan", cohort: null },
    parts: [part(ann, 900_000, 9_000)],
    lots: [lot(LOT_VOID, ann, 9_000, 900_000)],
  });
  const owed = [{ debtor: dan, creditor: ann, cents: "300000" }];
  const reversal = pen.write(
    "reversal",
    "2023-08-01",
    bad.id,
    { claims: owed },
    { reverses: bad.id, people: bad.people },
  );
  pen.write("claim_repaid", "2023-09-01", reversal.id, {
    debtor: dan,
    creditor: ann,
    cents: "100000",
  });
  const kept = pen.keep("2023-09-02");
  pen.write(
    "reversal",
    "2023-09-03",
    kept.id,
    { claims: [] },
    {
      ...{ reverses: kept.id, people: [ann] },
      postings: [cash(ann, bob, 5)],
    },
  );
  pen.write("lot_ended", "2023-10-01", TOKENS.alice, {
    ...{ lot: LOT_BOB, holder: bob, shares: "50000", cause: "cap" },
  });
  pen.write(
    "mark",
    "2024-01-05",
    TOKENS.eve,
    {
      ...{ priceCents: "0", shares: "10000000", class: "written_down", date: "2024-01-05" },
      ...{ event: "statement", counts: [ann, LTD] },
    },
    { people: [eve] },
  );
}

/** A book with every kind of public entry, some of several people; `same_person` joins Ann and her company at its end. */
export function richBook(): Pen {
  const pen = new Pen();
  open(pen);
  invest(pen);
  gainsOf(pen);
  sell(pen);
  undo(pen);
  pen.write("same_person", "2024-02-01", ann, { other: LTD });
  pen.write("key_changed", "2024-02-02", "belay.test/log", {
    vkey: "belay.test/log+00000000+AQ==",
  });
  pen.keep("2024-02-03");
  return pen;
}
