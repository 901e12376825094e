import { and, asc, desc, eq, inArray, isNull, lt } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { documents, gains, persons, tokens } from "#db/schema/index";
import type { AnyActor } from "~/auth/actor";
import { denial } from "~/auth/permissions";
import { listUngradedGainIds } from "~/ledger/positions.server";
import { getBalance, listGainParts } from "~/ledger/read.server";
import type { EvidenceGrade, PaymentState } from "~/lib/gain-words";
import { isId } from "~/lib/ids";
import { findTokenOf } from "./find-token.server";
import { getPeople } from "./holders.server";
import { paymentState } from "./rules";

/** One line about a gain. Cents as text, instants as ISO text. */
export type GainLine = {
  id: string;
  company: string;
  closingDate: string;
  proceedsCents: string;
  basisCents: string;
  costsCents: string;
  lossCents: string;
  distributableCents: string;
  toPayCents: string;
  paidCents: string;
  grade: EvidenceGrade;
  state: PaymentState;
  declaredAt: string;
  dueAt: string;
  paidAt: string | null;
};

/** A gain with what each lot gets of it. */
export type GainDetail = GainLine & {
  owner: { id: string; displayName: string; handle: string };
  document: { id: string; fileName: string; contentType: string; sizeBytes: number } | null;
  parts: { lotId: string; holder: string; handle: string; cents: string; paidCents: string }[];
};

type Part = Awaited<ReturnType<typeof listGainParts>>[number];
const total = (parts: readonly Part[], of: "cents" | "paidCents") =>
  parts.reduce((sum, part) => sum + part[of], 0n);

function toLine(gain: typeof gains.$inferSelect, parts: readonly Part[], now: Date): GainLine {
  const toPayCents = total(parts, "cents");
  return {
    id: gain.id,
    company: gain.company,
    closingDate: gain.closingDate,
    proceedsCents: String(gain.proceedsCents),
    basisCents: String(gain.basisCents),
    costsCents: String(gain.costsCents),
    lossCents: String(gain.lossCents),
    distributableCents: String(gain.distributableCents),
    toPayCents: String(toPayCents),
    paidCents: String(total(parts, "paidCents")),
    grade: gain.grade,
    state: paymentState({ paidAt: gain.paidAt, dueAt: gain.dueAt, toPayCents }, now),
    declaredAt: gain.declaredAt.toISOString(),
    dueAt: gain.dueAt.toISOString(),
    paidAt: gain.paidAt?.toISOString() ?? null,
  };
}

/** When the person's token was minted, as ISO text; null while they have none, and so nothing to declare. */
export async function findTokenBirth(personId: string): Promise<string | null> {
  return (await findTokenOf(getDb(), personId))?.mintedAt.toISOString() ?? null;
}

/** The gains that a person declared, latest declaration first. */
export async function listMyGains(personId: string, now: Date): Promise<GainLine[]> {
  const db = getDb();
  const rows = await db
    .select({ gain: gains })
    .from(gains)
    .innerJoin(tokens, eq(tokens.id, gains.tokenId))
    .where(eq(tokens.ownerId, personId))
    .orderBy(desc(gains.declaredAt), asc(gains.id));
  return Promise.all(
    rows.map(async ({ gain }) => toLine(gain, await listGainParts(db, gain.id), now)),
  );
}

/** A person's declared gains as everybody may see them: without the company, and without whom each part goes to. */
export async function listPublicGains(
  personId: string,
  now: Date,
): Promise<Omit<GainLine, "company">[]> {
  return (await listMyGains(personId, now)).map(({ company: _, ...gain }) => gain);
}

