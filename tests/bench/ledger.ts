import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import postgres from "postgres";
import { getDb, inTransaction, rawClient } from "#db/client.server";
import * as entries from "~/ledger/entries";
import { MOST_ENTRIES, post, postMany } from "~/ledger/post.server";
import { giveCash, makeBarePerson, START } from "../setup/book";
import { APP_ROLE } from "../setup/template";
import { withBenchDatabase } from "./database";
import { type Bench, ratePerSecond } from "./harness";

const WORKERS = 20;
const TRANSFERS = 4_000;
const CENTS = 1_000_000_000n;

/** Which of the accounts pays which in the transfer with that number: spread evenly, the same for both sides. */
function pair(index: number, accounts: number): [number, number] {
  const from = (index * 7 + Math.floor(index / accounts)) % accounts;
  return [from, (from + 1 + ((index * 13) % (accounts - 1))) % accounts];
}

/** One entry of one posting, of a kind that moves cash alone. */
function transfer(people: string[], index: number): entries.EntryInput {
  const [from, to] = pair(index, people.length);
  const key = `bench:${randomUUID()}`;
  const cash = (nth: number) => ({ purpose: "cash" as const, owner: people[nth] ?? "" });
  return {
    kind: "offer_refunded",
    recordedAt: START,
    actorId: people[from] ?? null,
    idempotencyKey: key,
    input: { key },
    about: { type: "offer", id: randomUUID() },
    data: { cause: "lapsed" },
    postings: [{ from: cash(from), to: cash(to), asset: entries.USD, amount: 1n }],
  };
}

const leanTransfer = (accounts: number, index: number): Promise<unknown> =>
  inTransaction((tx) => {
    const [from, to] = pair(index, accounts);
    return rawClient(tx).unsafe(
      "SELECT lean_post($1::bigint, $2::bigint, $3::bigint)",
      [String(from + 1), String(to + 1), "1"],
      { prepare: true },
    );
  });

async function makeLean(ownerUrl: string, accounts: number): Promise<void> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await owner.unsafe(readFileSync(new URL("./lean.sql", import.meta.url), "utf8"));
    await owner.unsafe(
      `INSERT INTO lean_accounts SELECT n, ${CENTS} FROM generate_series(1, ${accounts}) n;
       GRANT SELECT, INSERT, UPDATE ON lean_accounts, lean_entries, lean_postings TO ${APP_ROLE}`,
    );
  } finally {
    await owner.end();
  }
}

/** The rate of posting, beside the same transfers by one lean function on the same server through the same client. */
export const ledgerBench: Bench = {
  about: "post and postMany beside a lean PL/pgSQL function that moves the same money",
  run: (compare) =>
    withBenchDatabase(async (ownerUrl) => {
      const people = await Promise.all(Array.from({ length: 50 }, () => makeBarePerson()));
      for (const person of people) await giveCash(person, CENTS);
      await makeLean(ownerUrl, people.length);
      getDb();
      for (const accounts of [50, 10]) {
        const few = people.slice(0, accounts);
        await compare({
          name: `post, 20 workers, ${accounts} accounts, entries a second`,
          ours: () =>
            ratePerSecond(TRANSFERS, WORKERS, async (index) => {
              const posted = await inTransaction((tx) => post(tx, transfer(few, index)));
              if (!posted.ok) throw new Error(posted.error);
            }),
          theirs: () => ratePerSecond(TRANSFERS, WORKERS, (index) => leanTransfer(accounts, index)),
          target: { text: "a ratio of 0.6", met: (ratio) => ratio >= 0.6 },
        });
      }
      await compare({
        name: "postMany, 8,000 entries of 50 accounts, entries a second",
        ours: async () => {
          const batch = Array.from({ length: MOST_ENTRIES }, (_, index) => transfer(people, index));
          const started = process.hrtime.bigint();
          const answers = await postMany(batch);
          if (!answers.every((answer) => answer.ok)) throw new Error("an entry was refused");
          return MOST_ENTRIES / (Number(process.hrtime.bigint() - started) / 1e9);
        },
        theirs: () =>
          ratePerSecond(TRANSFERS, WORKERS, (index) => leanTransfer(people.length, index)),
        target: { text: "a ratio of 3", met: (ratio) => ratio >= 3 },
      });
    }),
};
