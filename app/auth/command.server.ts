import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { inTransaction, type Tx } from "#db/client.server";
import { auditEvents, commandResults } from "#db/schema/index";
import { err, ok, type Result } from "~/lib/result";
import type { z } from "~/lib/zod";
import { type Actor, type AnyActor, SYSTEM } from "./actor";
import { type Action, type Denial, denial, type Subject } from "./permissions";

type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };

/** Stands for everybody who is not signed in, where a command is open to anyone. */
const VISITOR = "visitor";

/** Why a command was refused. `field` names the form field that the message belongs to. */
export type Refusal<E extends string = string> = {
  code: E | Denial | "invalid_input" | "idempotency_conflict";
  field?: string;
  /** For `invalid_input`: field → messages. */
  fields?: Record<string, string[]>;
  /** Facts that the message needs, as text. */
  facts?: Record<string, string>;
};

/** What every command is given: who asks, what, when, and the key under which it may be repeated safely. */
export type Call = { actor: AnyActor; input: unknown; idempotencyKey: string; now: Date };

export type Context<I> = {
  actor: AnyActor;
  /** The signed-in person who asks. Throws for the system. */
  person: Actor;
  input: I;
  now: Date;
  /** `now`, later by how long the command has waited and worked since: for what must still hold once a lock is got. */
  nowHeld(): Date;
  /** Unique to this command, actor and key: ledger entries add what they are to it. */
  key: string;
  /** Refuses with a denial unless the actor may do this to the subject. Call it once the subject is loaded. */
  authorise(subject: Subject): void;
  /** Refuses, from anywhere inside `run`. Everything is rolled back. */
  refuse(refusal: Refusal): never;
  /** The value of a ledger or rule result; refuses with its code, on `field` if given. */
  need<T>(result: Result<T, string>, field?: string): T;
  /** Writes an audit event in the same transaction. */
  audit(
    subject: { type: string; id: string },
    data?: Record<string, string | number | boolean | null>,
  ): Promise<void>;
};

/** Carries a refusal out of the transaction, which it rolls back. */
class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

const plain = (value: unknown): Plain => {
  if (value === undefined || value === null) return null;
  if (typeof value === "bigint") return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return createHash("sha256").update(value).digest("hex");
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object") {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(
      members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, plain(member)]),
    );
  }
  return value as Plain;
};

/** The canonical, plain form of a parsed input: bigint and dates as text, bytes as their hash. */
export const plainInput = plain;

/**
 * Defines a command: who asks (the table of permissions), what (Zod), whether it still holds (`run`, in one
 * transaction that is rerun after deadlocks), once a key (the first answer is kept and given again; the same key
 * with other input is `idempotency_conflict`). `run` returns plain JSON. A refusal rolls everything back.
 */
export function defineCommand<S extends z.ZodType, R extends Plain>(definition: {
  name: string;
  action: Action;
  input: S;
  /** Fields that leave no trace in the kept hash of the input: a fast hash of a password is nearly the password. */
  secret?: readonly (keyof z.output<S> & string)[];
  run(tx: Tx, context: Context<z.output<S>>): Promise<R>;
}) {
  return async (call: Call): Promise<Result<R, Refusal>> => {
    const begunMs = performance.now();
    const early = call.actor === null ? denial(null, definition.action) : null;
    if (early) return err({ code: early });
    const parsed = definition.input.safeParse(call.input);
    if (!parsed.success) return refuseInput(parsed.error);
    const actorId = actorIdOf(call.actor);
    const hash = hashInput(parsed.data, definition.secret ?? []);
    try {
      return await inTransaction(async (tx) => {
        const claim = await claimKey(tx, {
          actorId,
          command: definition.name,
          idempotencyKey: call.idempotencyKey,
          inputHash: hash,
          at: call.now,
        });
        if (claim.prior) {
          if (claim.prior.inputHash !== hash) throw new Refused({ code: "idempotency_conflict" });
          return ok(claim.prior.result as R);
        }
        const context = makeContext(tx, definition, { ...call, begunMs }, parsed.data, actorId);
        const result = await definition.run(tx, context);
        if (!context.authorised())
          throw new Error(`${definition.name} never asked whether its actor may`);
        await tx.update(commandResults).set({ result }).where(eq(commandResults.id, claim.id));
        return ok(result);
      });
    } catch (error) {
      if (error instanceof Refused) return err(error.refusal);
      throw error;
    }
  };
}

/** Who asks, as the keys of commands name them. */
const actorIdOf = (actor: AnyActor): string => (actor === SYSTEM ? SYSTEM : (actor?.id ?? VISITOR));

function hashInput(input: unknown, secret: readonly string[]): string {
  const all = plain(input);
  const kept =
    all !== null && typeof all === "object" && !Array.isArray(all)
      ? Object.fromEntries(Object.entries(all).filter(([name]) => !secret.includes(name)))
      : all;
  return createHash("sha256").update(JSON.stringify(kept)).digest("hex");
}

function makeContext<I>(
  tx: Tx,
  definition: { name: string; action: Action },
  call: Call & { begunMs: number },
  input: I,
  actorId: string,
): Context<I> & { authorised(): boolean } {
  let authorised = false;
  const refuse = (refusal: Refusal): never => {
    throw new Refused(refusal);
  };
  return {
    actor: call.actor,
    get person() {
      if (call.actor === null || call.actor === SYSTEM)
        throw new Error(`${definition.name} has no person`);
      return call.actor;
    },
    input,
    now: call.now,
    nowHeld: () => new Date(call.now.getTime() + Math.floor(performance.now() - call.begunMs)),
    key: `${definition.name}:${actorId}:${call.idempotencyKey}`,
    authorised: () => authorised,
    authorise(subject) {
      authorised = true;
      const why = denial(call.actor, definition.action, subject);
      if (why) refuse({ code: why });
    },
    refuse,
    need(result, field) {
      if (result.ok) return result.value;
      return refuse({ code: result.error, ...(field ? { field } : {}) });
    },
    async audit(subject, data = {}) {
      await tx.insert(auditEvents).values({
        at: call.now,
        actorId: call.actor === SYSTEM || call.actor === null ? null : call.actor.id,
        action: definition.name,
        subjectType: subject.type,
        subjectId: subject.id,
        data,
      });
    },
  };
}

async function claimKey(tx: Tx, row: typeof commandResults.$inferInsert) {
  const [mine] = await tx
    .insert(commandResults)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: commandResults.id });
  if (mine) return { id: mine.id, prior: null };
  const [prior] = await tx
    .select()
    .from(commandResults)
    .where(
      and(
        eq(commandResults.actorId, row.actorId),
        eq(commandResults.command, row.command),
        eq(commandResults.idempotencyKey, row.idempotencyKey),
      ),
    );
  if (!prior) throw new Error("a claimed key vanished");
  return { id: prior.id, prior };
}

/** The refusal of input that is not what it should be: field → messages. */
export function refuseInput(error: z.ZodError): Result<never, Refusal> {
  return err({ code: "invalid_input", fields: fieldMessages(error) });
}

function fieldMessages(error: z.ZodError): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const issue of error.issues) {
    const name = issue.path.join(".");
    fields[name] = [...(fields[name] ?? []), issue.message];
  }
  return fields;
}
