import { inArray } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { persons } from "#db/schema/index";

/** A holder and what all their lots get together, in cents. */
export type HolderSum = {
  personId: string;
  email: string;
  displayName: string;
  handle: string;
  cents: bigint;
};

/** Adds parts up by holder, in the order in which holders first appear. */
export async function sumByHolder(
  db: Queryable,
  parts: readonly { holderId: string; cents: bigint }[],
): Promise<HolderSum[]> {
  const sums = new Map<string, bigint>();
  for (const part of parts) sums.set(part.holderId, (sums.get(part.holderId) ?? 0n) + part.cents);
  const people = await getPeople(db, [...sums.keys()]);
  return [...sums].map(([personId, cents]) => {
    const person = people.get(personId);
    if (!person) throw new Error("a holder is nobody");
    return {
      personId,
      email: person.email,
      displayName: person.displayName,
      handle: person.handle,
      cents,
    };
  });
}

/** People by id, with what pages and messages say of them. */
export async function getPeople(db: Queryable, ids: readonly string[]) {
  if (ids.length === 0)
    return new Map<string, { id: string; email: string; displayName: string; handle: string }>();
  const rows = await db
    .select({
      id: persons.id,
      email: persons.email,
      displayName: persons.displayName,
      handle: persons.handle,
    })
    .from(persons)
    .where(inArray(persons.id, [...new Set(ids)]));
  return new Map(rows.map((row) => [row.id, row]));
}
