import { randomUUID } from "node:crypto";
import { getDb } from "#db/client.server";
import type { Actor } from "~/auth/actor";
import { declareGain } from "~/features/gains/declare-gain.server";
import { payGain } from "~/features/gains/pay-gain.server";
import { storeDocument } from "~/features/gains/store-document.server";
import { listGainParts } from "~/ledger/read.server";
import { type BareToken, makeToken } from "./book";
import { actorOf } from "./settled";

/** Gains for tests, through the real commands: their calls, and what a gain gave. */
export const at = (day: string) => new Date(`${day}T12:00:00.000Z`);
export const PDF = Buffer.from("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");
export const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

export type Sale = {
  company?: string;
  closingDate: string;
  proceeds: string;
  basis?: string;
  costs?: string;
  documentId?: string;
};

export const call = <I>(
  actor: Actor,
  input: I,
  now: Date,
  idempotencyKey: string = randomUUID(),
) => ({
  actor,
  input,
  idempotencyKey,
  now,
});
export const declare = (owner: Actor, sale: Sale, now: Date, key?: string) =>
  declareGain(call(owner, { company: "Rope Ltd", basis: "0", costs: "0", ...sale }, now, key));

export async function mustDeclare(owner: Actor, sale: Sale, now: Date) {
  const declared = await declare(owner, sale, now);
  if (!declared.ok) throw new Error(declared.error.code);
  return declared.value;
}

export async function mustPay(owner: Actor, gainId: string, now: Date) {
  const paid = await payGain(call(owner, { gainId }, now));
  if (!paid.ok) throw new Error(paid.error.code);
  return paid.value;
}

export async function mustStore(owner: Actor, now: Date, bytes: Uint8Array = PDF) {
  const stored = await storeDocument(call(owner, { fileName: "statement.pdf", bytes }, now));
  if (!stored.ok) throw new Error(stored.error.code);
  return stored.value.documentId;
}

export async function makeOwner(): Promise<{ token: BareToken; owner: Actor }> {
  const token = await makeToken();
  return { token, owner: await actorOf(token.ownerId) };
}

export const centsOf = async (gainId: string) =>
  (await listGainParts(getDb(), gainId)).map((part) => part.cents);
export const codeOf = (result: { ok: boolean; error?: { code: string } }) =>
  result.ok ? "ok" : result.error?.code;
