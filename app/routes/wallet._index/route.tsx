import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { requirePerson } from "~/auth/session.server";
import { ActionLink, Empty, Facts, PageHead, Section, Table } from "~/components/ui/page";
import { HeldNotice } from "~/features/treasury/held-notice";
import { getHold } from "~/features/treasury/hold.server";
import { getWallet, listDepositsOf, listWithdrawalsOf } from "~/features/treasury/queries.server";
import { StateBadge } from "~/features/treasury/state-badge";
import { getStatement } from "~/features/treasury/statement.server";
import { formatDate } from "~/lib/dates";
import { formatCents } from "~/lib/money";

export const meta: MetaFunction = () => [{ title: "Wallet · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const older = new URL(request.url).searchParams.get("older");
  const [wallet, heldUntil, statement, deposits, withdrawals] = await Promise.all([
    getWallet(actor),
    getHold(actor.id, getClock().now()),
    getStatement(actor, { olderThan: older }),
    listDepositsOf(actor),
    listWithdrawalsOf(actor),
  ]);
  return {
    heldUntil,
    cash: formatCents(wallet.cashCents),
    escrow: formatCents(wallet.escrowCents),
    escrowNote: `${formatCents(wallet.offerCents)} in offers, ${formatCents(wallet.withdrawalCents)} in withdrawals`,
    held: wallet.held.map((row) => ({
      offerId: row.offerId,
      student: row.student,
      amount: formatCents(row.cents ?? 0n),
      signed: row.state === "signed",
    })),
    statement,
    isFirstPage: older === null,
    deposits: deposits.map((row) => ({
      id: row.id,
      state: row.state,
      amount: formatCents(row.arrivedCents ?? row.amountCents),
      note: `Reference ${row.reference}`,
      reason: row.reason,
      on: formatDate(row.requestedAt),
    })),
    withdrawals: withdrawals.map((row) => ({
      id: row.id,
      state: row.state,
      amount: formatCents(row.amountCents),
      note: `To ${row.destination}`,
      reason: row.reason,
      on: formatDate(row.requestedAt),
    })),
  };
}

export default function Wallet() {
  const wallet = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="Wallet" />
      <Facts
        items={[
          { name: "Balance", value: wallet.cash, note: "yours to use or take out" },
          { name: "In escrow", value: wallet.escrow, note: wallet.escrowNote },
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
                row.amount,
              ],
            }))}
          />
        </Section>
      ) : null}
      <Moves title="Deposits" rows={wallet.deposits} />
      <Moves title="Withdrawals" rows={wallet.withdrawals} />
      <Statement {...wallet.statement} isFirstPage={wallet.isFirstPage} />
    </>
  );
}

type Move = {
  id: string;
  state: string;
  amount: string;
  note: string;
  reason: string | null;
  on: string;
};

function Moves({ title, rows }: { title: string; rows: Move[] }) {
  if (rows.length === 0) return null;
  return (
    <Section title={title}>
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
            row.on,
            <span key="note" className="[overflow-wrap:anywhere]">
              {row.note}
              {row.reason ? <span className="block text-sm">{row.reason}</span> : null}
            </span>,
            <StateBadge key="state" state={row.state} />,
            row.amount,
          ],
        }))}
      />
    </Section>
  );
}

type Lines = Awaited<ReturnType<typeof getStatement>>;

function Statement({ lines, olderThan, isFirstPage }: Lines & { isFirstPage: boolean }) {
  return (
    <Section title="Statement" id="statement">
      {lines.length === 0 ? (
        <Empty>
          Nothing has moved yet. When an operator has confirmed your first deposit, it stands here
          with the balance after it.
        </Empty>
      ) : (
        <Table
          caption="Movements of your balance, newest first"
          columns={[
            { name: "Day" },
            { name: "What happened" },
            { name: "Amount", numeric: true },
            { name: "Balance after it", numeric: true },
          ]}
          rows={lines.map((line) => ({
            key: line.key,
            cells: [
              formatDate(new Date(line.at)),
              line.path ? (
                <Link key="about" to={line.path}>
                  {line.text}
                </Link>
              ) : (
                line.text
              ),
              formatCents(line.cents),
              formatCents(line.balanceCents),
            ],
          }))}
        />
      )}
      <p className="mt-4 flex gap-6">
        {isFirstPage ? null : <Link to="/wallet#statement">Newest</Link>}
        {olderThan ? <Link to={`/wallet?older=${olderThan}#statement`}>Older</Link> : null}
      </p>
    </Section>
  );
}
