import { type BodyOf, type PublicBody, publicBody } from "~/ledger/bodies";
import { recordInputOf } from "~/ledger/record-book";

let count = 0;
/** Ids begin anew. */
export const resetIds = (): void => {
  count = 0;
};
/** A log id that can be told apart by its last digits. */
export const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
export const [ANN, BOB, OWNER, SCOUT, ANN_LTD, HOLDER] = [1, 2, 3, 4, 5, 6].map(idOf) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
export const TOKEN = idOf(100);
export const GAIN = idOf(200);

export function body<K extends PublicBody["kind"]>(
  kind: K,
  day: string,
  about: string,
  data: BodyOf<K>["data"],
  more: { reverses?: string } = {},
): BodyOf<K> {
  count += 1;
  const at = `${day}T12:00:00.000Z`;
  const rest = { effectiveAt: at, recordedAt: at, people: [ANN], postings: [] };
  return publicBody.parse({
    about,
    data,
    id: idOf(1000 + count),
    kind,
    ...rest,
    ...more,
  }) as BodyOf<K>;
}

export const newLot = (
  lot: string,
  holder: string,
  shares: number,
  costCents: number,
  given = {},
) => ({
  lot,
  holder,
  shares: String(shares),
  costCents: String(costCents),
  capCents: null,
  sunset: null,
  lockedUntil: null,
  finder: false,
  ...given,
});
export const invest = (
  day: string,
  lots: ReturnType<typeof newLot>[],
  given: Partial<BodyOf<"investment">["data"]> = {},
) =>
  body("investment", day, idOf(900 + count), {
    token: TOKEN,
    tokenHandle: "alice",
    cohort: "rope",
    parts: lots
      .filter(({ finder }) => !finder)
      .map(({ holder, costCents, shares }) => ({
        investor: holder,
        paidCents: costCents,
        shares,
        stake: "0",
        apart: false,
      })),
    lots,
    ...given,
  });
export const gain = (
  parts: [string, string, number][],
  grade = "counterparty" as const,
  gainId = GAIN,
) =>
  body("gain", "2024-02-01", gainId, {
    token: TOKEN,
    recordInstant: "2024-01-16T00:00:00.000Z",
    proceedsCents: "100000",
    basisCents: "0",
    costsCents: "0",
    lossCents: "0",
    distributableCents: "100000",
    grade,
    parts: partsOf(parts),
  });
export const partsOf = (parts: [string, string, number][]) =>
  parts.map(([lot, holder, cents]) => ({ lot, holder, cents: String(cents) }));
export const pay = (day: string, parts: [string, string, number][], gainId = GAIN) =>
  body("distribution", day, gainId, { token: TOKEN, parts: partsOf(parts) });
export const reverse = (
  day: string,
  of: PublicBody,
  claims: { debtor: string; creditor: string; cents: string }[] = [],
) => body("reversal", day, of.id, { claims }, { reverses: of.id });
export const sell = (
  kind: "resale" | "parting",
  day: string,
  given: Partial<BodyOf<"resale">["data"]>,
) =>
  body(kind, day, TOKEN, {
    tokenHandle: "alice",
    seller: ANN,
    buyer: BOB,
    priceCents: "0",
    taken: [],
    lots: [],
    gainCents: "0",
    ownParts: [],
    unconnected: true,
    apart: false,
    ...given,
  });
export const taken = (
  lot: string,
  shares: number,
  price: number,
  basis: number,
  carried: number,
) => ({
  lot,
  shares: String(shares),
  priceCents: String(price),
  basisCents: String(basis),
  carriedCents: String(carried),
});
export const priced = (day: string, price: number, event: string, counts: string[]) =>
  body("mark", day, TOKEN, {
    priceCents: String(price),
    shares: "100",
    class: "price",
    date: day,
    event,
    counts,
  });

export const record = (bodies: PublicBody[], people = [ANN], day = "2024-12-31") =>
  recordInputOf(bodies, people, day);
export const LOT = idOf(10);
export const [LOT_2, STAKE, BOUGHT] = [11, 12, 13].map(idOf) as [string, string, string];
