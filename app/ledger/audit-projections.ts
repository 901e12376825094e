/** The auditor's proofs that every projection follows from the book's facts and postings, and from nothing else. */
import { type SQL, sql } from "drizzle-orm";

/** A stretch of ids, the first excluded. */
export type Range = { from: bigint; to: bigint };
export type Check = {
  guarantee: string;
  /** What is walked in batches by id; `once` runs over the whole book with aggregates only. */
  over: "accounts" | "entries" | "once";
  /** Rows are findings: one column, `message`. */
  query(range: Range): SQL;
};

/** Whether a column lies in a stretch of ids. */
export const within = (column: SQL, { from, to }: Range): SQL =>
  sql`${column} > ${String(from)}::bigint AND ${column} <= ${String(to)}::bigint`;

const check = (over: Check["over"], query: Check["query"]): Check => ({
  guarantee: "projection",
  over,
  query,
});

/** The entry that reversed an entry, if one did. */
const reversalOf = (id: SQL): SQL =>
  sql`(SELECT r.id FROM journal_entries r WHERE r.reverses_id = ${id})`;
const facts = (data: SQL): SQL => sql`jsonb_array_elements(${data}) d`;
const personOf = (logId: SQL): SQL =>
  sql`(SELECT i.subject_id FROM log_ids i WHERE i.log_id = ${logId} AND i.kind = 'person')`;

/** Whether a posting `p` of the reversal `e` takes back one of the reversed entry: a claim that was repaid is open again. */
const mirrored = sql`EXISTS (SELECT 1 FROM postings m WHERE m.entry_id = e.reverses_id AND m.from_id = p.to_id AND m.to_id = p.from_id)`;

