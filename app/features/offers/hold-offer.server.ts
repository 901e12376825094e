import { asc, eq, inArray } from "drizzle-orm";
import type { Queryable, Tx } from "#db/client.server";
import { cohorts, offerParts, offers, persons, tokens } from "#db/schema/index";
import type { Subject } from "~/auth/permissions";

export type Offer = typeof offers.$inferSelect;
export type OfferPart = typeof offerParts.$inferSelect;
type Person = typeof persons.$inferSelect;
export type Party = Pick<Person, "id" | "email" | "displayName" | "handle">;

/** An offer with all that commands decide from. */
export type OfferFile = {
  offer: Offer;
  parts: (OfferPart & { investor: Party })[];
  student: Person;
  cohort: typeof cohorts.$inferSelect;
  token: { id: string; ownerId: string } | null;
};

/** Loads an offer with its parts, people, cohort and token; null where there is none. Locks nothing. */
export async function findOfferFile(db: Queryable, offerId: string): Promise<OfferFile | null> {
  const [row] = await db
    .select({
      offer: offers,
      student: persons,
      cohort: cohorts,
      token: { id: tokens.id, ownerId: tokens.ownerId },
    })
    .from(offers)
    .innerJoin(persons, eq(persons.id, offers.studentId))
    .innerJoin(cohorts, eq(cohorts.id, offers.cohortId))
    .leftJoin(tokens, eq(tokens.ownerId, offers.studentId))
    .where(eq(offers.id, offerId));
  if (!row) return null;
  const parts = await db
    .select({
      part: offerParts,
      investor: {
        id: persons.id,
        email: persons.email,
        displayName: persons.displayName,
        handle: persons.handle,
      },
    })
    .from(offerParts)
    .innerJoin(persons, eq(persons.id, offerParts.investorId))
    .where(eq(offerParts.offerId, offerId))
    .orderBy(asc(offerParts.id));
  return { ...row, parts: parts.map(({ part, investor }) => ({ ...part, investor })) };
}

/** Loads an offer and holds its row until the transaction ends: all that changes its state goes through here. */
export async function holdOffer(tx: Tx, offerId: string): Promise<OfferFile | null> {
  const [held] = await tx
    .select({ id: offers.id })
    .from(offers)
    .where(eq(offers.id, offerId))
    .for("update");
  return held ? findOfferFile(tx, offerId) : null;
}

/** Who plays which part in an offer, for the table of permissions. */
export function partiesOf(file: OfferFile): Subject {
  return {
    student: file.offer.studentId,
    investor: [file.offer.madeBy, ...file.parts.map((part) => part.investorId)],
  };
}

/** People by id, with what messages to them need. Throws where one is missing. */
export async function getParties(
  db: Queryable,
  ids: readonly string[],
): Promise<Map<string, Party>> {
  const wanted = [...new Set(ids)];
  const rows = await db
    .select({
      id: persons.id,
      email: persons.email,
      displayName: persons.displayName,
      handle: persons.handle,
    })
    .from(persons)
    .where(inArray(persons.id, wanted));
  if (rows.length !== wanted.length) throw new Error("a person vanished");
  return new Map(rows.map((row) => [row.id, row]));
}
