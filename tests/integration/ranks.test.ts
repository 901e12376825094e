import { expect, test } from "vitest";
import { getDb } from "#db/client.server";
import { joinPersons } from "~/features/people/ties.server";
import { listRecords } from "~/features/records/get-record.server";
import { getRanks } from "~/features/records/ranks.server";
import { useDatabase } from "../setup/database";
import { must } from "../setup/deals";
import { at, call, makeHolder, makeOwner } from "../setup/sales";
import { makeBareOperator } from "../setup/settled";

useDatabase();

test("everybody who bought shares is there once: who was joined to another stands in that record alone", async () => {
  const { token } = await makeOwner();
  const bought = { shares: 100_000n, paidCents: 1_000_000n };
  const first = await makeHolder(token, { ...bought, day: "2026-01-10" });
  const company = await makeHolder(token, { ...bought, day: "2026-01-11" });
  const other = await makeHolder(token, { ...bought, day: "2026-02-15" });
  const joined = { person: first.handle, other: company.handle, reason: "Owns it." };
  must(await joinPersons(call(await makeBareOperator(), joined, at("2026-01-20"))));

  const { records } = await listRecords(getDb(), "2028-02-01");
  const paidIn = new Map(
    records.map(({ personId, record }) => [personId, record.summary.gross.paidInCents]),
  );
  expect(paidIn).toEqual(
    new Map([
      [first.id, "2000000"],
      [other.id, "1000000"],
    ]),
  );

  const ranks = await getRanks(getDb(), "2028-02-01");
  expect(ranks.get(first.id)).toEqual({ kind: "too_few_positions", positions: 1 });
  expect(ranks.get(company.id)).toEqual(ranks.get(first.id));
  expect(ranks.get(other.id)).toEqual({ kind: "too_few_positions", positions: 0 });
});
