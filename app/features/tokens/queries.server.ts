import { createHash } from "node:crypto";
import { and, eq, inArray, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { persons, reservations, tokens } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { listSamePersons } from "~/features/people/same-person.server";
import { tokenAsset } from "~/ledger/entries";
import { getBalance, listLotsOfToken } from "~/ledger/read.server";
import { type AgreementText, dayBegunEverywhere, isOfAge } from "~/lib/signing";
import { policy } from "~/policy";
import { tokenAgreement } from "./agreement";
import { canTakeShares, type Holding } from "./rules";

/**
 * Why that many more shares of a person's token may not go to that holder now, given what is out and reserved (T2); null
 * where they may. The ledger asks the same again when shares move.
 */
export async function findShareLimit(
  db: Queryable,
  wanted: { ownerId: string; holderId: string; shares: bigint },
): Promise<"cap_exceeded" | "holder_limit" | null> {
  return canTakeShares(await getHolding(db, wanted.ownerId, wanted.holderId), wanted.shares);
}

/** A person's token, if it was minted. */
export async function findTokenOf(
  ownerId: string,
  db: Queryable = getDb(),
): Promise<{ id: string; ownerId: string } | null> {
  const [token] = await db
    .select({ id: tokens.id, ownerId: tokens.ownerId })
    .from(tokens)
    .where(eq(tokens.ownerId, ownerId));
  return token ?? null;
}

/**
 * Whether one person, under all ids that are theirs (T18), has more of a person's token than one holder may, what is reserved
 * for them included (T2), or would with so many more. The ledger asks the same of each id alone. Hold the account of the
 * owner's shares before deciding from it.
 */
export async function isOverHolderLimit(
  db: Queryable,
  ownerId: string,
  holderId: string,
  moreShares = 0n,
): Promise<boolean> {
  const { holderShares } = await getHolding(db, ownerId, holderId);
  return holderShares + moreShares > policy.maxSharesOneHolder.value;
}

/**
 * How a person's token stands towards one (future) holder now, under all ids that are theirs, reserved shares counted. All
 * the owner's where none is minted.
 */
async function getHolding(db: Queryable, ownerId: string, holderId: string): Promise<Holding> {
  const token = await findTokenOf(ownerId, db);
  if (!token) return { ownerShares: policy.tokenShares.value, holderShares: 0n };
  const asset = tokenAsset(token.id);
  const ids = await listSamePersons(db, holderId);
  const [row] = await db
    .select({ shares: sql<string>`coalesce(sum(${reservations.shares}), 0)` })
    .from(reservations)
    .where(and(eq(reservations.tokenId, token.id), inArray(reservations.holderId, ids)));
  let holderShares = BigInt(row?.shares ?? 0);
  for (const id of ids) holderShares += await getBalance(db, "shares", id, asset);
  return { ownerShares: await getBalance(db, "shares", ownerId, asset), holderShares };
}

/** The lots of a person's token that still hold shares: what other holders would get of a gain now. */
export async function listLiveLots(ownerId: string, db: Queryable = getDb()) {
  const token = await findTokenOf(ownerId, db);
  const all = token ? await listLotsOfToken(db, token.id) : [];
  return all.filter((lot) => lot.sharesLeft > 0n);
}

export type MintingState = {
  minted: boolean;
  ofAge: boolean;
  agreement: AgreementText & { sha256: string };
};

/** What the asker needs to sign their own token agreement: its text and hash, whether they may, whether they have. */
export async function getMinting(
  actor: Actor,
  now: Date,
  db: Queryable = getDb(),
): Promise<MintingState> {
  const [person] = await db.select().from(persons).where(eq(persons.id, actor.id));
  if (!person) throw new Error("a person vanished");
  const agreement = tokenAgreement(person);
  return {
    minted: (await findTokenOf(actor.id, db)) !== null,
    ofAge: isOfAge(person, dayBegunEverywhere(now)),
    agreement: { ...agreement, sha256: createHash("sha256").update(agreement.text).digest("hex") },
  };
}
