import { Link } from "@remix-run/react";
import { Day, Money } from "~/components/ui/numbers";
import { Empty, Section, Table } from "~/components/ui/page";
import { Pager } from "~/components/ui/pager";
import type { getStatement } from "./statement.server";

type Lines = Awaited<ReturnType<typeof getStatement>>;

/** A balance's movements, newest first, a page at a time. */
export function Statement({ lines, olderThan, isFirstPage }: Lines & { isFirstPage: boolean }) {
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
              <Day key="day" day={line.at} />,
              line.path ? (
                <Link key="about" to={line.path}>
                  {line.text}
                </Link>
              ) : (
                line.text
              ),
              <Money key="amount" cents={line.cents} />,
              <Money key="balance" cents={line.balanceCents} />,
            ],
          }))}
        />
      )}
      <Pager
        of="Statement"
        newest={isFirstPage ? null : "/wallet#statement"}
        older={olderThan ? `/wallet?older=${olderThan}#statement` : null}
      />
    </Section>
  );
}
