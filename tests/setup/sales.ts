import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { journalEntries, resales } from "#db/schema/index";
import { type Actor, SYSTEM } from "~/auth/actor";
import type { Call, Refusal } from "~/auth/command.server";
import { advanceResale } from "~/features/resales/advance-resale.server";
import { answerBuyer } from "~/features/resales/answer-buyer.server";
import { answerFirstRefusal } from "~/features/resales/answer-first-refusal.server";
import { askResale } from "~/features/resales/ask-resale.server";
import { fundResale } from "~/features/resales/fund-resale.server";
import { tokenAsset } from "~/ledger/entries";
import { getBalance, listLotsOfHolder } from "~/ledger/read.server";
import type { Result } from "~/lib/result";
import { type BareToken, giveCash, makeToken } from "./book";
import { makeTeacher, must } from "./deals";
import { actorOf, type Deal, settle } from "./settled";

/** Sales of token shares for tests: people who may buy, and the steps of a resale through the real commands. */
export const at = (day: string, time = "12:00:00.000"): Date => new Date(`${day}T${time}Z`);

/** A call of a command under a new key. */
export const call = (
  actor: Call["actor"],
  input: unknown,
  now: Date,
  key = randomUUID(),
): Call => ({
  actor,
  input,
  idempotencyKey: key,
  now,
});

/** The code of a refusal, with its field where it has one; `ok` where there was none. */
export function refusalOf(result: Result<unknown, Refusal>): string {
  if (result.ok) return "ok";
  return result.error.field ? `${result.error.code} on ${result.error.field}` : result.error.code;
}

/** A token's owner, who can ask for things. */
export async function makeOwner(): Promise<{ token: BareToken; owner: Actor }> {
  const token = await makeToken();
  return { token, owner: await actorOf(token.ownerId) };
}

/** A holder who bought shares of the token on a day, and can ask for things. */
export async function makeHolder(
  token: BareToken,
  deal: Omit<Deal, "now"> & { day: string },
): Promise<Actor & { lotId: string }> {
  const { day, ...rest } = deal;
  const { investorId, lotId } = await settle(token, { ...rest, now: at(day) });
  return { ...(await actorOf(investorId)), lotId };
}

export const cashOf = (person: { id: string }) => getBalance(getDb(), "cash", person.id);
export const sharesOf = (person: { id: string }, token: BareToken) =>
  getBalance(getDb(), "shares", person.id, tokenAsset(token.id));
export const lotsOf = async (person: { id: string }, token: BareToken) =>
  (await listLotsOfHolder(getDb(), person.id)).filter((lot) => lot.tokenId === token.id);

/** A verified buyer with so many dollars. */
export const makeBuyer = (dollars: number): Promise<Actor> => makeTeacher(BigInt(dollars) * 100n);

export { giveCash };

type Wish = { percent: string; price: string };

/** The seller asks and the buyer funds on the same instant: the owner's 14 days begin. */
export async function funded(
  token: BareToken,
  seller: Actor,
  buyer: Actor,
  wish: Wish,
  now: Date,
): Promise<string> {
  const input = { tokenId: token.id, buyer: buyer.handle, ...wish };
  const { resaleId } = must(await askResale(call(seller, input, now)));
  must(await fundResale(call(buyer, { resaleId }, now)));
  return resaleId;
}

export const advance = (resaleId: string, now: Date) =>
  advanceResale(call(SYSTEM, { resaleId }, now));

/** A resale from the wish to the settlement with the buyer, nobody else wanting in, in a few instants. */
export async function resold(
  token: BareToken,
  owner: Actor,
  seller: Actor,
  buyer: Actor,
  wish: Wish,
  now: Date,
): Promise<string> {
  const resaleId = await funded(token, seller, buyer, wish, now);
  const passed = must(await answerFirstRefusal(call(owner, { resaleId, answer: "pass" }, now)));
  const later = new Date(now.getTime() + 7 * 864e5);
  const open = passed.state === "holders";
  if (open) must(await advance(resaleId, later));
  const when = open ? later : now;
  must(await answerBuyer(call(owner, { resaleId, answer: "approve" }, when)));
  return resaleId;
}

/** How far a resale is. */
export const stateOf = async (resaleId: string) =>
  (await getDb().select().from(resales).where(eq(resales.id, resaleId)))[0]?.state;
/** All entries of a kind, in the order of the book. */
export const entriesOf = async (kind: string) =>
  getDb()
    .select()
    .from(journalEntries)
    .where(eq(journalEntries.kind, kind))
    .orderBy(journalEntries.id);
