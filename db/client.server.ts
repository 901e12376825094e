import type { ExtractTablesWithRelations } from "drizzle-orm";
import {
  drizzle,
  type PostgresJsDatabase,
  type PostgresJsTransaction,
} from "drizzle-orm/postgres-js";
import postgres, { type Sql, type TransactionSql } from "postgres";
import { getEnv } from "~/env.server";
import { clearSingleton, setSingleton, singleton } from "~/lib/singleton.server";
import * as schema from "./schema/index";

type Schema = typeof schema;
/** The pool. */
export type Db = PostgresJsDatabase<Schema>;
/** An open database transaction. */
export type Tx = PostgresJsTransaction<Schema, ExtractTablesWithRelations<Schema>>;
/** Anything that can be asked: the pool, or a transaction. */
export type Queryable = Db | Tx;

type Pool = { client: Sql; db: Db };

/**
 * Opens a pool of connections as the application's role. When only the owner's login is configured each
 * connection gives up its rights by `SET ROLE` (a start-up option, so that no statement runs before it).
 * `lazy`: commits do not wait for the disk.
 * The driver is patched at installation (db/patches): a connection that is lost in a transaction fails that transaction,
 * where the driver as released ends the process, or sends what follows on a new connection, outside of any transaction.
 */
export function openPool(
  url: string,
  options: { role?: string; max: number; lazy?: boolean },
): Pool {
  const client = postgres(url, {
    max: options.max,
    onnotice: () => {},
    connection: {
      application_name: "belay",
      TimeZone: "UTC",
      ...(options.role ? { role: options.role } : {}),
      ...(options.lazy ? { synchronous_commit: "off" } : {}),
    },
  });
  return { client, db: drizzle(client, { schema }) };
}

function openOwnPool(lazy: boolean): Pool {
  const env = getEnv();
  if (!env.DATABASE_URL) throw new Error("No database is open yet: DATABASE_URL is not set.");
  const ownerOnly = !env.MIGRATE_DATABASE_URL || env.MIGRATE_DATABASE_URL === env.DATABASE_URL;
  return openPool(env.DATABASE_URL, {
    ...{ max: env.DATABASE_POOL, lazy },
    ...(ownerOnly ? { role: env.DATABASE_ROLE } : {}),
  });
}

const pool = (): Pool => singleton("pool", () => openOwnPool(false));

/** The process's pool of connections, opened on first use with the application's rights. */
export function getDb(): Db {
  return pool().db;
}

/** Ends all connections of the pool; the next `getDb` opens a new one. */
export async function closeDb(): Promise<void> {
  const { client } = pool();
  clearSingleton("pool");
  await client.end({ timeout: 5 });
}

/**
 * Runs `fn` with a pool whose commits do not wait for the disk: when the machine stops, the last of them may be lost, up to the
 * next commit that waits. To fill a database that is begun anew when it was not filled whole. Nothing else may be under way.
 */
export async function withLazyCommits<T>(fn: () => Promise<T>): Promise<T> {
  await closeDb();
  setSingleton("pool", openOwnPool(true));
  try {
    return await fn();
  } finally {
    await closeDb();
  }
}

/** The postgres.js transaction under a Drizzle transaction: the only place that reaches for it. */
export function rawClient(tx: Queryable): TransactionSql {
  return (tx as unknown as { session: { client: TransactionSql } }).session.client;
}

const RETRYABLE = new Set(["40001", "40P01"]);
const MAX_ATTEMPTS = 5;

/** The SQLSTATE of a database error, wherever the driver or Drizzle put it; undefined for other errors. */
export function sqlState(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = (at as Error & { code?: unknown }).code;
    if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)) return code;
  }
  return undefined;
}

/** The name of the constraint that a database error is about, if any. */
export function constraintName(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const name = (at as Error & { constraint_name?: unknown }).constraint_name;
    if (typeof name === "string") return name;
  }
  return undefined;
}

/**
 * Runs `fn` in one READ COMMITTED transaction. After a deadlock or a serialisation failure the whole of
 * `fn` runs again, at most five times, with jitter; so `fn` must have no effect outside the transaction.
 */
export async function inTransaction<T>(fn: (tx: Tx) => Promise<T>, db: Db = getDb()): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction(fn);
    } catch (error) {
      const state = sqlState(error);
      if (!state || !RETRYABLE.has(state) || attempt === MAX_ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
    }
  }
}
