import type { ReactNode } from "react";
import { Mark } from "~/components/layout/mark";
import { SearchForm } from "~/components/layout/search-form";
import { Flash } from "~/components/ui/flash";
import { GradeBadge } from "~/components/ui/grade-badge";
import { Markdown } from "~/components/ui/markdown";
import { Day, Money, Multiple, PartOfToken } from "~/components/ui/numbers";
import { ActionLink, Badge, Empty, Facts, Table } from "~/components/ui/page";
import { PaymentBadge } from "~/components/ui/payment-badge";
import { EVIDENCE_GRADES } from "~/lib/gain-words";

/** One component with its name. */
export function Piece({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="border-t border-rule py-6">
      <h3 className="mb-3 text-ink-soft">{name}</h3>
      {children}
    </div>
  );
}

const LONG = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh of the Upper Valley";
const PAYMENTS = [
  { state: "nothing_to_pay", dueAt: "2026-12-06T09:00:00Z", paidAt: null },
  { state: "due", dueAt: "2026-12-06T09:00:00Z", paidAt: null },
  { state: "overdue", dueAt: "2026-11-06T09:00:00Z", paidAt: null },
  { state: "paid", dueAt: "2026-12-06T09:00:00Z", paidAt: "2026-11-22T09:00:00Z" },
] as const;

/** What pages are made of, but for forms and charts. */
export function PagesOfKit() {
  return (
    <>
      <Piece name="Mark, action, search">
        <div className="flex max-w-xl flex-wrap items-center gap-6">
          <Mark />
          <ActionLink to="/dev/kit">Find a cohort</ActionLink>
          <SearchForm place="page" />
        </div>
      </Piece>
      <Piece name="Said once after an action">
        <Flash>Your profile is saved.</Flash>
      </Piece>
      <Piece name="Nothing here yet">
        <Empty>You have no cohort yet. Open one, and people apply until its deadline.</Empty>
      </Piece>
      <Piece name="Badges">
        <p className="flex flex-wrap gap-2">
          <Badge>draft</Badge>
          <Badge tone="gain">admitted</Badge>
          <Badge tone="loss">overdue</Badge>
          <Badge tone="accent">due by 6 Dec 2026</Badge>
          {EVIDENCE_GRADES.map((grade) => (
            <GradeBadge key={grade} grade={grade} />
          ))}
          {PAYMENTS.map((gain) => (
            <PaymentBadge key={gain.state} gain={gain} />
          ))}
        </p>
      </Piece>
      <Numbers />
      <Piece name="Table, cards on a phone, with a long name">
        <Table
          caption="Kit rows"
          columns={[{ name: "Who" }, { name: "Since" }, { name: "Paid in", numeric: true }]}
          rows={[
            { key: "a", cells: ["Alice", <Day key="d" day="2026-11-22" />, "$66,666.67"] },
            {
              key: "b",
              cells: [
                <span key="n" className="[overflow-wrap:anywhere]">
                  {LONG}
                </span>,
                <Day key="d" day="2021-01-05" />,
                "$9,007,199,254,740.99",
              ],
            },
          ]}
        />
      </Piece>
      <Piece name="Markdown">
        <Markdown html="<h2>A heading</h2><p>Text with <strong>weight</strong>, <em>stress</em> and <a href='/rules'>a link</a>.</p><ul><li>One</li><li>Two</li></ul><blockquote><p>Said by somebody.</p></blockquote>" />
      </Piece>
    </>
  );
}

function Numbers() {
  return (
    <Piece name="Numbers">
      <Facts
        items={[
          { name: "Money", value: <Money cents="6666667" />, note: "to the cent" },
          { name: "In a headline", value: <Money cents="3400000000" whole /> },
          { name: "Below zero", value: <Money cents="-120050" /> },
          { name: "Multiple", value: <Multiple ratio="2.4" /> },
          { name: "Small", value: <Multiple ratio="0.004" /> },
          { name: "Unknown", value: <Multiple ratio={null} /> },
          { name: "Part of a token", value: <PartOfToken shares="95000" /> },
          { name: "Day", value: <Day day="2026-11-22" /> },
        ]}
      />
    </Piece>
  );
}
