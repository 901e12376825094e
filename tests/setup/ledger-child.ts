// A process of its own for tests to kill: it posts the withdrawal request it is told of, says how far it is, and waits there.
import { inTransaction } from "#db/client.server";
import { withdrawalRequested } from "~/ledger/entries";
import { post } from "~/ledger/post.server";

const [stop, key, id, personId, cents, instant] = process.argv.slice(2);
const entry = withdrawalRequested(
  {
    actorId: null,
    now: new Date(instant ?? ""),
    idempotencyKey: key ?? "",
    input: { key: key ?? "" },
  },
  { id: id ?? "", personId: personId ?? "", amountCents: BigInt(cents ?? "0") },
);
const wait = async (at: string): Promise<void> => {
  if (at !== stop) return;
  process.stdout.write(`${at}\n`);
  await new Promise(() => setInterval(() => {}, 1_000));
};

await inTransaction(async (tx) => {
  await wait("begun");
  const posted = await post(tx, entry);
  if (!posted.ok) throw new Error(posted.error);
  await wait("posted");
});
await wait("committed");
