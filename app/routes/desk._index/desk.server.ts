import type { Actor } from "~/auth/actor";
import { listGainsToGrade, listOverdueGains } from "~/features/gains/queries.server";
import { listClosings } from "~/features/public-log/openings.server";
import {
  countMoneyToDecide,
  listDepositsToDecide,
  listWithdrawalsToDecide,
  type Turn,
} from "~/features/treasury/desk-queries.server";
import { BASIS_NAMES } from "~/features/verification/bases";
import {
  countVerificationsToDecide,
  listVerificationsToDecide,
} from "~/features/verification/queries.server";
import { formatDate, formatFromNow } from "~/lib/dates";

type Row = {
  id: string;
  who: string;
  what: string;
  since: string;
  /** What it is about, in cents. */
  cents: string | null;
  /** Null for the operator's own case. */
  path: string | null;
  /** What this operator must know before they open it. */
  note: string | null;
};
/** One kind of thing that waits for an operator. */
export type Queue = {
  /** Its name in the desk's address. */
  slug: string;
  title: string;
  empty: string;
  count: number;
  oldest: string | null;
  rows: Row[];
};

/** Where a case is opened; an operator's own is not. */
const placeOf = (path: string, own: boolean): Pick<Row, "path" | "note"> =>
  own ? { path: null, note: "yours: another operator decides" } : { path, note: null };
const RECORDED = "you recorded it: another operator confirms";

const sinceOf = (date: Date, now: Date) => `${formatDate(date)}, ${formatFromNow(date, now)}`;
const oldestOf = (date: Date | null | undefined) => (date ? formatDate(date) : null);

/** The desk's queues, each with how many wait and since when the oldest does. */
export async function getDesk(actor: Actor, now: Date): Promise<Queue[]> {
  const [verifications, first, second, evidence, overdue, openings] = await Promise.all([
    getVerifications(actor, now),
    getMoney("first", actor, now),
    getMoney("second", actor, now),
    getEvidence(actor, now),
    getOverdue(actor, now),
    getOpenings(actor, now),
  ]);
  const [firstIn, firstOut] = first;
  const [secondIn, secondOut] = second;
  return [verifications, firstIn, secondIn, firstOut, secondOut, evidence, overdue, openings];
}

async function getVerifications(actor: Actor, now: Date): Promise<Queue> {
  const [waiting, rows] = await Promise.all([
    countVerificationsToDecide(),
    listVerificationsToDecide(),
  ]);
  return {
    slug: "investors",
    title: "Investors to verify",
    empty: "Nobody waits to be verified as an investor.",
    count: waiting.waiting,
    oldest: oldestOf(waiting.since),
    rows: rows.map((row) => ({
      id: row.id,
      who: row.displayName,
      what: BASIS_NAMES[row.basis],
      since: sinceOf(row.requestedAt, now),
      cents: null,
      ...placeOf(`/desk/verifications/${row.id}`, row.personId === actor.id),
    })),
  };
}

const MONEY: Record<Turn, { ins: [string, string]; outs: [string, string] }> = {
  first: {
    ins: ["Deposits to record", "No announced deposit waits for a first operator."],
    outs: ["Withdrawals to pay", "No withdrawal waits to be paid."],
  },
  second: {
    ins: ["Deposits to confirm", "No recorded deposit waits for a second operator."],
    outs: ["Payments to confirm", "No recorded payment waits for a second operator."],
  },
};

/** What of the money in and out waits for a first operator, or for a second. */
async function getMoney(turn: Turn, actor: Actor, now: Date): Promise<[Queue, Queue]> {
  const [money, deposits, withdrawals] = await Promise.all([
    countMoneyToDecide(turn),
    listDepositsToDecide(turn),
    listWithdrawalsToDecide(turn),
  ]);
  const common = (row: (typeof deposits)[number] | (typeof withdrawals)[number], path: string) => ({
    id: row.id,
    who: row.displayName,
    since: sinceOf(row.requestedAt, now),
    cents: String(row.amountCents),
    ...placeOf(path, row.personId === actor.id),
    ...(row.firstBy === actor.id ? { note: RECORDED } : {}),
  });
  const { ins, outs } = MONEY[turn];
  return [
    {
      slug: `deposits-${turn}`,
      title: ins[0],
      empty: ins[1],
      count: money.deposits.waiting,
      oldest: oldestOf(money.deposits.since),
      rows: deposits.map((row) => ({
        ...common(row, `/desk/deposits/${row.id}`),
        what: row.reference,
      })),
    },
    {
      slug: `withdrawals-${turn}`,
      title: outs[0],
      empty: outs[1],
      count: money.withdrawals.waiting,
      oldest: oldestOf(money.withdrawals.since),
      rows: withdrawals.map((row) => ({
        ...common(row, `/desk/withdrawals/${row.id}`),
        what: turn === "first" ? "Pay from escrow" : "See that it was paid",
      })),
    },
  ];
}

/** Openings of the log that one operator asked to take away. */
async function getOpenings(actor: Actor, now: Date): Promise<Queue> {
  const waiting = (await listClosings()).filter(({ closedAt }) => closedAt === null);
  const oldest = waiting.map(({ firstAt }) => firstAt).sort((a, b) => a.getTime() - b.getTime())[0];
  return {
    slug: "openings",
    title: "Openings to take away",
    empty: "No opening of the log waits for a second operator.",
    count: waiting.length,
    oldest: oldestOf(oldest),
    rows: waiting.map(({ entryId, firstBy, firstById, firstAt, kind }) => ({
      id: entryId,
      who: firstBy,
      what: kind.replaceAll("_", " "),
      since: sinceOf(firstAt, now),
      cents: null,
      path: firstById === actor.id ? "/desk/openings" : `/desk/openings?entry=${entryId}`,
      note: firstById === actor.id ? "you asked: another operator decides" : null,
    })),
  };
}

async function getEvidence(actor: Actor, now: Date): Promise<Queue> {
  const gains = await listGainsToGrade();
  const declared = gains.map((gain) => new Date(gain.declaredAt));
  return {
    slug: "evidence",
    title: "Evidence to grade",
    empty: "Every declared gain has been graded.",
    count: gains.length,
    oldest: oldestOf(declared.sort((a, b) => a.getTime() - b.getTime())[0]),
    rows: gains.map((row) => ({
      id: row.id,
      who: row.ownerName,
      what: row.company,
      since: sinceOf(new Date(row.declaredAt), now),
      cents: String(row.distributableCents),
      ...placeOf(`/desk/gains/${row.id}`, row.ownerId === actor.id),
    })),
  };
}

async function getOverdue(actor: Actor, now: Date): Promise<Queue> {
  const gains = await listOverdueGains(now);
  return {
    slug: "overdue",
    title: "Overdue distributions",
    empty: "Every holder’s part that is due has been paid.",
    count: gains.length,
    oldest: oldestOf(gains[0]?.dueAt),
    rows: gains.map((row) => ({
      id: row.id,
      who: row.ownerName,
      what: row.company,
      since: `due ${sinceOf(row.dueAt, now)}`,
      cents: String(row.unpaidCents),
      ...placeOf(`/desk/gains/${row.id}`, row.ownerId === actor.id),
    })),
  };
}
