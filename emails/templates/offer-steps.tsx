import type { ReactNode } from "react";
import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** What a message about an offer is filled with. `role` is the reader's: student or investor. */
export type OfferProps = {
  role: string;
  name: string;
  other: string;
  cohort: string;
  amount: string;
  shares: string;
  until: string;
  investorUntil: string;
  by: string;
  message: string;
  path: string;
};

const isStudent = (props: OfferProps): boolean => props.role === "student";

const step = (
  subject: (props: OfferProps) => string,
  body: (props: OfferProps) => ReactNode,
): Template<OfferProps> => ({
  subject,
  Component: (props) => (
    <Layout preview={subject(props)}>
      <Paragraph>Hello {props.name},</Paragraph>
      {body(props)}
      <Action path={props.path}>See the offer</Action>
    </Layout>
  ),
});

/** An offer went out: to the student, and as a receipt to the investor. */
export const offerSent = step(
  (props) =>
    isStudent(props)
      ? `An offer to you of ${props.amount}, from ${props.other}`
      : `Your offer of ${props.amount} to ${props.other} is out`,
  (props) =>
    isStudent(props) ? (
      <>
        <Paragraph>
          You have an offer from {props.other}: {props.amount} for {props.shares}. The money already
          waits in escrow. The offer lapses on {props.until}.
        </Paragraph>
        {props.message ? <Paragraph>{props.message}</Paragraph> : null}
        <Paragraph>
          Take your time: read the information sheet first. Your place in {props.cohort} does not
          depend on your answer.
        </Paragraph>
      </>
    ) : (
      <Paragraph>
        {props.amount} has left your balance and waits in escrow. If {props.other} declines, or the
        offer lapses on {props.until}, it comes back.
      </Paragraph>
    ),
);

/** The student declined. */
export const offerDeclined = step(
  (props) =>
    isStudent(props) ? "You have declined an offer" : `${props.other} has declined your offer`,
  (props) => (
    <Paragraph>
      {isStudent(props)
        ? `You have declined the offer of ${props.amount} for ${props.shares}. Nothing has changed for you; your place in ${props.cohort} stays yours.`
        : `${props.other} has declined your offer of ${props.amount}. The money is back in your balance.`}
    </Paragraph>
  ),
);

/** Nobody answered in time. */
export const offerLapsed = step(
  (props) =>
    isStudent(props) ? "An offer to you has lapsed" : `Your offer to ${props.other} has lapsed`,
  (props) => (
    <Paragraph>
      {isStudent(props)
        ? `The offer of ${props.amount} for ${props.shares} has lapsed without an answer. Nothing has changed for you.`
        : `Your offer of ${props.amount} has lapsed without an answer. The money is back in your balance.`}
    </Paragraph>
  ),
);

/** The student signed; the cooling-off period runs. */
export const offerSigned = step(
  (props) =>
    isStudent(props) ? "You have signed an offer" : `${props.other} has signed your offer`,
  (props) => (
    <Paragraph>
      {isStudent(props)
        ? `You have signed: ${props.shares} are reserved for ${props.other}. It settles on ${props.until}; then ${props.amount} is in your balance. Until then you may leave without a reason, and everything goes back.`
        : `${props.other} has signed: ${props.shares} are reserved for you. It settles on ${props.until}. You may leave until ${props.investorUntil}; ${props.other} may until it settles.`}
    </Paragraph>
  ),
);

/** One side left in time. */
export const offerLeft = step(
  (props) =>
    props.by === props.role ? "You have left an offer" : `${props.other} has left the offer`,
  (props) => (
    <Paragraph>
      {props.by === props.role ? "You have" : `${props.other} has`} left the offer of {props.amount}{" "}
      for {props.shares}, in time and without a reason.{" "}
      {isStudent(props) ? "The shares are yours again." : "The money is back in your balance."}
    </Paragraph>
  ),
);

/** The investment stands. */
export const offerSettled = step(
  (props) => (isStudent(props) ? `${props.amount} is in your balance` : `You hold ${props.shares}`),
  (props) => (
    <Paragraph>
      {isStudent(props)
        ? `The cooling-off period is over. ${props.amount} is in your balance, and ${props.other} now holds ${props.shares}.`
        : `The cooling-off period is over. ${props.amount} has gone to ${props.other}, and you hold ${props.shares}. It stands in your public record.`}
    </Paragraph>
  ),
);
