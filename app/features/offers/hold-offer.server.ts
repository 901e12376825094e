import { asc, desc, eq, inArray } from "drizzle-orm";
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
  /** The scout who gets the finder's stake (T22). */
  finder: Party | null;
  cohort: typeof cohorts.$inferSelect;
  token: { id: string; ownerId: string } | null;
};

/** Loads an offer with its parts (the maker's first, then by handle), people, cohort and token; null where there is none. Locks nothing. */
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
    .orderBy(desc(eq(offerParts.investorId, row.offer.madeBy)), asc(persons.handle));
  const { finderId } = row.offer;
  const finder = finderId ? (await getParties(db, [finderId])).get(finderId) : null;
  return {
    ...row,
    finder: finder ?? null,
    parts: parts.map(({ part, investor }) => ({ ...part, investor })),
  };
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