/** By the check's sentence. */
export const PROJECTION_CHECKS: Record<string, Check> = {
  "the lots of an investment are its facts and its postings": check(
    "entries",
    (r) => sql`
      SELECT format('investment %s: lots, facts and postings differ', e.id) AS message FROM journal_entries e
      WHERE ${within(sql`e.id`, r)} AND e.kind = 'investment' AND (
        EXISTS ((SELECT a.owner_id, p.amount FROM postings p JOIN accounts a ON a.id = p.to_id WHERE p.entry_id = e.id AND p.asset <> 'USD')
          EXCEPT ALL (SELECT holder_id, shares_bought FROM lots WHERE entry_id = e.id))
        OR (SELECT sum(amount) FROM postings WHERE entry_id = e.id AND asset = 'USD') <> (SELECT sum((d->>'paidCents')::bigint) FROM ${facts(sql`e.data->'parts'`)}))`,
  ),
  "the lots that an entry makes are its facts": check(
    "entries",
    (r) => sql`
      SELECT format('entry %s: the lots that it made are not those of its facts', e.id) AS message FROM journal_entries e
      WHERE ${within(sql`e.id`, r)} AND e.kind IN ('investment', 'resale', 'parting') AND (
        (SELECT count(*) FROM lots WHERE entry_id = e.id) <> jsonb_array_length(e.data->'lots')
        OR EXISTS (
          (SELECT (d->>'lot')::uuid, ${personOf(sql`(d->>'holder')::uuid`)}, (d->>'shares')::bigint, (d->>'costCents')::bigint, (d->>'capCents')::bigint,
            (d->>'sunset')::date, (d->>'lockedUntil')::date, (d->>'finder')::boolean, ${reversalOf(sql`e.id`)} IS NOT NULL FROM ${facts(sql`e.data->'lots'`)})
          EXCEPT ALL (SELECT id, holder_id, shares_bought, paid_cents, cap_cents, sunset, locked_until, finder, reversed_at IS NOT NULL FROM lots WHERE entry_id = e.id)))`,
  ),
  "a sale's rows are its facts and its postings": check(
    "entries",
    (r) => sql`
      SELECT format('%s %s: its rows, facts and postings differ', e.kind, e.id) AS message FROM journal_entries e LEFT JOIN sales v ON v.entry_id = e.id
      WHERE ${within(sql`e.id`, r)} AND e.kind IN ('resale', 'parting') AND (v.entry_id IS NULL
        OR (v.kind, v.token_id, v.seller_id, v.buyer_id, v.price_cents, v.unconnected, v.apart, v.reversed_by) IS DISTINCT FROM
          (e.kind, e.about_id, ${personOf(sql`(e.data->>'seller')::uuid`)}, ${personOf(sql`(e.data->>'buyer')::uuid`)}, (e.data->>'priceCents')::bigint,
            (e.data->>'unconnected')::boolean, (e.data->>'apart')::boolean, ${reversalOf(sql`e.id`)})
        OR v.shares <> (SELECT sum(amount) FROM postings WHERE entry_id = e.id AND asset <> 'USD')
        OR v.price_cents + (SELECT COALESCE(sum((d->>'cents')::bigint), 0) FROM ${facts(sql`e.data->'ownParts'`)}) <> (SELECT sum(amount) FROM postings WHERE entry_id = e.id AND asset = 'USD')
        OR (SELECT sum((d->>'cents')::bigint) FROM ${facts(sql`e.data->'ownParts'`)}) > (e.data->>'gainCents')::bigint
        OR (SELECT sum(price_cents) FROM sold_lots WHERE entry_id = e.id) <> v.price_cents
        OR (SELECT sum(shares) FROM sold_lots WHERE entry_id = e.id) <> v.shares
        OR (SELECT count(*) FROM sold_lots WHERE entry_id = e.id) <> jsonb_array_length(e.data->'taken')
        OR EXISTS ((SELECT (d->>'lot')::uuid, (d->>'shares')::bigint, (d->>'priceCents')::bigint, (d->>'basisCents')::bigint, (d->>'carriedCents')::bigint FROM ${facts(sql`e.data->'taken'`)})
          EXCEPT ALL (SELECT lot_id, shares, price_cents, basis_cents, carried_cents FROM sold_lots WHERE entry_id = e.id))
        OR EXISTS ((SELECT (d->>'lot')::uuid, (d->>'cents')::bigint FROM ${facts(sql`e.data->'ownParts'`)})
          EXCEPT ALL (SELECT lot_id, cents FROM lot_payments WHERE entry_id = e.id AND gain_id IS NULL)))`,
  ),
  "a distribution's facts are its postings and its payments": check(
    "entries",
    (r) => sql`
      SELECT format('distribution %s: facts, postings and payments differ', e.id) AS message FROM journal_entries e
      WHERE ${within(sql`e.id`, r)} AND e.kind = 'distribution' AND (
        EXISTS ((SELECT (d->>'lot')::uuid, (d->>'cents')::bigint FROM ${facts(sql`e.data->'parts'`)})
          EXCEPT ALL (SELECT lot_id, cents FROM lot_payments WHERE entry_id = e.id AND gain_id = e.about_id))
        OR (SELECT count(*) FROM lot_payments WHERE entry_id = e.id) <> jsonb_array_length(e.data->'parts')
        OR EXISTS ((SELECT ${personOf(sql`(d->>'holder')::uuid`)}, (d->>'cents')::bigint FROM ${facts(sql`e.data->'parts'`)})
          EXCEPT ALL (SELECT a.owner_id, p.amount FROM postings p JOIN accounts a ON a.id = p.to_id WHERE p.entry_id = e.id))
        OR (SELECT count(*) FROM postings WHERE entry_id = e.id) <> jsonb_array_length(e.data->'parts'))`,
  ),
  "a reversed payment is taken back in full": check(
    "entries",
    (r) => sql`
      SELECT format('reversal %s: what it takes back is not what entry %s paid', e.id, e.reverses_id) AS message FROM journal_entries e
      WHERE ${within(sql`e.id`, r)} AND e.kind = 'reversal' AND EXISTS (
        SELECT 1 FROM (SELECT lot_id, gain_id, sum(cents) AS cents FROM lot_payments WHERE entry_id IN (e.id, e.reverses_id) GROUP BY 1, 2) y WHERE y.cents <> 0)`,
  ),
  "a gain's parts are its facts": check(
    "entries",
    (r) => sql`
      WITH standing AS (
        SELECT e.about_id AS gain, (d->>'lot')::uuid AS lot, (d->>'cents')::bigint AS cents FROM journal_entries e, ${facts(sql`e.data->'parts'`)}
        WHERE e.kind = 'gain' AND e.about_id IN (SELECT g.about_id FROM journal_entries g WHERE ${within(sql`g.id`, r)} AND g.kind = 'gain')
          AND ${reversalOf(sql`e.id`)} IS NULL
      )
      SELECT format('gain %s: parts differ from its facts', e.id) AS message FROM journal_entries e
      WHERE ${within(sql`e.id`, r)} AND e.kind = 'gain' AND (
        EXISTS ((SELECT lot, cents FROM standing WHERE gain = e.about_id) EXCEPT ALL (SELECT lot_id, cents FROM gain_parts WHERE gain_id = e.about_id))
        OR (SELECT count(*) FROM gain_parts WHERE gain_id = e.about_id) <> (SELECT count(*) FROM standing WHERE gain = e.about_id)
        OR (SELECT COALESCE(sum(cents), 0) FROM gain_parts WHERE gain_id = e.about_id) > (e.data->>'distributableCents')::bigint
        OR EXISTS (SELECT 1 FROM gain_parts g WHERE g.gain_id = e.about_id
          AND g.paid_cents <> COALESCE((SELECT sum(y.cents) FROM lot_payments y WHERE y.gain_id = g.gain_id AND y.lot_id = g.lot_id), 0)))`,
  ),
  "what counts in a token's year is what was declared and sold": check(
    "entries",
    (r) => sql`
      SELECT format('entry %s does not count in its token''s year as its facts say', e.id) AS message
      FROM journal_entries e LEFT JOIN token_gains g ON g.entry_id = e.id
      WHERE ${within(sql`e.id`, r)} AND (CASE
        WHEN e.kind = 'gain' THEN CASE WHEN g.entry_id IS NULL
          THEN NOT EXISTS (SELECT 1 FROM token_gains o WHERE o.gain_id = e.about_id AND o.entry_id < e.id)
          ELSE (g.gain_id, g.distributable_cents, g.loss_cents, g.reversed_by) IS DISTINCT FROM
            (e.about_id, (e.data->>'distributableCents')::bigint, (e.data->>'lossCents')::bigint, ${reversalOf(sql`e.id`)}) END
        WHEN e.kind IN ('resale', 'parting') THEN CASE WHEN g.entry_id IS NULL
          THEN (e.data->>'gainCents')::bigint <> 0
          ELSE (g.distributable_cents, g.gain_cents - g.loss_cents, g.reversed_by) IS DISTINCT FROM ((e.data->>'gainCents')::bigint,
            (e.data->>'priceCents')::bigint - (SELECT sum((d->>'basisCents')::bigint) FROM ${facts(sql`e.data->'taken'`)}), ${reversalOf(sql`e.id`)}) END
        ELSE g.entry_id IS NOT NULL END)`,
  ),
  "lots are what their movements, payments and sales left": check(
    "entries",
    (r) => sql`
      SELECT format('lot %s is not what its history left', l.id) AS message FROM lots l
      CROSS JOIN LATERAL (SELECT COALESCE(sum(s.cap_cents), 0) AS cap, COALESCE(sum(s.basis_cents), 0) AS basis
        FROM sold_lots s JOIN sales v ON v.entry_id = s.entry_id WHERE s.lot_id = l.id AND v.reversed_by IS NULL) sold
      WHERE ${within(sql`l.entry_id`, r)} AND (
        l.shares_left <> (SELECT COALESCE(sum(m.shares), 0) FROM lot_movements m WHERE m.lot_id = l.id)
        OR l.cap_left_cents <> CASE WHEN l.reversed_at IS NOT NULL THEN 0
          ELSE l.cap_cents - sold.cap - (SELECT COALESCE(sum(y.cents), 0) FROM lot_payments y WHERE y.lot_id = l.id) END
        OR l.cost_left_cents <> CASE WHEN l.reversed_at IS NOT NULL OR l.ended_at IS NOT NULL THEN 0 ELSE l.paid_cents - sold.basis END
        OR EXISTS (SELECT 1 FROM lot_movements m JOIN journal_entries e ON e.id = m.entry_id
          WHERE m.lot_id = l.id AND m.shares IS DISTINCT FROM CASE
            WHEN e.id = l.entry_id THEN l.shares_bought
            WHEN e.kind = 'lot_ended' THEN -(e.data->>'shares')::bigint
            WHEN e.kind IN ('resale', 'parting') THEN -(SELECT s.shares FROM sold_lots s WHERE s.lot_id = l.id AND s.entry_id = e.id)
            WHEN e.kind = 'reversal' THEN -(SELECT o.shares FROM lot_movements o WHERE o.lot_id = l.id AND o.entry_id = e.reverses_id) END)
        OR (l.ended_at IS NOT NULL) <> EXISTS (SELECT 1 FROM lot_movements m JOIN journal_entries e ON e.id = m.entry_id
          WHERE m.lot_id = l.id AND e.kind = 'lot_ended' AND e.data->>'lot' = l.id::text AND ${reversalOf(sql`e.id`)} IS NULL AND e.data->>'cause' = l.ended_cause))`,
  ),
  "a holder's lots are the holder's shares, those reserved for a sale included": check(
    "accounts",
    (r) => sql`
      SELECT format('account %s: its lots hold %s shares, not %s', a.id, held.shares, a.balance) AS message
      FROM accounts a JOIN tokens t ON a.asset = 'TOKEN:' || t.id
      CROSS JOIN LATERAL (SELECT COALESCE(sum(l.shares_left), 0) AS shares FROM lots l WHERE l.holder_id = a.owner_id AND l.token_id = t.id) held
      CROSS JOIN LATERAL (SELECT COALESCE(sum(v.shares), 0) AS shares FROM reservations v WHERE v.seller_id = a.owner_id AND v.token_id = t.id) away
      WHERE ${within(sql`a.id`, r)} AND a.purpose = 'shares' AND a.owner_id <> t.owner_id AND held.shares <> a.balance + away.shares`,
  ),
  "reserved shares wait for someone": check(
    "accounts",
    (r) => sql`
      SELECT format('account %s: %s shares are reserved for someone, %s are there', a.id, waiting.shares, a.balance) AS message FROM accounts a
      CROSS JOIN LATERAL (SELECT COALESCE(sum(v.shares), 0) AS shares FROM reservations v WHERE v.account_id = a.id) waiting
      WHERE ${within(sql`a.id`, r)} AND a.purpose = 'reserved' AND waiting.shares <> a.balance`,
  ),
  "marks are their facts, and stand as long as their entries": check(
    "entries",
    (r) => sql`
      SELECT format('mark %s is not what its entry says', e.id) AS message FROM journal_entries e LEFT JOIN marks m ON m.entry_id = e.id
      WHERE ${within(sql`e.id`, r)} AND ((e.kind = 'mark') <> (m.entry_id IS NOT NULL) OR (e.kind = 'mark' AND (
        (m.token_id, m.price_cents, m.shares, m.class, m.day, m.event, m.reversed_by) IS DISTINCT FROM (e.about_id, (e.data->>'priceCents')::bigint,
          (e.data->>'shares')::bigint, e.data->>'class', (e.data->>'date')::date, e.data->>'event', ${reversalOf(sql`e.id`)})
        OR (m.class = 'price' AND NOT EXISTS (SELECT 1 FROM journal_entries o WHERE o.log_id::text = m.event AND o.id < e.id AND o.kind IN ('investment', 'resale')))
        OR (SELECT count(*) FROM mark_counts c WHERE c.entry_id = e.id) <> jsonb_array_length(e.data->'counts')
        OR EXISTS (SELECT 1 FROM mark_counts c WHERE c.entry_id = e.id AND NOT e.data->'counts' ? (SELECT i.log_id::text FROM log_ids i WHERE i.kind = 'person' AND i.subject_id = c.holder_id)))))`,
  ),
  "a reversal mirrors its entry; what is missing is claimed": check(
    "entries",
    (r) => sql`
      SELECT format('reversal %s does not mirror entry %s', e.id, e.reverses_id) AS message FROM journal_entries e
      WHERE ${within(sql`e.id`, r)} AND e.kind = 'reversal' AND (
        EXISTS ((SELECT p.to_id, p.from_id, p.asset, p.amount FROM postings p WHERE p.entry_id = e.reverses_id AND p.asset <> 'USD')
          EXCEPT ALL (SELECT p.from_id, p.to_id, p.asset, p.amount FROM postings p WHERE p.entry_id = e.id))
        OR EXISTS (
          SELECT 1 FROM (
            SELECT a.owner_id, sum(p.amount) AS cents FROM postings p JOIN accounts a ON a.id = p.to_id
            WHERE p.entry_id = e.reverses_id AND p.asset = 'USD' AND a.purpose <> 'claim' GROUP BY 1
          ) owed FULL JOIN (
            SELECT a.owner_id, sum(p.amount) AS cents FROM postings p JOIN accounts a ON a.id = p.from_id
            WHERE p.entry_id = e.id AND p.asset = 'USD' AND NOT (a.purpose = 'claim' AND ${mirrored})
            GROUP BY 1
          ) given USING (owner_id) WHERE owed.cents IS DISTINCT FROM given.cents)
        OR EXISTS (
          (SELECT a.owner_id, b.owner_id, p.amount FROM postings p JOIN accounts a ON a.id = p.from_id AND a.purpose = 'claim' JOIN accounts b ON b.id = p.to_id
            WHERE p.entry_id = e.id AND NOT ${mirrored})
          EXCEPT ALL (SELECT debtor_id, creditor_id, cents FROM claims WHERE entry_id = e.id))
        OR (SELECT count(*) FROM claims WHERE entry_id = e.id) <> jsonb_array_length(e.data->'claims'))`,
  ),
  "claims are what was not repaid, and as much is due": check(
    "once",
    () => sql`
      WITH repaid AS (
        SELECT r.id AS entry, ${personOf(sql`(e.data->>'debtor')::uuid`)} AS debtor, sum((e.data->>'cents')::bigint) AS cents,
          COALESCE(${personOf(sql`(e.data->>'creditor')::uuid`)}, (e.data->>'creditor')::uuid) AS creditor
        FROM journal_entries e JOIN journal_entries r ON r.log_id = e.about_id WHERE e.kind = 'claim_repaid' AND ${reversalOf(sql`e.id`)} IS NULL GROUP BY 1, 2, 4
      ), owed AS (
        SELECT 'claim' AS purpose, debtor_id AS owner, -sum(cents - repaid_cents) AS cents FROM claims GROUP BY 2
        UNION ALL SELECT 'due', creditor_id, sum(cents - repaid_cents) FROM claims GROUP BY 2
      )
      SELECT format('the claim of reversal %s against %s is not what was repaid of it', c.entry_id, c.debtor_id) AS message
      FROM claims c LEFT JOIN repaid p ON p.entry = c.entry_id AND p.debtor = c.debtor_id AND p.creditor = c.creditor_id
      WHERE c.repaid_cents <> COALESCE(p.cents, 0)
      UNION ALL
      SELECT format('account %s (%s) holds %s, its claims come to %s', a.id, a.purpose, a.balance, o.cents)
      FROM accounts a LEFT JOIN owed o ON o.purpose = a.purpose AND o.owner = a.owner_id
      WHERE a.purpose IN ('claim', 'due') AND a.balance <> COALESCE(o.cents, 0)`,
  ),
  "who paid whom is what investments, payments and sales say": check(
    "entries",
    (r) => sql`
      WITH said AS (
        SELECT e.id AS entry_id, ${personOf(sql`(d->>'investor')::uuid`)} AS payer, t.owner_id AS payee, (d->>'paidCents')::bigint AS cents
        FROM journal_entries e JOIN log_ids i ON i.kind = 'token' AND i.log_id::text = e.data->>'token' JOIN tokens t ON t.id = i.subject_id, ${facts(sql`e.data->'parts'`)}
        WHERE ${within(sql`e.id`, r)} AND e.kind = 'investment'
        UNION ALL
        SELECT e.id, t.owner_id, ${personOf(sql`(d->>'holder')::uuid`)}, (d->>'cents')::bigint
        FROM journal_entries e JOIN log_ids i ON i.kind = 'token' AND i.log_id::text = e.data->>'token' JOIN tokens t ON t.id = i.subject_id, ${facts(sql`e.data->'parts'`)}
        WHERE ${within(sql`e.id`, r)} AND e.kind = 'distribution'
        UNION ALL
        SELECT e.id, ${personOf(sql`(e.data->>'buyer')::uuid`)}, ${personOf(sql`(e.data->>'seller')::uuid`)}, (e.data->>'priceCents')::bigint
        FROM journal_entries e WHERE ${within(sql`e.id`, r)} AND e.kind IN ('resale', 'parting')
        UNION ALL
        SELECT e.id, ${personOf(sql`(e.data->>'seller')::uuid`)}, ${personOf(sql`(d->>'holder')::uuid`)}, (d->>'cents')::bigint
        FROM journal_entries e, ${facts(sql`e.data->'ownParts'`)} WHERE ${within(sql`e.id`, r)} AND e.kind IN ('resale', 'parting')
      ), sums AS (
        SELECT entry_id, payer, payee, sum(cents) AS cents FROM said WHERE cents > 0 AND payer <> payee GROUP BY 1, 2, 3
      ), kept AS (
        SELECT p.entry_id, p.payer_id AS payer, p.payee_id AS payee, p.cents, p.recorded_at = e.recorded_at AS dated
        FROM person_payments p LEFT JOIN journal_entries e ON e.id = p.entry_id WHERE ${within(sql`p.entry_id`, r)}
      )
      SELECT format('entry %s: what %s paid %s is not what it says', COALESCE(s.entry_id, k.entry_id), COALESCE(s.payer, k.payer), COALESCE(s.payee, k.payee)) AS message
      FROM sums s FULL JOIN kept k ON (k.entry_id, k.payer, k.payee) = (s.entry_id, s.payer, s.payee)
      WHERE s.cents IS DISTINCT FROM k.cents OR k.dated IS NOT TRUE`,
  ),
  "declared years and joined persons are their entries": check(
    "entries",
    (r) => sql`
      SELECT format('entry %s (%s) is not projected as it stands', e.id, e.kind) AS message FROM journal_entries e
      WHERE ${within(sql`e.id`, r)} AND ((e.kind = 'nothing_declared' AND (${reversalOf(sql`e.id`)} IS NULL) <> EXISTS (
          SELECT 1 FROM nothing_declared n WHERE n.entry_id = e.id AND n.token_id = e.about_id AND n.year = (e.data->>'year')::int))
        OR (e.kind = 'same_person' AND NOT EXISTS (
          SELECT 1 FROM same_persons s WHERE s.entry_id = e.id AND s.person_id = e.about_id AND s.other_id = ${personOf(sql`(e.data->>'other')::uuid`)})))`,
  ),
  "a record's cash is what payments and sales brought": check(
    "entries",
    (r) => sql`
      WITH counted AS (
        SELECT entry_id, lot_id, kind LIKE 'distribution%' AS distributed, sum(CASE WHEN kind LIKE '%reversed' THEN -cents ELSE cents END) AS cents
        FROM record_flows WHERE ${within(sql`entry_id`, r)} GROUP BY 1, 2, 3
      ), brought AS (
        SELECT entry_id, lot_id, true AS distributed, sum(cents) AS cents FROM lot_payments WHERE ${within(sql`entry_id`, r)} GROUP BY 1, 2
        UNION ALL SELECT entry_id, lot_id, false, price_cents FROM sold_lots WHERE ${within(sql`entry_id`, r)} AND price_cents > 0
      )
      SELECT format('entry %s: the record says %s cents of lot %s, it brought %s', b.entry_id, COALESCE(c.cents, 0), b.lot_id, b.cents) AS message
      FROM brought b LEFT JOIN counted c USING (entry_id, lot_id, distributed) WHERE b.cents IS DISTINCT FROM c.cents
      UNION ALL
      SELECT format('entry %s: the cash of lot %s has another grade than its gain', f.entry_id, f.lot_id) FROM record_flows f
      WHERE ${within(sql`f.entry_id`, r)} AND f.gain_id IS NOT NULL AND (f.confirmed <> (f.grade IN ('counterparty', 'tax_transcript'))
        OR f.grade IS DISTINCT FROM (SELECT e.data->>'grade' FROM journal_entries e WHERE e.about_type = 'gain' AND e.about_id = f.gain_id
          AND e.kind IN ('gain', 'evidence') AND (e.kind = 'gain' OR ${reversalOf(sql`e.id`)} IS NULL) ORDER BY e.id DESC LIMIT 1))`,
  ),
  "a position's totals are the sums of its lots and cash": check(
    "once",
    () => sql`
      WITH signed AS (
        SELECT f.holder_id, f.token_id, l.finder, f.confirmed AND NOT f.early AS counted, f.early, f.kind LIKE 'proceeds%' AS proceeds,
          CASE WHEN f.kind LIKE '%reversed' THEN -f.cents ELSE f.cents END AS cents, CASE WHEN f.kind LIKE '%reversed' THEN -f.own_cents ELSE f.own_cents END AS own
        FROM record_flows f JOIN lots l ON l.id = f.lot_id
      ), sums AS (
        SELECT holder_id, token_id, count(*) FILTER (WHERE NOT finder) AS lots, sum(paid_cents) AS paid, 0 AS distributed, 0 AS proceeds,
          0 AS unconfirmed, 0 AS early, 0 AS own, count(*) FILTER (WHERE finder) AS stakes, 0 AS received FROM lots GROUP BY 1, 2
        UNION ALL
        SELECT holder_id, token_id, 0, 0, sum(cents) FILTER (WHERE NOT finder AND counted AND NOT proceeds), sum(cents) FILTER (WHERE NOT finder AND counted AND proceeds),
          sum(cents) FILTER (WHERE NOT finder AND NOT counted AND NOT early), sum(cents) FILTER (WHERE NOT finder AND early),
          sum(own) FILTER (WHERE NOT finder AND counted), 0, sum(cents) FILTER (WHERE finder) FROM signed GROUP BY 1, 2
      ), whole AS (
        SELECT holder_id AS person_id, token_id, ARRAY[sum(lots), sum(paid), COALESCE(sum(distributed), 0), COALESCE(sum(proceeds), 0), COALESCE(sum(unconfirmed), 0),
          COALESCE(sum(early), 0), COALESCE(sum(own), 0), sum(stakes), COALESCE(sum(received), 0)]::numeric[] AS sums FROM sums GROUP BY 1, 2
      )
      SELECT format('the totals of %s in token %s are not the sums of lots and cash', COALESCE(t.person_id, w.person_id), COALESCE(t.token_id, w.token_id)) AS message
      FROM person_totals t FULL JOIN whole w USING (person_id, token_id)
      WHERE w.sums IS DISTINCT FROM ARRAY[t.lots, t.paid_cents, t.distributed_cents, t.proceeds_cents, t.unconfirmed_cents, t.early_cents, t.own_cents,
        t.stakes, t.stakes_received_cents]::numeric[]`,
  ),
};
