import { getDb } from "#db/client.server";
import type { Actor } from "~/auth/actor";
import { listStatement } from "~/ledger/read.server";
import { listOffersAbout } from "./queries.server";

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
type Words = (about: About, isIn: boolean) => string;
const student = (about: About): string => about?.student ?? "a student";

const WORDS: Record<string, Words> = {
  deposit: () => "Deposit arrived",
  withdrawal_requested: () => "Withdrawal asked for: moved to escrow",
  withdrawal_refused: () => "Withdrawal refused: back in your balance",
  offer_funded: (about) => `Offer to ${student(about)}: moved to escrow`,
  offer_refunded: (about) => `Offer to ${student(about)} ended unsigned: back in your balance`,
  offer_left: (about) => `Agreement with ${student(about)} was left: back in your balance`,
  investment: () => "Investment settled: the price for shares of your token",
  distribution: (_, isIn) =>
    isIn ? "Distribution of a gain to you" : "Distribution of your gain to your holders",
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
  const lines = shown.map((row) => {
    const about = offers.get(row.aboutId);
    return {
      key: String(row.version),
      at: row.recordedAt.toISOString(),
      text: WORDS[row.kind]?.(about, row.amount > 0n) ?? row.kind.replaceAll("_", " "),
      path: pathOf(row.aboutType, row.aboutId, about),
      cents: String(row.amount),
      balanceCents: String(row.balance),
    };
  });
  return { lines, olderThan: rows.length > limit ? String(shown.at(-1)?.version) : null };
}

function pathOf(aboutType: string, aboutId: string, about: About): string | null {
  if (about) return `/offers/${about.offerId}`;
  return aboutType === "gain" ? `/gains/${aboutId}` : null;
}
