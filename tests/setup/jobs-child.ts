// A process of its own for tests to kill. `worker`: the product's worker. `outbox`: dies with a message enqueued but not
// committed. `effect`: takes a job and dies after its work, before the work is committed.
import { inTransaction } from "#db/client.server";
import { auditEvents } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { runQueue } from "~/server/job-loop";
import { startWorker } from "~/server/worker";

const now = new Date("2026-11-22T14:00:00.000Z");
const forever = (): Promise<never> => new Promise(() => setInterval(() => {}, 1_000));
const say = (word: string): void => {
  process.stdout.write(`${word}\n`);
};

async function main(mode: string | undefined): Promise<void> {
  if (mode === "worker") await startWorker();
  if (mode === "outbox") {
    await inTransaction(async (tx) => {
      await enqueueMail(tx, {
        to: { personId: null, email: "never@example.test" },
        template: "verify-email",
        props: { name: "Never", path: "/never" },
        now,
      });
      say("midway");
      await forever();
    });
  }
  if (mode === "effect") {
    runQueue(
      "end-lot",
      ({ lotId }) =>
        inTransaction(async (tx) => {
          await tx
            .insert(auditEvents)
            .values({ at: now, action: "effect", subjectType: "lot", subjectId: lotId });
          say("midway");
          await forever();
        }),
      1,
    );
  }
  say("started");
  await forever();
}

await main(process.argv[2]);
