import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { requirePerson } from "~/auth/session.server";
import { Day, Money } from "~/components/ui/numbers";
import { ActionLink, Facts, PageHead, Section, Table } from "~/components/ui/page";
import { HeldNotice } from "~/features/treasury/held-notice";
import { getHold } from "~/features/treasury/hold.server";
import { getWallet, listDepositsOf, listWithdrawalsOf } from "~/features/treasury/queries.server";
import { StateBadge } from "~/features/treasury/state-badge";
import { Statement } from "~/features/treasury/statement";
import { getStatement } from "~/features/treasury/statement.server";
import { formatCents } from "~/lib/money";

export const meta: MetaFunction = () => [{ title: "Wallet · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const asked = new URL(request.url).searchParams;
  const older = asked.get("older");
  const shown = <R extends { state: string }>(rows: readonly R[]) =>
    asked.has("all") ? rows : latest(rows);
  const [wallet, heldUntil, statement, deposits, withdrawals] = await Promise.all([
    getWallet(actor),
    getHold(actor.id, getClock().now()),
    getStatement(actor, { olderThan: older }),
    listDepositsOf(actor, MOST_LISTED),
    listWithdrawalsOf(actor, MOST_LISTED),
  ]);
  return {
    heldUntil,
    cashCents: String(wallet.cashCents),
    escrowCents: String(wallet.escrowCents),
    escrowNote: `${formatCents(wallet.offerCents)} in offers, ${formatCents(wallet.withdrawalCents)} in withdrawals`,
    held: wallet.held.map((row) => ({
      offerId: row.offerId,
      student: row.student,
      cents: String(row.cents ?? 0n),
      signed: row.state === "signed",
    })),
    statement,
    isFirstPage: older === null,
    depositCount: deposits.length,
    withdrawalCount: withdrawals.length,
    deposits: shown(deposits).map((row) => ({
      id: row.id,
      state: row.state,
      cents: String(row.arrivedCents ?? row.amountCents),
      note: `Reference ${row.reference}`,
      reason: row.reason,
      on: row.requestedAt.toISOString(),
    })),
    withdrawals: shown(withdrawals).map((row) => ({
      id: row.id,
      state: row.state,
      cents: String(row.amountCents),
      note: `To ${row.destination}`,
      reason: row.reason,
      on: row.requestedAt.toISOString(),
    })),
  };
}

/** What waits for an operator, and the latest few of the rest: what has arrived or left stands in the statement. */
function latest<R extends { state: string }>(rows: readonly R[]): R[] {
  const waits = rows.filter((row) => row.state === "requested");
  return [...waits, ...rows.filter((row) => row.state !== "requested").slice(0, SETTLED_SHOWN)];
}
const SETTLED_SHOWN = 3;
const MOST_LISTED = 500;

export default function Wallet() {
  const wallet = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="Wallet" />
      <Facts
        items={[
          {
            name: "Balance",
            value: <Money cents={wallet.cashCents} plain />,
            note: "yours to use or take out",
          },
          {
            name: "In escrow",
            value: <Money cents={wallet.escrowCents} />,
            note: wallet.escrowNote,
          },
        ]}
      />
      {wallet.heldUntil ? <HeldNotice until={wallet.heldUntil} /> : null}
      <p className="mt-8 flex flex-wrap items-center gap-6">
        <ActionLink to="/wallet/deposit">Announce a deposit</ActionLink>
        <Link to="/wallet/withdraw">Take money out</Link>
        <Link to="/invest/verification">Your verification as an investor</Link>
      </p>
      {wallet.held.length > 0 ? (
        <Section title="Waiting in escrow for your offers">
          <Table
            caption="Money in escrow, by offer"
            columns={[{ name: "Offer to" }, { name: "Stands" }, { name: "Amount", numeric: true }]}
            rows={wallet.held.map((row) => ({
              key: row.offerId,
              cells: [
                <Link key="offer" to={`/offers/${row.offerId}`}>
                  {row.student}
                </Link>,
                row.signed ? "Signed, in its cooling-off days" : "Open",
                <Money key="amount" cents={row.cents} />,
              ],
            }))}
          />
        </Section>
      ) : null}
      <Moves title="Deposits" rows={wallet.deposits} count={wallet.depositCount} />
      <Moves title="Withdrawals" rows={wallet.withdrawals} count={wallet.withdrawalCount} />
      <Statement {...wallet.statement} isFirstPage={wallet.isFirstPage} />
    </>
  );
}

type Move = {
  id: string;
  state: string;
  cents: string;
  note: string;
  reason: string | null;
  on: string;
};

function Moves({ title, rows, count }: { title: string; rows: Move[]; count: number }) {
  if (rows.length === 0) return null;
  return (
    <Section title={title} id={title.toLowerCase()}>
      <Table
        caption={title}
        columns={[
          { name: "Asked on" },
          { name: "For" },
          { name: "State" },
          { name: "Amount", numeric: true },
        ]}
        rows={rows.map((row) => ({
          key: row.id,
          cells: [
            <Day key="on" day={row.on} />,
            <span key="note" className="[overflow-wrap:anywhere]">
              {row.note}
              {row.reason ? <span className="block text-sm">{row.reason}</span> : null}
            </span>,
            <StateBadge key="state" state={row.state} />,
            <Money key="amount" cents={row.cents} />,
          ],
        }))}
      />
      {rows.length < count ? (
        <p className="mt-4">
          Those that wait and the latest others.{" "}
          <Link to={`?all#${title.toLowerCase()}`}>
            Show all {count} {title.toLowerCase()}
          </Link>
        </p>
      ) : null}
    </Section>
  );
}
