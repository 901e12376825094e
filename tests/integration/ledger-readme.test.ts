import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { getDb } from "#db/client.server";
import * as entries from "~/ledger/entries";
import { getLogId } from "~/ledger/read.server";
import { formatCents, formatShares } from "~/lib/money";
import {
  actAt,
  giveCash,
  makeBareOffer,
  makeBarePerson,
  makeToken,
  mustPost,
  START,
} from "../setup/book";
import { useDatabase } from "../setup/database";

useDatabase();
const later = (days: number) => actAt(new Date(START.getTime() + days * 864e5));

/** The book as the README shows it: kind, amount, from → to. */
async function writeDown(names: Record<string, string>): Promise<string> {
  const rows = await getDb().execute<{
    kind: string;
    position: number | null;
    asset: string;
    amount: string;
    from: string;
    from_owner: string;
    to: string;
    to_owner: string;
  }>(sql`
    SELECT e.kind, p.position, p.asset, p.amount::text, f.purpose AS "from", f.owner_id AS from_owner, t.purpose AS "to", t.owner_id AS to_owner
    FROM journal_entries e LEFT JOIN postings p ON p.entry_id = e.id LEFT JOIN accounts f ON f.id = p.from_id LEFT JOIN accounts t ON t.id = p.to_id
    ORDER BY e.id, p.position`);
  const end = (purpose: string, owner: string) =>
    names[owner] ? `${purpose}/${names[owner]}` : purpose;
  return rows
    .map((row) => {
      if (row.position === null) return row.kind;
      const amount = row.asset === entries.USD ? formatCents(row.amount) : formatShares(row.amount);
      const kind = row.position === 0 ? row.kind : "";
      return `${kind.padEnd(14)}${amount.padStart(15)}  ${end(row.from, row.from_owner)} → ${end(row.to, row.to_owner)}`;
    })
    .join("\n");
}

it("the worked example of the room's README is what the book says", async () => {
  const [bo, cy] = [await makeBarePerson(), await makeBarePerson()];
  const logId = (id: string) => getLogId(getDb(), "person", id);
  await giveCash(bo, 6_666_667n);
  const token = await makeToken();
  const offer = await makeBareOffer(token, [
    { investorId: bo, amountCents: 6_666_667n, shares: 100_000n },
  ]);
  const [part] = offer.parts;
  if (!part) throw new Error("no part");
  await mustPost(entries.offerFunded(later(1), part));
  const deal = { tokenId: token.id, tokenLogId: token.logId, ownerId: token.ownerId };
  const held = [
    { holderId: bo, holderLogId: await logId(bo), shares: 95_000n },
    { holderId: cy, holderLogId: await logId(cy), shares: 5_000n },
  ];
  await mustPost(
    entries.offerSigned(later(2), { ...deal, id: offer.id, shares: 100_000n, reservations: held }),
  );
  const lots = held.map((h, i) => ({
    ...h,
    lotId: randomUUID(),
    costCents: i === 0 ? 6_666_667n : 0n,
    capCents: null,
    sunset: null,
    lockedUntil: null,
    finder: i === 1,
  }));
  await mustPost(
    entries.investmentSettled(later(9), {
      ...deal,
      offerId: offer.id,
      tokenHandle: "alice",
      cohortSlug: null,
      parts: [
        { ...part, investorLogId: part.logId, shares: 100_000n, stakeShares: 5_000n, apart: false },
      ],
      lots,
    }),
  );
  await giveCash(token.ownerId, 300_000_000n, new Date(START.getTime() + 300 * 864e5));
  const parts = lots.map((l) => ({
    ...l,
    cents: (300_000_000n * l.shares) / entries.TOKEN_SHARES,
  }));
  const gain = {
    ...deal,
    id: randomUUID(),
    recordInstant: new Date(START.getTime() + 299 * 864e5),
    proceedsCents: 300_000_000n,
    basisCents: 0n,
    costsCents: 0n,
    lossCents: 0n,
    distributableCents: 300_000_000n,
    grade: "self_reported",
    parts,
  };
  await mustPost(entries.gainDeclared(later(301), gain));
  await mustPost(entries.gainDistributed(later(302), gain));
  await mustPost(entries.evidenceGraded(later(303), { id: gain.id, grade: "transcript" }));

  const readme = readFileSync(new URL("../../app/ledger/README.md", import.meta.url), "utf8");
  const example = readme.match(/```text\n([\s\S]*?)\n```/)?.[1];
  const names = {
    [bo]: "bo",
    [cy]: "cy",
    [token.ownerId]: "alice",
    [part.id]: "part",
    [offer.id]: "offer",
  };
  expect(await writeDown(names)).toBe(example);
});
