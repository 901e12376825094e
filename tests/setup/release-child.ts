// A process of its own for tests to kill: it takes a release out. `one`: a single batch, says so and waits. `all`: to its end.
import { SYSTEM } from "~/auth/actor";
import { releaseAll, releaseBatch } from "~/features/decisions/release-decisions.server";

const [mode, releaseId = "", instant = ""] = process.argv.slice(2);
const now = new Date(instant);

if (mode === "all") {
  await releaseAll(releaseId, now);
} else {
  const idempotencyKey = crypto.randomUUID();
  const result = await releaseBatch({ actor: SYSTEM, input: { releaseId }, idempotencyKey, now });
  if (!result.ok) throw new Error(result.error.code);
  process.stdout.write("out\n");
  await new Promise(() => setInterval(() => {}, 1_000));
}
process.exit(0);
