import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { getDb, withLazyCommits } from "#db/client.server";
import { persons } from "#db/schema/index";
import { getClock } from "~/auth/clock.server";
import { getEnv } from "~/env.server";
import { addDaysToInstant } from "~/lib/dates";
import { loadDemo } from "./demo/load";
import { deliverOldMail } from "./demo/old-mail";
import { secureDemoOperators } from "./demo/second-steps";

type Log = (line: string) => void;
/** How far back the practice mailbox shows the demo's letters. */
const MAIL_SHOWN_DAYS = 30;

const marker = () => join(resolve(getEnv().DATA_DIR), "demo-loading");

/** Whether this start should find or make the demo world: the embedded default, unless DEMO says otherwise. */
export function demoWanted(): boolean {
  const { DEMO, production } = getEnv();
  return DEMO ?? !production;
}

/**
 * An earlier first start that was killed while it loaded the demo left part of a world, which nobody has
 * used yet: empties the embedded database, so that the whole one is made. Call before migrating.
 */
export async function clearHalfLoadedDemo(ownerUrl: string, log: Log): Promise<void> {
  if (getEnv().production || !existsSync(marker())) return;
  log("An earlier start did not finish the demo world; beginning again");
  const url = new URL(ownerUrl);
  const database = url.pathname.slice(1);
  url.pathname = "/postgres";
  const owner = postgres(url.href, { max: 1, onnotice: () => {} });
  try {
    await owner`drop database if exists ${owner(database)} with (force)`;
    await owner`create database ${owner(database)}`;
  } finally {
    await owner.end({ timeout: 5 });
  }
  rmSync(marker(), { force: true });
}

/** Loads the demo world into a database without any person, if it is wanted. Answers whether it did. */
export async function loadDemoOnce(log: Log): Promise<boolean> {
  if (!demoWanted()) return false;
  const [someone] = await getDb().select({ one: sql<number>`1` }).from(persons).limit(1);
  if (someone) return false;
  log("Loading the demo world");
  const { production } = getEnv();
  if (!production) {
    mkdirSync(resolve(getEnv().DATA_DIR), { recursive: true });
    writeFileSync(marker(), "");
  }
  const now = getClock().now();
  // What follows waits for the disk, and with it all that this has written.
  await withLazyCommits(() => loadDemo({ now, log }));
  // Nobody has these addresses: a real provider is never asked to write to them.
  await deliverOldMail(production ? now : addDaysToInstant(now, -MAIL_SHOWN_DAYS));
  if (!production) await secureDemoOperators(now);
  if (!production) rmSync(marker(), { force: true });
  return true;
}
