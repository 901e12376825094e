import { getDb } from "#db/client.server";
import { getProfile } from "~/features/people/queries.server";
import { daysBetween, formatDate, utcDay } from "~/lib/dates";
import { formatIrrBasis, formatMultiple } from "~/lib/money";
import { getRecord } from "./get-record.server";
import { findRolesShown } from "./queries.server";
import { shownIrr } from "./shown-irr.server";

/** A record in few words, as cards, badges and other sites show it. `basis` is null, and figures are “not yet”, before the first investment. */
export type Headline = {
  handle: string;
  name: string;
  about: string;
  investments: number;
  dpi: string;
  tvpi: string;
  irr: string;
  median: string;
  basis: string | null;
  /** The day of the checkpoint that it stands for. */
  asOf: string;
};

/** The headline of a teacher's record as of the newest signed tree; null for who never taught or invested. */
export async function findHeadline(
  handle: string | undefined,
  now: Date,
): Promise<Headline | null> {
  const db = getDb();
  const day = utcDay(now);
  const [record, roles] = await Promise.all([
    handle ? getRecord(db, handle, day) : null,
    findRolesShown(handle),
  ]);
  if (!record || !roles.teaches) return null;
  const { summary, person, asOf } = record;
  const { investments, gross, firstInvested, valuationDate } = summary;
  const days = firstInvested ? daysBetween(firstInvested, valuationDate) : 0;
  return {
    handle: person.handle,
    name: person.displayName,
    about: (await getProfile(person.id, db)).headline,
    investments,
    dpi: formatMultiple(gross.dpi),
    tvpi: formatMultiple(gross.tvpi),
    irr: investments === 0 ? "not yet" : shownIrr(summary, days).gross,
    median: formatMultiple(summary.medianTvpi),
    basis: investments === 0 ? null : formatIrrBasis(days, investments),
    asOf: formatDate(asOf ? utcDay(new Date(asOf.signedAt)) : day),
  };
}

/** The headline as one sentence. */
export function headlineSentence({ name, dpi, tvpi, irr, basis, asOf }: Headline): string {
  return basis === null
    ? `${name} has not invested in a student yet.`
    : `${name}: DPI ${dpi} in confirmed cash, TVPI ${tvpi}, IRR ${irr}, ${basis}. As of ${asOf}, every investment counted.`;
}