/** A gain for its owner or an operator; null for everybody else, and where there is none. */
export async function getGainFor(
  actor: AnyActor,
  gainId: string | undefined,
  now: Date,
): Promise<GainDetail | null> {
  if (!isId(gainId)) return null;
  const db = getDb();
  const [row] = await db
    .select({
      gain: gains,
      owner: { id: persons.id, displayName: persons.displayName, handle: persons.handle },
      document: {
        id: documents.id,
        fileName: documents.fileName,
        contentType: documents.contentType,
        sizeBytes: documents.sizeBytes,
      },
    })
    .from(gains)
    .innerJoin(tokens, eq(tokens.id, gains.tokenId))
    .innerJoin(persons, eq(persons.id, tokens.ownerId))
    .leftJoin(documents, eq(documents.id, gains.documentId))
    .where(eq(gains.id, gainId));
  if (!row || denial(actor, "gain.read", { owner: row.owner.id })) return null;
  const parts = await listGainParts(db, gainId);
  const people = await getPeople(
    db,
    parts.map((part) => part.holderId),
  );
  return {
    ...toLine(row.gain, parts, now),
    owner: row.owner,
    document: row.document,
    parts: parts.map((part) => ({
      lotId: part.lotId,
      holder: people.get(part.holderId)?.displayName ?? "",
      handle: people.get(part.holderId)?.handle ?? "",
      cents: String(part.cents),
      paidCents: String(part.paidCents),
    })),
  };
}

/** A gain for an operator who may grade it; null for its own owner, for everybody else, and where there is none. */
export async function getGainToGrade(
  actor: AnyActor,
  gainId: string | undefined,
  now: Date,
): Promise<GainDetail | null> {
  const gain = await getGainFor(actor, gainId, now);
  return gain && !denial(actor, "gain.grade", { owner: gain.owner.id }) ? gain : null;
}

/** What the owner of a gain has in cash, in cents as text. */
export async function getCash(personId: string): Promise<string> {
  return String(await getBalance(getDb(), "cash", personId));
}

/** Gains whose evidence no operator has judged yet, the longest waiting first, for the operators' desk. */
export async function listGainsToGrade() {
  const db = getDb();
  const ids = await listUngradedGainIds(db);
  if (ids.length === 0) return [];
  const rows = await db
    .select({
      id: gains.id,
      ownerName: persons.displayName,
      ownerHandle: persons.handle,
      ownerId: persons.id,
      company: gains.company,
      closingDate: gains.closingDate,
      distributableCents: gains.distributableCents,
      grade: gains.grade,
      documentId: gains.documentId,
      declaredAt: gains.declaredAt,
    })
    .from(gains)
    .innerJoin(tokens, eq(tokens.id, gains.tokenId))
    .innerJoin(persons, eq(persons.id, tokens.ownerId))
    .where(inArray(gains.id, ids))
    .orderBy(asc(gains.declaredAt), asc(gains.id));
  return rows.map(({ documentId, distributableCents, declaredAt, ...row }) => ({
    ...row,
    distributableCents: String(distributableCents),
    hasDocument: documentId !== null,
    declaredAt: declaredAt.toISOString(),
  }));
}

/** Gains whose holders should have been paid by now, the longest overdue first, with what is still unpaid. */
export async function listOverdueGains(now: Date) {
  const db = getDb();
  const rows = await db
    .select({
      id: gains.id,
      ownerId: persons.id,
      ownerName: persons.displayName,
      company: gains.company,
      dueAt: gains.dueAt,
    })
    .from(gains)
    .innerJoin(tokens, eq(tokens.id, gains.tokenId))
    .innerJoin(persons, eq(persons.id, tokens.ownerId))
    .where(and(isNull(gains.paidAt), lt(gains.dueAt, now)))
    .orderBy(asc(gains.dueAt), asc(gains.id));
  return Promise.all(
    rows.map(async (row) => {
      const parts = await listGainParts(db, row.id);
      return { ...row, unpaidCents: String(total(parts, "cents") - total(parts, "paidCents")) };
    }),
  );
}

/** A document with its content, for its owner or an operator; null for everybody else, and where there is none. */
export async function getDocumentFor(actor: AnyActor, documentId: string | undefined) {
  if (!isId(documentId)) return null;
  const db = getDb();
  const [head] = await db
    .select({ ownerId: documents.ownerId })
    .from(documents)
    .where(eq(documents.id, documentId));
  if (!head || denial(actor, "document.read", { owner: head.ownerId })) return null;
  const [document] = await db.select().from(documents).where(eq(documents.id, documentId));
  return document ?? null;
}
