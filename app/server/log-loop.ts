import { setTimeout as wait } from "node:timers/promises";
import { getDb } from "#db/client.server";
import { getClock } from "~/auth/clock.server";
import { refreshRecords } from "~/features/records/get-record.server";
import { getLogPlace } from "~/ledger/log/place.server";
import { LogStopped, MOST_ENTRIES, Sequencer } from "~/ledger/log/sequencer.server";
import { utcDay } from "~/lib/dates";
import { getLogger } from "~/lib/logger.server";
import { clearSingleton, setSingleton, singleton } from "~/lib/singleton.server";

/** With the turn itself, less than a second. */
const EVERY_MS = 700;
const AFTER_FAILURE_MS = 3_000;
/** A public entry is in a checkpoint within this. */
const PUBLISHED_WITHIN_MS = 60_000;

type State = { caughtUpAt: number; stopped: string | null };
const state = (): State | null => singleton<State | null>("log-loop", () => null);

export type LogLoop = { stop(): Promise<void> };

/** Why /readyz must refuse: the log has stopped, or entries wait longer than a minute. Null where it keeps up. */
export function logProblem(): string | null {
  const now = state();
  if (!now) return null;
  if (now.stopped) return "has stopped: see the site's messages";
  return Date.now() - now.caughtUpAt > PUBLISHED_WITHIN_MS ? "is behind by over a minute" : null;
}

/**
 * Runs this process's sequencer more than once a second, and on without a pause while much waits; beside it, records that a new
 * tree has changed are computed before anybody asks for them. A log that has stopped (a restored backup, a
 * fork) is said once and tried again each time, so that it goes on when the right database is back.
 */
export function startLogLoop(): LogLoop {
  const ending = new AbortController();
  const sequencer = new Sequencer({ place: getLogPlace, now: () => getClock().now() });
  const mine: State = { caughtUpAt: Date.now(), stopped: null };
  setSingleton<State>("log-loop", mine);
  const running = [
    loop(() => turn(sequencer, mine), ending.signal),
    loop(recordsTurn(), ending.signal),
  ];
  return {
    async stop() {
      ending.abort();
      await Promise.all(running);
      if (state() === mine) clearSingleton("log-loop");
    },
  };
}

/** Takes turns until the end; each answers how long to wait before the next. */
async function loop(turn: () => Promise<number>, ending: AbortSignal): Promise<void> {
  while (!ending.aborted) {
    const pause = await turn();
    if (pause > 0) await wait(pause, undefined, { signal: ending }).catch(() => {});
  }
}

async function turn(sequencer: Sequencer, mine: State): Promise<number> {
  try {
    const taken = await sequencer.advance();
    mine.stopped = null;
    if (taken === MOST_ENTRIES) return 0;
    mine.caughtUpAt = Date.now();
    return EVERY_MS;
  } catch (error) {
    const message = error instanceof LogStopped ? error.message : null;
    if (message && message !== mine.stopped) getLogger().fatal(message);
    if (!message) getLogger().warn({ err: error }, "the public log's sequencer failed");
    mine.stopped = message ?? mine.stopped;
    return AFTER_FAILURE_MS;
  }
}

/** Turns that bring the kept records up to the newest tree. Whatever fails here, a reader makes good. */
function recordsTurn(): () => Promise<number> {
  let since = 0;
  return async () => {
    try {
      since = await refreshRecords(getDb(), { since, day: utcDay(getClock().now()) });
      return EVERY_MS;
    } catch (error) {
      getLogger().warn({ err: error }, "records could not be computed ahead of their readers");
      return AFTER_FAILURE_MS;
    }
  };
}
