import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Env, getEnv } from "~/env.server";
import { serveLog } from "~/features/public-log/serve.server";
import { formatSigningKey } from "~/ledger/log/note";
import { getLogPlace, makeSigningKey } from "~/ledger/log/place.server";
import { Sequencer } from "~/ledger/log/sequencer.server";
import { setSingleton } from "~/lib/singleton.server";

/** Changes some settings of this process. */
export function changeEnv(changes: Partial<Env>): void {
  setSingleton<Env>("env", { ...getEnv(), ...changes });
}

/** The public log's settings that an installation with its own database needs, in a folder of its own. */
export function logSettings(): Record<"LOG_ORIGIN" | "LOG_SIGNING_KEY" | "LOG_STATE_DIR", string> {
  const LOG_ORIGIN = "belay.example/log";
  return {
    LOG_ORIGIN,
    LOG_SIGNING_KEY: formatSigningKey(makeSigningKey(LOG_ORIGIN)),
    LOG_STATE_DIR: mkdtempSync(join(tmpdir(), "belay-log-")),
  };
}

/** What `/log/PATH` answers to a visitor, or to that person. */
export function askLog(path: string, personId: string | null = null): Promise<Response> {
  return serveLog(path, new Request(`http://x.test/log/${path}`), async () => personId);
}

/** Signs all that was posted so far, in a place of its own for this process. */
export async function publishLog(now: Date): Promise<void> {
  if (!published) {
    published = true;
    changeEnv({ LOG_STATE_DIR: mkdtempSync(join(tmpdir(), "belay-log-")) });
  }
  await new Sequencer({ place: getLogPlace, now: () => now }).drain();
}
let published = false;
