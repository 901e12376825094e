import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { ErrorSummary, type FormProblem } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { FeedbackSection } from "./feedback-list";
import type { FeedbackView } from "./present.server";
import { spacePath, trailOf } from "./words";

/** What a student showed: an update or a piece of work, with whose it is, what they may change, and the feedback on it. */
export function ShownPage({
  space,
  title,
  by,
  when,
  change,
  discussion,
  children,
  after,
}: {
  space: { slug: string; title: string };
  title: string;
  by: { name: string; handle: string };
  /** What stands after the name: when it was shown. */
  when: string;
  /** Where its student changes it; null for all others. */
  change: { to: string; name: string } | null;
  discussion: {
    feedback: readonly FeedbackView[] | null;
    own: boolean;
    mayGiveFeedback: boolean;
    problem: FormProblem | undefined;
    idempotencyKey: string;
  };
  children: ReactNode;
  /** What follows the feedback. */
  after?: ReactNode;
}) {
  const { feedback, ...forms } = discussion;
  return (
    <>
      <PageHead title={title} trail={trailOf(space)}>
        <Link to={spacePath(space.slug, "students", by.handle)}>{by.name}</Link>, {when}
      </PageHead>
      <ErrorSummary problem={forms.problem} />
      {children}
      {change ? (
        <p className="mt-4">
          <Link to={change.to}>{change.name}</Link>
        </p>
      ) : null}
      {feedback ? <FeedbackSection feedback={feedback} name={by.name} {...forms} /> : null}
      {after}
    </>
  );
}
