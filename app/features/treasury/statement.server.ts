import { getDb } from "#db/client.server";
import type { Actor } from "~/auth/actor";
import { listStatement } from "~/ledger/read.server";
import { listGainsAbout, listOffersAbout } from "./queries.server";

/** One movement of a person's cash, as it is read. Cents as text, negative when money left. */
export type StatementEntry = {
  key: string;
  at: string;
  text: string;
  path: string | null;
  cents: string;
  balanceCents: string;
};

type About = { offerId: string; student: string } | undefined;
type AboutGain = { ownerId: string; owner: string; handle: string } | undefined;
type Words = (about: About, isIn: boolean, gain: AboutGain) => string;
const student = (about: About): string => about?.student ?? "a student";

const WORDS: Record<string, Words> = {
  deposit: () => "Deposit arrived",
  withdrawal_requested: () => "Withdrawal asked for: moved to escrow",
  withdrawal_refused: () => "Withdrawal refused: back in your balance",
  offer_funded: (about) => `Offer to ${student(about)}: moved to escrow`,
  offer_refunded: (about) => `Offer to ${student(about)} ended unsigned: back in your balance`,
  offer_left: (about) => `Agreement with ${student(about)} was left: back in your balance`,
  investment: () => "Investment settled: the price for shares of your token",
  distribution: (_, isIn, gain) =>
    isIn
      ? `Your part of a gain of ${gain?.owner ?? "a student"}`
      : "Your holders’ parts of your gain: paid to them",
  resale_funded: () => "Shares that you want to buy: the price moved to escrow",
  resale_returned: () => "Shares that you did not get to buy: back in your balance",
  resale: (_, isIn) =>
    isIn ? "Shares of a token sold" : "Your holders’ parts of a resale: paid to them",
  parting: (_, isIn) =>
    isIn ? "Parted ways: the price of your shares" : "Parted ways: a holder bought out",
  reversal: (_, isIn) =>
    isIn ? "An entry reversed: back in your balance" : "An entry reversed: taken back",
  claim_repaid: (_, isIn) =>
    isIn ? "A debt after a reversal paid to you" : "Your debt after a reversal paid",
};

/** The latest movements of a person's own cash, newest first; `olderThan` of one page asks for the next. */
export async function getStatement(
  actor: Actor,
  page: { limit?: number; olderThan?: string | null } = {},
): Promise<{ lines: StatementEntry[]; olderThan: string | null }> {
  const limit = page.limit ?? 30;
  const before =
    page.olderThan && /^\d{1,18}$/.test(page.olderThan)
      ? { beforeVersion: BigInt(page.olderThan) }
      : {};
  const rows = await listStatement(
    getDb(),
    { purpose: "cash", owner: actor.id },
    { limit: limit + 1, ...before },
  );
  const shown = rows.slice(0, limit);
  const offers = await listOffersAbout(
    shown.filter((row) => row.aboutType.startsWith("offer")).map((row) => row.aboutId),
  );
  const gains = await listGainsAbout(
    shown.filter((row) => row.aboutType === "gain").map((row) => row.aboutId),
  );
  const lines = shown.map((row) => {
    const about = offers.get(row.aboutId);
    const gain = gains.get(row.aboutId);
    return {
      key: String(row.version),
      at: row.recordedAt.toISOString(),
      text: WORDS[row.kind]?.(about, row.amount > 0n, gain) ?? row.kind.replaceAll("_", " "),
      path: about ? `/offers/${about.offerId}` : gainPath(actor, row.aboutId, gain),
      cents: String(row.amount),
      balanceCents: String(row.balance),
    };
  });
  return { lines, olderThan: rows.length > limit ? String(shown.at(-1)?.version) : null };
}

/** One's own gain has its page; another's stands on that person's public page. */
function gainPath(actor: Actor, gainId: string, gain: AboutGain): string | null {
  if (!gain) return null;
  return gain.ownerId === actor.id ? `/gains/${gainId}` : `/people/${gain.handle}`;
}
