import { createRequire } from "node:module";
import vectors from "#tests/vectors/returns.json";
import { type Flow, type Irr, solveIrr } from "~/ledger/irr";
import { FLOW_SHAPES } from "./flow-shapes";
import type { Bench } from "./harness";

type Transaction = { amount: number; when: Date };
// It has no types of its own.
const xirr = createRequire(import.meta.url)("xirr") as (flows: Transaction[]) => number;

/** Long enough that the engine has compiled what is measured. */
const WARM_UP_MS = 600;
const MEASURE_MS = 250;

const transactionsOf = (flows: readonly Flow[]): Transaction[] =>
  flows.map(({ day, cents }) => ({
    amount: Number(cents) / 100,
    when: new Date(`${day}T00:00:00.000Z`),
  }));

/** How often a second `work` is done, for so long. */
function rateOver(work: () => unknown, durationMs: number): number {
  const started = performance.now();
  let done = 0;
  let passed = 0;
  while (passed < durationMs) {
    work();
    done += 1;
    passed = performance.now() - started;
  }
  return (done / passed) * 1000;
}

function isRight(
  answer: Irr | number | "failed",
  expected: (typeof vectors.cases)[number]["expect"],
) {
  if (answer === "failed") return false;
  if (typeof answer !== "number" && answer.kind !== expected.kind) return false;
  const rates =
    typeof answer === "number" ? [answer] : answer.kind === "irr" ? [Number(answer.rate)] : [];
  if (expected.kind === "total_loss") return typeof answer !== "number" || answer === -1;
  if (expected.kind !== "irr") return typeof answer !== "number";
  const rate = Number(expected.rate);
  return Math.abs((rates[0] ?? Number.NaN) - rate) <= 1e-9 * Math.max(1, Math.abs(rate));
}

function attempt<T>(work: () => T): T | "failed" {
  try {
    return work();
  } catch {
    return "failed";
  }
}

const vectorFlows = vectors.cases.map(({ flows }) =>
  flows.map(({ date, amount }) => ({ day: date, cents: BigInt(amount.replace(".", "")) })),
);

function countRight(solve: (flows: Flow[]) => Irr | number): number {
  return vectors.cases.filter(({ expect }, i) =>
    isRight(
      attempt(() => solve(vectorFlows[i] ?? [])),
      expect,
    ),
  ).length;
}

/** The internal rate of return of ten thousand flows in several shapes, against the package `xirr`. */
export const returnsBench: Bench = {
  about: "the internal rate of return of 10,000 flows, against the package xirr",
  async run(compare) {
    for (const [shape, make] of Object.entries(FLOW_SHAPES)) {
      const flows = make();
      const transactions = transactionsOf(flows);
      const ours = () => solveIrr(flows);
      const theirs = () => attempt(() => xirr(transactions));
      rateOver(ours, WARM_UP_MS);
      rateOver(theirs, WARM_UP_MS);
      await compare({
        name: `irr of 10,000 flows, ${shape}`,
        ours: async () => rateOver(ours, MEASURE_MS),
        theirs: async () => rateOver(theirs, MEASURE_MS),
        target: { text: "10 times as many a second", met: (ratio) => ratio >= 10 },
      });
    }
    await compare({
      name: `irr: right answers to ${vectors.cases.length} vectors`,
      ours: async () => countRight(solveIrr),
      theirs: async () => countRight((flows) => xirr(transactionsOf(flows))),
      target: {
        text: "every one right",
        met: () => countRight(solveIrr) === vectors.cases.length,
      },
    });
  },
};
