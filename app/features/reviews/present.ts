import { formatDate } from "~/lib/dates";
import type { ShownApplication } from "./application-list";
import type { Listed } from "./list-applications.server";
import { type ListQuery, writeListQuery } from "./list-query";
import { formatTotal } from "./rules";

const score = (milli: number | null): string => (milli === null ? "not yet" : formatTotal(milli));

/** What is decided and not out yet, in a word or two. */
export const DECISION_WORDS = {
  admit: "to be admitted",
  waitlist: "to be waitlisted",
  decline: "to be declined",
  revise: "to be revised",
  defer: "to be deferred",
  hold: "on hold",
} as const;

/** A listed application as its line shows it; its link knows the list that it stands in. `stateInWords` names its state. */
export function presentListed(
  one: Listed,
  query: ListQuery,
  stateInWords: Readonly<Record<Listed["state"], string>>,
): ShownApplication {
  const search = writeListQuery(query);
  const { standing } = one;
  return {
    id: one.id,
    name: one.name,
    to: `/teach/applications/${one.id}${search ? `?${search}` : ""}`,
    state: stateInWords[one.state],
    submittedOn: formatDate(one.submittedAt),
    own: ownOf(one),
    mean: standing ? `${score(standing.rawMilli)} (${standing.reviews})` : "after your score",
    normal: standing ? score(standing.normalMilli) : "",
    assigned: one.assigned,
    tags: one.tags,
    decision: one.decision && DECISION_WORDS[one.decision],
  };
}

function ownOf({ own, assigned, conflicted }: Listed): string {
  if (conflicted) return "";
  if (!own) return assigned ? "waits for you" : "not yet";
  if (own.state === "abstained") return "abstained";
  return own.totalMilli === null ? "begun" : formatTotal(own.totalMilli);
}
