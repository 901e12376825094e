import { Mark } from "~/components/layout/mark";
import { SearchForm } from "~/components/layout/search-form";
import { Breadcrumbs } from "~/components/ui/breadcrumbs";
import { Flash } from "~/components/ui/flash";
import { GradeBadge } from "~/components/ui/grade-badge";
import { Markdown } from "~/components/ui/markdown";
import { Notice } from "~/components/ui/notice";
import { ActionLink, Badge, Empty } from "~/components/ui/page";
import { NumberedPages, Pager } from "~/components/ui/pager";
import { PaymentBadge } from "~/components/ui/payment-badge";
import { Tabs } from "~/components/ui/tabs";
import { EVIDENCE_GRADES } from "~/lib/gain-words";
import { KitDialog } from "./dialog";
import { FiguresOfKit } from "./figures";
import { FindingOfKit } from "./finding";
import { LONG, Piece } from "./piece";

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
      <WayFinding />
      <FindingOfKit />
      <Said />
      <Badges />
      <FiguresOfKit />
      <Piece name="Markdown">
        <Markdown html="<h2>A heading</h2><p>Text with <strong>weight</strong>, <em>stress</em> and <a href='/rules'>a link</a>.</p><ul><li>One</li><li>Two</li></ul><blockquote><p>Said by somebody.</p></blockquote>" />
      </Piece>
    </>
  );
}

function WayFinding() {
  return (
    <>
      <Piece name="Breadcrumbs">
        <Breadcrumbs label="A short way" trail={[{ to: "/desk", name: "Desk" }]} />
        <Breadcrumbs
          label="A long way"
          trail={[
            { to: "/cohorts", name: "Cohorts" },
            { to: "/dev/kit", name: LONG },
            { to: "/dev/kit#space", name: "Learning space" },
          ]}
        />
      </Piece>
      <Piece name="Tabs">
        <Tabs
          label="Kit tabs"
          tabs={[
            { to: "/dev/kit", name: "All that waits", current: true },
            { to: "/dev/kit?tab=2", name: "Deposits to record", current: false, count: 3 },
            { to: "/dev/kit?tab=3", name: "Evidence to grade", current: false, count: 0 },
          ]}
        />
      </Piece>
      <Piece name="Pager: first page, between, last, numbered">
        <Pager of="Kit, first page" newest={null} older="/dev/kit?older=2" />
        <Pager of="Kit, between" newest="/dev/kit" older="/dev/kit?older=3" />
        <Pager of="Kit, last page" newest="/dev/kit" older={null} />
        <NumberedPages of="Kit" page={4} pages={12} to={(page) => `/dev/kit?page=${page}`} />
      </Piece>
    </>
  );
}

function Said() {
  return (
    <>
      <Piece name="Said once after an action">
        <Flash>Your profile is saved.</Flash>
      </Piece>
      <Piece name="To know before going on: plain, good, bad">
        <Notice>Another operator must confirm it.</Notice>
        <Notice tone="gain">A new link is on its way.</Notice>
        <Notice tone="loss">Nothing can be taken out until 25 Nov 2026, 12:00 UTC.</Notice>
      </Piece>
      <Piece name="Nothing here yet">
        <Empty>You have no cohort yet. Open one, and people apply until its deadline.</Empty>
      </Piece>
      <Piece name="Dialog">
        <KitDialog />
      </Piece>
    </>
  );
}

function Badges() {
  return (
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
  );
}
