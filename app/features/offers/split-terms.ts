/** One teacher of a cohort, with their part of each of its investments in hundredths of a percent. */
export type Partner = { id: string; partBps: number };
export type TermsPart = { amountCents: bigint; shares: bigint };

const WHOLE_BPS = 10_000n;

/**
 * What an offer on the cohort's standard terms begins with for each other teacher, by their agreed parts, rounded down; the
 * maker has the rest. Null for all where nothing is agreed: no partner has a part, or the maker has none.
 */
export function splitTerms(
  terms: TermsPart,
  makerId: string,
  partners: readonly Partner[],
): { maker: TermsPart; others: Map<string, TermsPart> } | null {
  const maker = partners.find(({ id }) => id === makerId);
  const others = partners.filter(({ id, partBps }) => id !== makerId && partBps > 0);
  if (!maker || maker.partBps === 0 || others.length === 0) return null;
  const partOf = (of: bigint, bps: number) => (of * BigInt(bps)) / WHOLE_BPS;
  const parts = others.map(({ id, partBps }) => ({
    id,
    amountCents: partOf(terms.amountCents, partBps),
    shares: partOf(terms.shares, partBps),
  }));
  const rest = (name: keyof TermsPart) =>
    parts.reduce((left, part) => left - part[name], terms[name]);
  return {
    maker: { amountCents: rest("amountCents"), shares: rest("shares") },
    others: new Map(parts.map(({ id, ...part }) => [id, part])),
  };
}
