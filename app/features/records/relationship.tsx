import { Link } from "@remix-run/react";
import { Notice } from "~/components/ui/notice";
import { PartOfToken } from "~/components/ui/numbers";
import { Empty, Facts } from "~/components/ui/page";
import { Opens } from "./opens";
import type { Shown } from "./shown";

/** Students still held, and how shares left the record: sold on, bought out, ended, reversed. */
export function Relationship({
  held,
  exits,
}: {
  held: { now: Shown; of: number };
  exits: readonly { name: string; note: string; value: Shown }[];
}) {
  return (
    <Facts
      items={[
        {
          name: "Students still held",
          value: (
            <>
              <Opens name="students still held" figure={held.now} /> of {held.of}
            </>
          ),
          note: "some of their shares at least",
        },
        ...exits.map(({ name, note, value }) => ({
          name,
          value: <Opens name={name} figure={value} />,
          note,
        })),
      ]}
    />
  );
}

type Kept = {
  declared: number;
  declaredInTime: number;
  owed: number;
  paidInTime: number;
  overdue: number;
};

/** Reversals, what is owed since them, and how this person kept what they owe to their own holders; bad news first. */
export function Conduct({
  conduct,
  name,
  handle,
}: {
  conduct: { reversed: number; owed: string | null; kept: Kept | null };
  name: string;
  handle: string;
}) {
  const { reversed, owed, kept } = conduct;
  const overdue = kept?.overdue ?? 0;
  if (!reversed && !owed && !kept)
    return (
      <Empty>
        No investment of this record was reversed, and {name} has no sale of their own to answer
        for.
      </Empty>
    );
  return (
    <ul className="max-w-[68ch] list-disc space-y-2 pl-5">
      {overdue > 0 ? (
        <li className="text-loss">
          <strong>
            {overdue} {overdue === 1 ? "payment" : "payments"} to their own holders{" "}
            {overdue === 1 ? "is" : "are"} overdue.
          </strong>
        </li>
      ) : null}
      {owed ? (
        <li className="text-loss">
          <strong>{owed} is still owed after a reversal.</strong>
        </li>
      ) : null}
      <li>
        {reversed === 0
          ? "No investment of this record was reversed."
          : `${reversed} ${reversed === 1 ? "investment was" : "investments were"} reversed by two operators; ${reversed === 1 ? "it stays" : "they stay"} in the record, struck through.`}
      </li>
      {kept ? (
        <li>
          Of {kept.declared} {kept.declared === 1 ? "sale" : "sales"} of their own,{" "}
          {kept.declaredInTime} declared in time; of {kept.owed}{" "}
          {kept.owed === 1 ? "payment" : "payments"} due, {kept.paidInTime} paid in time.{" "}
          <Link to={`/people/${handle}`}>Their own token</Link>
        </li>
      ) : null}
    </ul>
  );
}

/** A teacher may have holders too: how much of their own token others hold, and where it is shown. */
export function OwnToken({
  token,
  name,
  handle,
}: {
  token: { shares: string; holders: number } | null;
  name: string;
  handle: string;
}) {
  if (!token) return null;
  return (
    <p className="mb-6 max-w-[68ch] text-ink-soft">
      {token.holders === 0 ? (
        "Nobody else holds shares of their own token. "
      ) : (
        <>
          {token.holders === 1 ? "One other person holds" : `${token.holders} others hold`}{" "}
          <PartOfToken shares={token.shares} /> of their own token.{" "}
        </>
      )}
      <Link to={`/people/${handle}#token`}>{name}’s token</Link>
    </p>
  );
}

/** What is overdue or owed, before all figures; nothing where nothing is. */
export function BadNews({
  conduct: { owed, kept },
}: {
  conduct: { owed: string | null; kept: Kept | null };
}) {
  const overdue = kept?.overdue ?? 0;
  if (!owed && overdue === 0) return null;
  return (
    <Notice tone="loss">
      {overdue > 0
        ? `${overdue} ${overdue === 1 ? "payment to their own holders is" : "payments to their own holders are"} overdue. `
        : null}
      {owed ? `${owed} is still owed after a reversal. ` : null}
      <a href="#conduct">Conduct</a>
    </Notice>
  );
}
