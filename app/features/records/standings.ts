/** Where each record stands among all (T26): the rank, or why there is none. */
import { qualifyingPositions, type Ranked, rankTeachers } from "~/ledger/rank";
import type { RecordSummary } from "~/ledger/returns";
import { policy } from "~/policy";

/**
 * A rank and its estimate in ln(1 + DPI) beyond the usual of its vintages (six decimals, with its 95% interval), among `of`;
 * or why nobody can tell. `positions` are those that qualify.
 */
export type Standing = { positions: number } & (
  | ({ kind: "ranked"; of: number } & Pick<Ranked, "rank" | "estimate" | "low" | "high">)
  | { kind: "too_few_positions" }
  | { kind: "too_few_teachers"; teachers: number }
  | { kind: "no_difference" }
);
export type Standings = ReadonlyMap<string, Standing>;

/** Whose record has no qualifying position, or no investment at all. */
export const UNRANKED: Standing = { kind: "too_few_positions", positions: 0 };

/** The standing of each record, under every id of its person. */
export function standingsOf(
  records: readonly { personId: string; ids: readonly string[]; summary: RecordSummary }[],
): Standings {
  const all = records.map((record) => ({
    ...record,
    positions: qualifyingPositions(record.personId, record.summary),
  }));
  const enough = all.filter(
    ({ positions }) => positions.length >= policy.rankedFrom.value.positions,
  );
  const ranked = new Map(
    rankTeachers(all.flatMap(({ positions }) => positions)).map((one) => [one.person, one]),
  );
  const standingOf = (personId: string, positions: number): Standing => {
    const found = ranked.get(personId);
    if (found) {
      const { rank, estimate, low, high } = found;
      return { kind: "ranked", positions, of: ranked.size, rank, estimate, low, high };
    }
    if (positions < policy.rankedFrom.value.positions)
      return { kind: "too_few_positions", positions };
    if (enough.length < policy.rankedFrom.value.teachers)
      return { kind: "too_few_teachers", positions, teachers: enough.length };
    return { kind: "no_difference", positions };
  };
  return new Map(
    all.flatMap(({ personId, ids, positions }) => {
      const standing = standingOf(personId, positions.length);
      return ids.map((id) => [id, standing] as const);
    }),
  );
}
