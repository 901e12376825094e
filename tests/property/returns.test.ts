import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { divideGain } from "~/ledger/distribution";
import { dayNumber, type Flow, type Irr, solveIrr } from "~/ledger/irr";
import { type CashEvent, computeRecord, type RecordLot } from "~/ledger/returns";

const Precise = Decimal.clone({ precision: 60 });

function dayOf(number: number): string {
  return new Date(number * 86_400_000).toISOString().slice(0, 10);
}

/** The sum's value at a yearly rate, and the size of its terms. */
function valueAt(flows: readonly Flow[], rate: Decimal): { value: Decimal; size: Decimal } {
  const first = Math.min(...flows.map(({ day }) => dayNumber(day)));
  const logged = rate.plus(1).ln();
  let value = new Precise(0);
  let size = new Precise(0);
  for (const { day, cents } of flows) {
    const years = new Precise(dayNumber(day) - first).div(365);
    const term = logged.times(years).neg().exp().times(cents.toString());
    value = value.plus(term);
    size = size.plus(term.abs());
  }
  return { value, size };
}

function ratesOf(irr: Irr): string[] {
  return irr.kind === "irr" ? [irr.rate] : irr.kind === "multiple" ? irr.rates : [];
}

const cents = fc.bigInt({ min: -(10n ** 10n), max: 10n ** 10n });
const flows = fc.array(
  fc.record({ day: fc.integer({ min: 8000, max: 22_000 }).map(dayOf), cents }),
  { minLength: 1, maxLength: 40 },
);
const close = fc.array(
  fc.record({
    day: fc.integer({ min: 20_000, max: 20_012 }).map(dayOf),
    cents: fc.bigInt({ min: -20n, max: 20n }),
  }),
  { maxLength: 16 },
);

