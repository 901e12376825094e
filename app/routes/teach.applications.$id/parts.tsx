import { Link, useNavigate } from "@remix-run/react";
import { useCallback } from "react";
import { ActionLink, Badge, Section } from "~/components/ui/page";
import { APPLICATION_STATES } from "~/features/applications/words";
import { KeysNotice } from "~/features/reviews/keys-notice";
import { useKeys } from "~/features/reviews/use-list-keys";
import type { loadReview } from "./review.server";

type Loaded = Awaited<ReturnType<typeof loadReview>>;

/** The ones before and after in the list; k and j go there. */
export function Neighbours({ before, after }: Pick<Loaded["list"], "before" | "after">) {
  const navigate = useNavigate();
  const press = useCallback(
    (key: string) => {
      const to = key === "j" ? after : key === "k" ? before : null;
      if (to) navigate(to.to);
      return to !== null;
    },
    [after, before, navigate],
  );
  useKeys(press);
  if (!before && !after) return null;
  return (
    <nav aria-label="Other applications of the list" className="mb-6 print:hidden">
      <ul className="flex flex-wrap justify-between gap-x-6 border-y border-rule">
        <li className="min-w-0">
          {before ? (
            <Link to={before.to} rel="prev" className={STEP}>
              ← {before.name}
            </Link>
          ) : null}
        </li>
        <li className="min-w-0">
          {after ? (
            <Link to={after.to} rel="next" className={STEP}>
              {after.name} →
            </Link>
          ) : null}
        </li>
      </ul>
      <KeysNotice>j goes to the next application, k to the one before.</KeysNotice>
    </nav>
  );
}
const STEP = "inline-flex min-h-11 items-center [overflow-wrap:anywhere]";

/** What the reader's own review came to, where it takes no more scores. */
export function OwnScore({ review, state }: Pick<Loaded, "review" | "state">) {
  if (review?.state === "abstained") return <p>You abstained.</p>;
  if (review?.total) return <p>Your score is {review.total} of 5.</p>;
  if (state !== "submitted") return <p>You have not scored it, and it takes no scores now.</p>;
  return (
    <p className="max-w-[68ch]">
      You have not scored it. It has all its reviews, so no more are taken.
    </p>
  );
}

/** What was decided, with the message that the applicant got. */
export function Decided({
  state,
  decidedOn,
  decisionMessage,
}: Pick<Loaded, "state" | "decidedOn" | "decisionMessage">) {
  return (
    <Section title="Decision">
      <p>
        <span className="inline-block first-letter:uppercase">{APPLICATION_STATES[state]}</span>
        {decidedOn ? ` on ${decidedOn}` : ""}.
      </p>
      {decisionMessage ? (
        <blockquote className="mt-4 max-w-[68ch] border-l-2 border-rule pl-4 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {decisionMessage}
        </blockquote>
      ) : null}
    </Section>
  );
}

/** What was done to the application, latest first. */
export function Trail({ trail }: Pick<Loaded, "trail">) {
  if (trail.length === 0) return null;
  return (
    <Section title="What was done">
      <ol className="max-w-[68ch]">
        {trail.map(({ id, at, said }) => (
          <li key={id} className="border-t border-rule py-2 [overflow-wrap:anywhere]">
            <span className="text-sm text-ink-soft">{at}</span> {said}
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** The offers to somebody with a place, and the way to one. */
export function Offers({ id, name, offers }: Pick<Loaded, "id" | "name" | "offers">) {
  return (
    <Section title="Money">
      <ul>
        {offers.map((offer) => (
          <li key={offer.id} className="py-1">
            <Link to={`/offers/${offer.id}`}>
              {offer.amount} for {offer.percent}
            </Link>{" "}
            <Badge tone={offer.tone}>{offer.word}</Badge>
          </li>
        ))}
      </ul>
      {offers.some((offer) => offer.live) ? null : (
        <>
          <p className="my-4 max-w-[68ch]">
            {name} has the place whatever you do here. An offer is a decision of its own.
          </p>
          <ActionLink to={`/teach/applications/${id}/offer`}>Make an offer to {name}</ActionLink>
        </>
      )}
    </Section>
  );
}
