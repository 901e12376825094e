import { Link } from "@remix-run/react";
import type { StakeNote } from "./stake-note.server";

type Shown = Omit<StakeNote, "scout"> & { scout: StakeNote["scout"] | "hidden" };

/** What a cohort's finder's stake comes to for one applicant, as they or their teachers read it. */
export function StakeShown({ stake, reader }: { stake: Shown; reader: "applicant" | "teacher" }) {
  const { percent, scout } = stake;
  const you = reader === "applicant";
  if (!percent)
    return (
      <p className="max-w-[68ch]">
        This cohort states no finder&rsquo;s stake: a scout gets nothing if{" "}
        {you ? "you are" : "they are"} invested in.
      </p>
    );
  if (scout === "hidden")
    return (
      <p className="max-w-[68ch]">
        This cohort states a finder&rsquo;s stake of {percent}. Whether a scout would get it of this
        person&rsquo;s shares is shown once you have scored them.
      </p>
    );
  if (!scout)
    return (
      <p className="max-w-[68ch]">
        This cohort states a finder&rsquo;s stake of {percent}. {you ? "You have" : "They have"}{" "}
        confirmed no scout, so nobody gets it.{" "}
        {you ? (
          <>
            If somebody told you about Belay, <Link to="/referrals">say who</Link> before you
            submit.
          </>
        ) : null}
      </p>
    );
  return (
    <p className="max-w-[68ch]">
      This cohort states a finder&rsquo;s stake of {percent}.{" "}
      {you ? "You have confirmed that" : "They have confirmed that"}{" "}
      <Link to={`/scouts/${scout.handle}`}>{scout.name}</Link> referred {you ? "you" : "them"}: if{" "}
      {you ? "its teachers invest in you" : "you invest"}, {percent} of the shares that{" "}
      {you ? "they" : "you"} buy goes to {scout.name}, out of {you ? "theirs" : "yours"}.{" "}
      {you
        ? "You sell no more for it, and agree to it before you sign."
        : "They sell no more for it."}
    </p>
  );
}