describe("internal rate of return", () => {
  it("is a root: the sum changes sign around it, or all but vanishes", () => {
    fc.assert(
      fc.property(flows, (given) => {
        for (const text of ratesOf(solveIrr(given))) {
          const rate = new Precise(text);
          const step = Precise.max("1e-9", rate.abs().times("1e-9"));
          if (rate.minus(step).lte(-1)) continue;
          const below = valueAt(given, rate.minus(step));
          const above = valueAt(given, rate.plus(step));
          const at = valueAt(given, rate);
          const crosses = below.value.isNegative() !== above.value.isNegative();
          expect(crosses || at.value.abs().lte(at.size.times("1e-18"))).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("finds every root that a fine grid of signs shows", () => {
    fc.assert(
      fc.property(flows, (given) => {
        const rates = ratesOf(solveIrr(given));
        if (given.every((one) => one.cents === 0n)) return;
        let signs = 0;
        let before = 0;
        for (let step = 0; step <= 120; step++) {
          const log = -6 + step * 0.1003;
          const { value } = valueAt(given, new Precise(log).exp().minus(1));
          const sign = value.isZero() ? before : value.isNegative() ? -1 : 1;
          if (before !== 0 && sign !== before) signs += 1;
          before = sign;
        }
        const out = given.some((one) => one.cents < 0n);
        if (out && new Set(given.map(({ day }) => day)).size > 1)
          expect(rates.length).toBeGreaterThanOrEqual(signs);
      }),
      { numRuns: 40 },
    );
  });

  it("finds constructed roots, each once", () => {
    const percent = fc.integer({ min: -90, max: 400 });
    fc.assert(
      fc.property(fc.array(percent, { minLength: 1, maxLength: 6 }), (percents) => {
        let coefficients = [-1n];
        for (const one of percents) {
          const next = [...coefficients.map((c) => c * 100n), 0n];
          coefficients.forEach((c, i) => {
            next[i + 1] = (next[i + 1] ?? 0n) - c * BigInt(100 + one);
          });
          coefficients = next;
        }
        const given = coefficients.map((c, i) => ({ day: dayOf(9000 + 365 * i), cents: c }));
        const expected = [...new Set(percents)].sort((a, b) => a - b);
        expect(ratesOf(solveIrr(given))).toEqual(expected.map((one) => (one / 100).toFixed(12)));
      }),
      { numRuns: 200 },
    );
  });

  it("does not change when flows are scaled, split, reordered or moved in time", () => {
    fc.assert(
      fc.property(
        flows,
        fc.bigInt({ min: 2n, max: 10n ** 12n }),
        fc.nat(3000),
        (given, by, days) => {
          const irr = solveIrr(given);
          const scaled = given.map(({ day, cents: c }) => ({ day, cents: c * by }));
          expect(solveIrr(scaled)).toEqual(irr);
          const split = given.flatMap(({ day, cents: c }) => [
            { day, cents: c / 3n },
            { day, cents: c - c / 3n },
          ]);
          expect(solveIrr(split.reverse())).toEqual(irr);
          const moved = given.map(({ day, cents: c }) => ({
            day: dayOf(dayNumber(day) + days),
            cents: c,
          }));
          expect(solveIrr(moved)).toEqual(irr);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("never throws and never hangs on small coefficients that all but cancel", () => {
    fc.assert(
      fc.property(close, (given) => {
        const irr = solveIrr(given);
        const rates = ratesOf(irr).map(Number);
        expect(rates).toEqual([...rates].sort((a, b) => a - b));
        // Descartes: no more roots than sign changes.
        const net = new Map<string, bigint>();
        for (const { day, cents: c } of given) net.set(day, (net.get(day) ?? 0n) + c);
        const signs = [...net]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([, c]) => c)
          .filter((c) => c !== 0n);
        const changes = signs.filter(
          (c, i) => i > 0 && c > 0n !== (signs[i - 1] ?? 0n) > 0n,
        ).length;
        expect(rates.length).toBeLessThanOrEqual(changes);
      }),
      { numRuns: 400 },
    );
  });

  it("stays quick on thousands of flows that cancel each other", () => {
    const signs = Array.from({ length: 2048 }, (_, i) => {
      let ones = 0;
      for (let rest = i; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
      return ones % 2 === 0 ? -1n : 1n;
    });
    const start = performance.now();
    const irr = solveIrr(signs.map((one, i) => ({ day: dayOf(9000 + i), cents: one })));
    expect(irr).toEqual({ kind: "irr", rate: "0.000000000000" });
    expect(performance.now() - start).toBeLessThan(30_000);
  });
});

describe("dividing gains", () => {
  it("adds up, passes no cap, and is within a cent of the exact part", () => {
    const lot = fc.record({
      lotId: fc.string(),
      shares: fc.bigInt({ min: 0n, max: 1_000_000n }),
      capLeftCents: fc.option(fc.bigInt({ min: 0n, max: 10n ** 12n })),
    });
    const lots = fc.array(lot, { maxLength: 30 });
    const gain = fc.bigInt({ min: 0n, max: 10n ** 13n });
    fc.assert(
      fc.property(lots, gain, (given, gainCents) => {
        const ownerShares = 8_000_000n;
        const { ownerCents, parts } = divideGain({ gainCents, ownerShares, lots: given });
        const all = ownerShares + given.reduce((sum, one) => sum + one.shares, 0n);
        expect(parts.reduce((sum, part) => sum + part.cents, ownerCents)).toBe(gainCents);
        parts.forEach(({ cents: part, cutCents }, i) => {
          const cap = given[i]?.capLeftCents ?? null;
          if (cap !== null) expect(part <= cap).toBe(true);
          const exact = gainCents * (given[i]?.shares ?? 0n);
          const off = (part + cutCents) * all - exact;
          expect(off < all && off > -all).toBe(true);
        });
      }),
    );
  });
});

describe("records", () => {
  it("add up: totals are their vintages', cohorts' and positions' sums", () => {
    const lots = fc.array(
      fc.record({
        token: fc.constantFrom("a", "b", "c", "d"),
        cohort: fc.constantFrom("x", "y", null),
        day: fc.integer({ min: 18_000, max: 20_000 }),
        paid: fc.bigInt({ min: 0n, max: 10n ** 8n }),
        finder: fc.boolean(),
        apart: fc.boolean(),
        back: fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { maxLength: 3 }),
        confirmed: fc.boolean(),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(lots, (given) => {
        const recordLots: RecordLot[] = given.map((one, i) => ({
          lotId: `${i}`,
          token: one.token,
          tokenHandle: one.token,
          cohort: one.cohort,
          acquiredDay: dayOf(one.day),
          paidCents: one.finder ? 0n : one.paid,
          costLeftCents: one.finder ? 0n : one.paid / 2n,
          capLeftCents: null,
          sharesLeft: 10n,
          endedDay: null,
          marks: [],
          finder: one.finder,
          apart: one.apart,
        }));
        const cash: CashEvent[] = given.flatMap((one, i) =>
          one.back.map((size, j) => ({
            lotId: `${i}`,
            day: dayOf(one.day + 30 * j),
            cents: size,
            kind: "distribution" as const,
            confirmed: one.confirmed,
            early: false,
            ownHoldersCents: 0n,
          })),
        );
        const record = computeRecord({ valuationDate: "2026-11-22", lots: recordLots, cash });
        const keys = [
          "paidInCents",
          "distributionsCents",
          "unconfirmedCents",
          "valueCents",
        ] as const;
        const counted = record.positions.filter(({ apart }) => !apart);
        for (const groups of [record.vintages, record.cohorts, counted])
          for (const key of keys)
            expect(groups.reduce((sum, { gross }) => sum + BigInt(gross[key]), 0n)).toBe(
              BigInt(record.gross[key]),
            );
        expect(record.net).toEqual(record.gross);
        expect(JSON.parse(JSON.stringify(record))).toEqual(record);
      }),
      { numRuns: 100 },
    );
  });
});
