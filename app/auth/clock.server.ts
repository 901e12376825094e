import { eq, sql } from "drizzle-orm";
import { type Db, getDb, type Tx } from "#db/client.server";
import { clockOffset } from "#db/schema/index";
import { getEnv } from "~/env.server";
import type { Clock } from "~/lib/clock";
import { setSingleton, singleton } from "~/lib/singleton.server";

type State = { offsetMs: number };
const state = (): State => singleton("clock", () => ({ offsetMs: 0 }));

/** The product's clock: the system's, moved forward by the persisted offset (embedded default only). */
export function getClock(): Clock {
  return { now: () => new Date(Date.now() + state().offsetMs) };
}

/** Reads the persisted offset at start-up. Does nothing in production, where time cannot be moved. */
export async function loadClock(db: Db = getDb()): Promise<void> {
  if (getEnv().production) return;
  const [row] = await db.select().from(clockOffset).where(eq(clockOffset.id, 1));
  setSingleton<State>("clock", { offsetMs: row?.offsetMs ?? 0 });
}

/**
 * Moves the clock forward by `byMs` within a transaction and answers a function to call once it has committed.
 * Throws in production and for a step that is not forward.
 */
export async function moveClock(tx: Tx, byMs: number): Promise<() => void> {
  if (getEnv().production) throw new Error("time cannot be moved here");
  if (!Number.isSafeInteger(byMs) || byMs <= 0)
    throw new RangeError("the clock only moves forward");
  const [row] = await tx
    .insert(clockOffset)
    .values({ id: 1, offsetMs: byMs })
    .onConflictDoUpdate({
      target: clockOffset.id,
      set: { offsetMs: sql`${clockOffset.offsetMs} + ${byMs}` },
    })
    .returning();
  return () => setSingleton<State>("clock", { offsetMs: row?.offsetMs ?? byMs });
}
