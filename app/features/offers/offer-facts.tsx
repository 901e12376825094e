import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Deadline } from "~/components/ui/deadline";
import { Figure } from "~/components/ui/numbers";
import { ActionLink, Facts, Section } from "~/components/ui/page";
import type { OfferView } from "./present";

const PAYS: Record<OfferView["state"], string> = {
  funding: "would pay",
  open: "would pay",
  signed: "pays",
  settled: "paid",
  declined: "offered",
  lapsed: "offered",
  left: "offered",
};

/** The terms of an offer and who stands on each side. */
export function OfferFacts({ offer }: { offer: OfferView }) {
  const pays = PAYS[offer.state];
  return (
    <>
      <Facts
        items={[
          { name: "Amount", value: <Figure>{offer.amount}</Figure> },
          { name: "For", value: offer.percent, note: `${offer.shares} shares` },
          { name: "Payout cap", value: offer.capLabel },
          { name: "Sunset", value: offer.sunsetLabel },
        ]}
      />
      <Section title="Who">
        <ul className="max-w-[68ch] list-disc pl-5">
          <li>
            <Link to={`/people/${offer.studentHandle}`}>{offer.studentName}</Link> sells, as a
            member of <Link to={`/cohorts/${offer.cohortSlug}`}>{offer.cohortTitle}</Link>.
          </li>
          {offer.investors.map((investor) => (
            <li key={investor.handle}>
              <Link to={`/teachers/${investor.handle}`}>{investor.name}</Link> {pays}{" "}
              {investor.amount} for {investor.sharesInWords}
              {offer.state === "funding" ? (investor.funded ? ", funded" : ", not funded yet") : ""}
              {investor.declined ? ", and did not take part" : ""}.
            </li>
          ))}
          {offer.finder ? (
            <li>
              <Link to={`/scouts/${offer.finder.handle}`}>{offer.finder.name}</Link> referred{" "}
              {offer.role === "student" ? "you" : offer.studentName}: a finder&rsquo;s stake of{" "}
              {offer.finder.stake} of the shares bought, {offer.finder.sharesInWords}, out of the
              investors&rsquo; shares.
            </li>
          ) : null}
        </ul>
      </Section>
      {offer.message ? (
        <Section title="Message">
          <p className="max-w-[68ch] whitespace-pre-wrap [overflow-wrap:anywhere]">
            {offer.message}
          </p>
        </Section>
      ) : null}
    </>
  );
}

const severalOf = (offer: OfferView): boolean => offer.investors.length > 1;

/** A deadline, where the offer has one. */
const by = (deadline: OfferView["expires"]): ReactNode =>
  deadline ? <Deadline of={deadline} /> : null;

/** What an offer's state means to its reader: what has happened, what comes next and when. */
function saidOf(offer: OfferView): ReactNode {
  const student = offer.role === "student";
  const you = student ? "You have" : `${offer.studentName} has`;
  const over = offer.stateWord === "lapsed";
  switch (offer.state) {
    case "funding":
      return over ? (
        "Not every part was funded in time, so this offer falls back. All money goes back."
      ) : (
        <>
          This offer is not out yet: it goes out when every part is funded. If one is not by{" "}
          {by(offer.fundsUntil)}, it falls back and all money goes back.
        </>
      );
    case "open":
      return over ? (
        `This offer has lapsed without an answer. ${offer.amount} goes back.`
      ) : (
        <>
          {offer.amount} waits in escrow. The offer lapses {by(offer.expires)}; if it is declined or
          lapses, the money goes back.
        </>
      );
    case "signed":
      return (
        <>
          {you} signed. {offer.sharesInWords} are reserved, and {offer.amount} waits in escrow. It
          settles {by(offer.settles)}.
        </>
      );
    case "settled":
      return `Settled on ${offer.closedOn}: ${offer.amount} went to ${student ? "you" : offer.studentName}, the shares to ${student || severalOf(offer) ? offer.investorNames : "you"}.`;
    case "declined":
      return `${you} declined on ${offer.closedOn}. The money went back; nothing else has changed.`;
    case "lapsed":
      return offer.neverSent
        ? `This offer never went out: not every part was funded. It fell back on ${offer.closedOn}, and all money went back.`
        : `Nobody answered in time: the offer lapsed on ${offer.closedOn}. The money went back.`;
    case "left":
      return `${offer.leftBy} left on ${offer.closedOn}, in time and without a reason. All money and all shares went back.`;
  }
}

/** Until when its reader may leave a signed offer, and how. */
function Leaving({ offer }: { offer: OfferView }) {
  const student = offer.role === "student";
  const until = by(student ? offer.settles : offer.investorMayLeaveUntil);
  return (
    <p className="mt-4">
      {offer.canLeave ? (
        <>
          You may leave without a reason until {until}.{" "}
          <Link to={`/offers/${offer.id}/leave`}>Leave this offer</Link>
        </>
      ) : (
        <>
          The time in which you could leave is over since {until}.{" "}
          {student ? "" : `${offer.studentName} still may until it settles.`}
        </>
      )}
    </p>
  );
}

/** How an offer stands for its reader: what has happened, what comes next and when, and how to undo it. */
export function OfferStanding({ offer }: { offer: OfferView }) {
  return (
    <div className="mb-8 max-w-[68ch]">
      <p className="text-lg">{saidOf(offer)}</p>
      {offer.canFund ? (
        <p className="mt-4">
          <ActionLink to={`/offers/${offer.id}/fund`}>Look at your part</ActionLink>
        </p>
      ) : offer.canDeclinePart ? (
        <p className="mt-4">
          <Link to={`/offers/${offer.id}/fund`}>Take no part after all</Link>
        </p>
      ) : null}
      {offer.state === "signed" ? <Leaving offer={offer} /> : null}
      {offer.state === "settled" && offer.role === "student" ? (
        <p className="mt-4">
          <ActionLink to="/wallet">See your wallet</ActionLink>
        </p>
      ) : null}
    </div>
  );
}
