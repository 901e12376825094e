import type { Actor } from "~/auth/actor";
import { listGainsToGrade } from "~/features/gains/queries.server";
import {
  countMoneyToDecide,
  listDepositsToDecide,
  listWithdrawalsToDecide,
} from "~/features/treasury/desk-queries.server";
import { BASIS_NAMES } from "~/features/verification/bases";
import {
  countVerificationsToDecide,
  listVerificationsToDecide,
} from "~/features/verification/queries.server";
import { formatDate, formatFromNow } from "~/lib/dates";
import { formatCents } from "~/lib/money";

type Row = {
  id: string;
  who: string;
  what: string;
  since: string;
  amount: string | null;
  path: string;
  own: boolean;
};
/** One kind of thing that waits for an operator. */
export type Queue = {
  title: string;
  empty: string;
  count: number;
  oldest: string | null;
  rows: Row[];
};

/** The desk's queues, each with how many wait and since when the oldest does. */
export async function getDesk(actor: Actor, now: Date): Promise<Queue[]> {
  const [verifications, asked, money, deposits, withdrawals, gains] = await Promise.all([
    countVerificationsToDecide(),
    listVerificationsToDecide(),
    countMoneyToDecide(),
    listDepositsToDecide(),
    listWithdrawalsToDecide(),
    listGainsToGrade(),
  ]);
  const since = (date: Date) => `${formatDate(date)}, ${formatFromNow(date, now)}`;
  const oldest = (date: Date | null | undefined) => (date ? formatFromNow(date, now) : null);
  const declared = gains.map((gain) => new Date(gain.declaredAt));
  return [
    {
      title: "Investors to verify",
      empty: "Nobody waits to be verified as an investor.",
      count: verifications.waiting,
      oldest: oldest(verifications.since),
      rows: asked.map((row) => ({
        id: row.id,
        who: row.displayName,
        what: BASIS_NAMES[row.basis],
        since: since(row.requestedAt),
        amount: null,
        path: `/desk/verifications/${row.id}`,
        own: row.personId === actor.id,
      })),
    },
    {
      title: "Deposits to confirm",
      empty: "No announced deposit waits.",
      count: money.deposits.waiting,
      oldest: oldest(money.deposits.since),
      rows: deposits.map((row) => ({
        id: row.id,
        who: row.displayName,
        what: row.reference,
        since: since(row.requestedAt),
        amount: formatCents(row.amountCents),
        path: `/desk/deposits/${row.id}`,
        own: row.personId === actor.id,
      })),
    },
    {
      title: "Withdrawals to pay",
      empty: "No withdrawal waits to be paid.",
      count: money.withdrawals.waiting,
      oldest: oldest(money.withdrawals.since),
      rows: withdrawals.map((row) => ({
        id: row.id,
        who: row.displayName,
        what: "Pay from escrow",
        since: since(row.requestedAt),
        amount: formatCents(row.amountCents),
        path: `/desk/withdrawals/${row.id}`,
        own: row.personId === actor.id,
      })),
    },
    {
      title: "Evidence to grade",
      empty: "Every declared gain has been graded.",
      count: gains.length,
      oldest: oldest(declared.sort((a, b) => a.getTime() - b.getTime())[0]),
      rows: gains.map((row) => ({
        id: row.id,
        who: row.ownerName,
        what: row.company,
        since: since(new Date(row.declaredAt)),
        amount: formatCents(row.distributableCents),
        path: `/desk/gains/${row.id}`,
        own: row.ownerId === actor.id,
      })),
    },
  ];
}
