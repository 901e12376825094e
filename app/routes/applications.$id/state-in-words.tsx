import { Link, useLoaderData } from "@remix-run/react";
import { Deadline } from "~/components/ui/deadline";
import type { loadApplication } from "./application.server";

/** What the state means, what the teacher wrote, and the place where there is one. */
export function StateInWords() {
  const { state, teacher, deadline, canEdit, decisionMessage, next, waitlistPlace } =
    useLoaderData<typeof loadApplication>();
  const until = <Deadline of={deadline} />;
  const words = {
    draft: canEdit ? (
      <>Nobody but you sees this draft. Submit it by {until}.</>
    ) : (
      <>
        It was not submitted by the deadline, {until}: nobody but you sees this draft, and nobody
        decides about it.
      </>
    ),
    submitted: canEdit ? (
      <>
        {teacher} reads it. You can change it until {until}, and you get a message when it is
        decided.
      </>
    ) : (
      <>
        {teacher} reads it. It could be changed until {until}. You get a message when it is decided.
      </>
    ),
    withdrawn: canEdit ? (
      <>You have withdrawn it. Until {until} you can take it up again.</>
    ) : (
      <>You have withdrawn it. It could be taken up again until {until}.</>
    ),
    admitted: `${teacher} has admitted you. Your place, the feedback and the certificate do not depend on selling shares of your token.`,
    waitlisted: `You are on the waitlist${waitlistPlace ? `, at place ${waitlistPlace} now` : ""}. When a place comes free, the first on it gets it and a message at once.`,
    revise: canEdit ? (
      <>
        {teacher} asks you to revise your answers and submit them again by {until}.
      </>
    ) : (
      <>
        {teacher} asked you to revise your answers and submit them again by {until}. That time is
        over; you get a message when it is decided.
      </>
    ),
    deferred: (
      <>
        {teacher} would like to see you in{" "}
        {next ? <Link to={`/cohorts/${next.slug}`}>{next.title}</Link> : "another cohort"}.{" "}
        {next?.drafted ? (
          <>
            A draft waits there with the answers that fit.{" "}
            <Link to={`/cohorts/${next.slug}/apply`}>Look through it and submit it</Link>.
          </>
        ) : (
          "Apply there to be considered."
        )}
      </>
    ),
    declined: `${teacher} has decided not to offer you a place this time.`,
  };
  return (
    <>
      <p className="max-w-[68ch]">{words[state]}</p>
      {decisionMessage && state !== "withdrawn" ? (
        <blockquote className="mt-4 max-w-[68ch] border-l-2 border-rule pl-4 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {decisionMessage}
        </blockquote>
      ) : null}
      {state === "admitted" ? (
        <p className="mt-4">
          <Link to="/offers">See whether there is an offer</Link>
        </p>
      ) : null}
    </>
  );
}
