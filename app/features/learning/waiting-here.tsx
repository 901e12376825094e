import { Link } from "@remix-run/react";
import { ActionLink, Empty } from "~/components/ui/page";
import { spacePath } from "./words";

type Line = { key: string; path: string; by: string; about: string; since: string };
type Props = {
  slug: string;
  handle: string;
  teaches: boolean;
  learns: boolean;
  waiting: {
    withoutFeedback: readonly Line[];
    withoutFeedbackCount: number;
    toAnswer: readonly (Line & { again: boolean })[];
    week: { inWords: string; due: boolean; draft: boolean; published: boolean } | null;
  };
};

/** What waits for the reader in a space, oldest first, each with since when. */
export function WaitingHere({ slug, handle, teaches, learns, waiting }: Props) {
  return (
    <>
      {teaches ? <WithoutFeedback waiting={waiting} /> : null}
      {learns ? <ForStudent slug={slug} handle={handle} waiting={waiting} /> : null}
    </>
  );
}

function WithoutFeedback({ waiting }: Pick<Props, "waiting">) {
  const { withoutFeedback, withoutFeedbackCount } = waiting;
  if (withoutFeedbackCount === 0)
    return <Empty>Everything that your students have shown has feedback.</Empty>;
  return (
    <>
      <p className="mb-2">
        {withoutFeedbackCount === 1
          ? "1 thing waits for feedback."
          : `${withoutFeedbackCount} things wait for feedback, the oldest first.`}
      </p>
      <ul className="max-w-[68ch]">
        {withoutFeedback.map((line) => (
          <li key={line.key} className="border-t border-rule py-2">
            <Link to={line.path} className="font-semibold [overflow-wrap:anywhere]">
              {line.by}: {line.about}
            </Link>
            <div className="text-sm text-ink-soft">shown {line.since}</div>
          </li>
        ))}
      </ul>
    </>
  );
}

function ForStudent({ slug, handle, waiting }: Pick<Props, "slug" | "handle" | "waiting">) {
  const { toAnswer, week } = waiting;
  return (
    <>
      {toAnswer.length > 0 ? (
        <ul className="mb-8 max-w-[68ch]">
          {toAnswer.map((line) => (
            <li key={line.key} className="border-t border-rule py-2">
              <Link to={line.path} className="font-semibold [overflow-wrap:anywhere]">
                {line.again
                  ? `${line.by} asks for another go at ${line.about}`
                  : `Answer ${line.by} on ${line.about}`}
              </Link>
              <div className="text-sm text-ink-soft">given {line.since}</div>
            </li>
          ))}
        </ul>
      ) : (
        <div className="mb-8">
          <Empty>No feedback waits for your answer.</Empty>
        </div>
      )}
      {week && !week.published ? (
        <>
          <p className="mb-4">
            {week.due
              ? `Your update of the week of ${week.inWords} is due by the end of Sunday.`
              : `You may write an update of the week of ${week.inWords}.`}
            {week.draft ? " You have a draft of it." : ""}
          </p>
          <ActionLink to={spacePath(slug, "update")}>
            {week.draft ? "Go on with this week’s update" : "Write this week’s update"}
          </ActionLink>
        </>
      ) : null}
      {week?.published ? <p>Your update of this week is published.</p> : null}
      <p className="mt-4">
        <Link to={spacePath(slug, "students", handle)}>All that you show here</Link>
      </p>
    </>
  );
}
