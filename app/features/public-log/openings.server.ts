import { desc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { getDb } from "#db/client.server";
import { closedOpenings, journalEntries, persons } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { type Refusal, refuseInput } from "~/auth/command.server";
import { mayLookAt } from "~/auth/permissions";
import { isPublic } from "~/ledger/bodies.server";
import type { EntryKind } from "~/ledger/kinds";
import { listParties } from "~/ledger/log/published.server";
import { findEntry } from "~/ledger/reverse.server";
import { err, ok, type Result } from "~/lib/result";
import { isClosable } from "./close-opening.server";
import { closeOpeningInput } from "./schema";

/** An opening that an operator asked to take away. */
export type Closing = {
  entryId: string;
  kind: string;
  isPublic: boolean;
  reason: string;
  firstById: string;
  firstBy: string;
  firstAt: Date;
  secondBy: string | null;
  closedAt: Date | null;
};

const second = alias(persons, "second_operator");

const selectClosings = () =>
  getDb()
    .select({
      entryId: journalEntries.logId,
      kind: journalEntries.kind,
      reason: closedOpenings.reason,
      firstById: closedOpenings.firstBy,
      firstBy: persons.displayName,
      firstAt: closedOpenings.firstAt,
      secondBy: second.displayName,
      closedAt: closedOpenings.closedAt,
    })
    .from(closedOpenings)
    .innerJoin(journalEntries, eq(journalEntries.id, closedOpenings.entryId))
    .innerJoin(persons, eq(persons.id, closedOpenings.firstBy))
    .leftJoin(second, eq(second.id, closedOpenings.secondBy));

/** Openings that operators asked to take away, those that wait for a second one first, then the newest. For operators alone. */
export async function listClosings(limit = 200): Promise<Closing[]> {
  const rows = await selectClosings()
    .orderBy(sql`${closedOpenings.closedAt} IS NOT NULL`, desc(closedOpenings.firstAt))
    .limit(limit);
  return rows.map((row) => ({ ...row, isPublic: isPublic(row.kind as EntryKind) }));
}

/** What an operator is shown before an opening is taken away. */
export type ClosingPreview = {
  kind: string;
  recordedAt: string;
  isPublic: boolean;
  parties: string[];
  /** Who has asked first, and why; null where this is the first. */
  first: { by: string; reason: string } | null;
};

/**
 * What an operator's asking for an opening to be taken away would do; nothing is done. Refuses `invalid_input`, `no_such_entry`,
 * `own_case` to its parties, and like the act itself `not_closable`, `needs_another` and `already_decided`.
 */
export async function previewClosing(
  actor: Actor,
  input: unknown,
): Promise<Result<ClosingPreview, Refusal>> {
  const parsed = closeOpeningInput.safeParse(input);
  if (!parsed.success) return refuseInput(parsed.error);
  const db = getDb();
  const entry = await findEntry(db, parsed.data.entryId);
  if (!entry) return err({ code: "no_such_entry", field: "entryId" });
  const ids = await listParties(db, entry.logId);
  if (!mayLookAt(actor, "opening.close", { person: ids }))
    return err({ code: "own_case", field: "entryId" });
  if (!(await isClosable(db, entry))) return err({ code: "not_closable", field: "entryId" });
  const [asked] = await selectClosings().where(eq(closedOpenings.entryId, entry.id));
  if (asked?.closedAt) return err({ code: "already_decided" });
  if (asked?.firstById === actor.id) return err({ code: "needs_another" });
  const [row] = await db
    .select({ recordedAt: journalEntries.recordedAt })
    .from(journalEntries)
    .where(eq(journalEntries.id, entry.id));
  const names = await db
    .select({ name: persons.displayName })
    .from(persons)
    .where(sql`${persons.id} = ANY (${`{${ids.join(",")}}`}::uuid[])`)
    .orderBy(persons.displayName);
  return ok({
    kind: entry.kind,
    recordedAt: row?.recordedAt.toISOString() ?? "",
    isPublic: isPublic(entry.kind),
    parties: names.map(({ name }) => name),
    first: asked ? { by: asked.firstBy, reason: asked.reason } : null,
  });
}
