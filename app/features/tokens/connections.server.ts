import { type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { type Connections, connectionsOf, isUnconnectedSale, type Pair } from "~/ledger/connected";
import { addMonths, utcDay } from "~/lib/dates";
import { policy } from "~/policy";

/** Deals look at few people; what ties them to each other is asked for them alone, circles for whoever is near. */
type Question = { people: readonly string[]; now: Date };

const ids = (people: readonly string[]): SQL => sql`${`{${people.join(",")}}`}::uuid[]`;

/**
 * What connects these people to one another (T25), as the book and the declarations have it now: ties, cohorts taught
 * together, scouts, tokens held, payments and marks of 24 months as far as they can lie on a circle through one of them.
 */
export async function getConnections(db: Queryable, question: Question): Promise<Connections> {
  const everybody = await withSamePersons(db, question.people);
  const people = ids(everybody);
  const pairs = await db.execute<{ kind: string; a: string; b: string }>(sql`
    SELECT 'same' AS kind, person_id AS a, other_id AS b FROM same_persons WHERE person_id = ANY (${people}) OR other_id = ANY (${people})
    UNION SELECT 'declared', person_id, other_id FROM ties
      WHERE ended_at IS NULL AND person_id = ANY (${people}) AND other_id = ANY (${people})
    UNION SELECT 'partners', a.id, b.id FROM (${teachers}) a JOIN (${teachers}) b ON a.cohort = b.cohort AND a.id < b.id
      WHERE a.id = ANY (${people}) AND b.id = ANY (${people})
    UNION SELECT 'scouts', r.scout_id, t.id FROM referrals r JOIN offers o ON o.finder_id = r.scout_id AND o.student_id = r.talent_id
      JOIN offer_parts p ON p.offer_id = o.id JOIN persons t ON t.id = p.investor_id
      WHERE r.state = 'confirmed' AND r.scout_id = ANY (${people}) AND t.id = ANY (${people})
    UNION SELECT 'holdings', l.holder_id, t.owner_id FROM lots l JOIN tokens t ON t.id = l.token_id
      WHERE l.shares_left > 0 AND l.holder_id = ANY (${people}) AND t.owner_id = ANY (${people})`);
  const of = (kind: string): Pair[] =>
    pairs.filter((row) => row.kind === kind).map((row) => [row.a, row.b] as const);
  const day = utcDay(question.now);
  return connectionsOf({
    day,
    samePersons: of("same"),
    declared: of("declared"),
    partners: of("partners"),
    scouts: of("scouts"),
    holdings: of("holdings"),
    ...(await listSteps(db, everybody, day)),
  });
}

const teachers = sql`
  SELECT c.id AS cohort, c.teacher_id AS id FROM cohorts c
  UNION SELECT ct.cohort_id, ct.person_id FROM cohort_teachers ct WHERE ct.state = 'accepted'`;

async function withSamePersons(db: Queryable, people: readonly string[]): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    WITH RECURSIVE same(id) AS (
      SELECT unnest(${ids(people)})
      UNION SELECT CASE WHEN s.person_id = same.id THEN s.other_id ELSE s.person_id END
      FROM same JOIN same_persons s ON same.id IN (s.person_id, s.other_id)
    ) SELECT DISTINCT id FROM same`);
  return rows.map((row) => row.id);
}

/** Payments and marks of the last 24 months within so many steps of these people as a circle may have. */
async function listSteps(db: Queryable, people: readonly string[], day: string) {
  const since = `${addMonths(day, -policy.connectedByPaymentMonths.value)}T00:00:00.000Z`;
  const steps = policy.circleOfPayments.value;
  const rows = await db.execute<{ kind: string; a: string; b: string; day: string }>(sql`
    WITH RECURSIVE edges AS (
      SELECT 'payment' AS kind, payer_id AS a, payee_id AS b, recorded_at FROM person_payments WHERE recorded_at >= ${since}::timestamptz
      UNION ALL
      SELECT 'mark', p.payer_id, c.holder_id, m.recorded_at FROM marks m JOIN mark_counts c ON c.entry_id = m.entry_id
        JOIN journal_entries e ON e.log_id::text = m.event JOIN person_payments p ON p.entry_id = e.id
      WHERE m.class = 'price' AND m.reversed_by IS NULL AND m.recorded_at >= ${since}::timestamptz AND p.payer_id <> c.holder_id
    ), near(id, depth) AS (
      SELECT unnest(${ids(people)}), 0
      UNION SELECT e.b, n.depth + 1 FROM near n JOIN edges e ON e.a = n.id WHERE n.depth < ${steps - 1}
    )
    SELECT DISTINCT e.kind, e.a, e.b, to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day
    FROM edges e WHERE e.a IN (SELECT id FROM near)`);
  const of = (kind: string) =>
    rows
      .filter((row) => row.kind === kind)
      .map((row) => ({ from: row.a, to: row.b, day: row.day }));
  return { payments: of("payment"), marks: of("mark") };
}

/** Whether a relative, or an entity that one of the two controls, is declared between them; being one person counts. */
export async function areRelated(db: Queryable, one: string, other: string): Promise<boolean> {
  const [row] = await db.execute<{ related: boolean }>(sql`
    SELECT EXISTS (SELECT 1 FROM ties WHERE ended_at IS NULL AND (person_id, other_id) IN ((${one}, ${other}), (${other}, ${one})))
      OR EXISTS (SELECT 1 FROM same_persons WHERE (person_id, other_id) IN ((${one}, ${other}), (${other}, ${one}))) AS related`);
  return row?.related ?? false;
}

/**
 * How a buyer of shares stands to their seller and to the token's owner: whether the price counts in full for the seller
 * (T24a), and whether the position is a relative's, which stands apart.
 */
export async function connectionOf(
  db: Queryable,
  sale: { buyerId: string; sellerId: string; ownerId: string; now: Date },
): Promise<{ unconnected: boolean; apart: boolean }> {
  const { buyerId, sellerId, ownerId, now } = sale;
  const connections = await getConnections(db, { people: [buyerId, sellerId], now });
  return {
    unconnected: isUnconnectedSale(connections, sellerId, buyerId),
    apart: await areRelated(db, buyerId, ownerId),
  };
}
