import type { Actor } from "~/auth/actor";
import { listMyGains } from "~/features/gains/queries.server";
import { listSpacesOf } from "~/features/learning/waiting.server";
import { getProfile, getRoles } from "~/features/people/queries.server";
import { getUnderWay, getWaiting } from "~/features/people/waiting.server";
import { countToScore } from "~/features/scouting/hypotheses.server";
import { listMyReferrals, listReferralsTo } from "~/features/scouting/queries.server";
import { getStanding } from "~/features/verification/queries.server";
import { formatFromNow } from "~/lib/dates";
import { formatCents } from "~/lib/money";
import { deskSteps } from "./desk-steps.server";
import { counted, type Step } from "./step";

/** So many referrals that something may still become of are named. */
const REFERRALS_SHOWN = 3;

type Waiting = Awaited<ReturnType<typeof getWaiting>>;

/** What a person does next, the most pressing first, and what is under way without them. */
export async function stepsOf(person: Actor, now: Date) {
  const [waiting, underWay, profile, roles, gains, standing, spaces, referrals, referred, due] =
    await Promise.all([
      getWaiting(person.id, now),
      getUnderWay(person.id),
      getProfile(person.id),
      getRoles(person.id),
      listMyGains(person.id, now),
      getStanding(person, now),
      listSpacesOf(person.id, now),
      listReferralsTo(person, now),
      listMyReferrals(person, now),
      countToScore(person, now),
    ]);
  const next: Step[] = [
    ...(person.emailVerified ? [] : [CONFIRM]),
    ...(person.operator ? await deskSteps(now) : []),
    ...gainSteps(gains, now),
    ...offerSteps(waiting, now),
    ...waiting.toReview.map((cohort) => ({
      to: `/teach/cohorts/${cohort.slug}`,
      name: `Read ${counted(Number(cohort.applications), "application", "applications")} to ${cohort.cohort}`,
      note: "Their applicants wait for a decision.",
    })),
    ...spaces.flatMap(spaceSteps),
    ...(referrals.length > 0 ? [REFERRALS] : []),
    ...(due > 0 ? [toScore(due)] : []),
    ...(roles.teaches && !standing.verifiedUntil && !standing.waiting ? [VERIFY] : []),
    ...(profile.work === "" && person.emailVerified ? [PROFILE] : []),
  ];
  const later: Step[] = [
    ...underWay.settling.map((offer) => ({
      to: `/offers/${offer.id}`,
      name: `A signed agreement in ${offer.cohort}`,
      note: offer.settlesAt
        ? `It settles ${formatFromNow(offer.settlesAt, now)}. Until then the student may leave without a reason.`
        : "",
    })),
    ...underWay.sent.map((application) => ({
      to: `/applications/${application.id}`,
      name: `Your application to ${application.cohort}`,
      note: "It is being read. You get a message when it is decided.",
    })),
    ...referred
      .filter(({ open }) => open)
      .slice(0, REFERRALS_SHOWN)
      .map(({ id, talentName, word }) => ({
        to: `/refer/${id}`,
        name: `Your referral of ${talentName}`,
        note: `It stands at: ${word}.`,
      })),
  ];
  return { next, later, roles: { ...roles, scouts: referred.length > 0 } };
}

const CONFIRM: Step = {
  to: "/account",
  name: "Confirm your e-mail address",
  note: "Until then you cannot apply, offer or sign.",
};
const VERIFY: Step = {
  to: "/invest/verification",
  name: "Ask to be verified as an investor",
  note: "You run a cohort. Only verified investors make offers; an operator decides, and it lasts a year.",
};
const REFERRALS: Step = {
  to: "/referrals",
  name: "Say who referred you",
  note: "Somebody referred you. It counts only if you confirm them by name.",
};
const toScore = (due: number): Step => ({
  to: "/hypotheses",
  name: `Say what came of ${counted(due, "hypothesis", "hypotheses")}`,
  note: "A scout wrote down what they expected; its day has come.",
});
const PROFILE: Step = {
  to: "/profile",
  name: "Write your profile",
  note: "Teachers read it beside your application. You choose who else does.",
};

function gainSteps(gains: Awaited<ReturnType<typeof listMyGains>>, now: Date): Step[] {
  return gains
    .filter((gain) => gain.state === "due" || gain.state === "overdue")
    .map((gain) => ({
      to: `/gains/${gain.id}`,
      name: `Pay ${formatCents(gain.toPayCents)} to your holders for ${gain.company}`,
      note:
        gain.state === "overdue"
          ? `It was due ${formatFromNow(new Date(gain.dueAt), now)}. Everybody sees that it is overdue.`
          : `It is due ${formatFromNow(new Date(gain.dueAt), now)}.`,
      late: gain.state === "overdue",
    }));
}

/** What waits in the space of a cohort: feedback to give or to answer, this week's update. */
function spaceSteps(space: Awaited<ReturnType<typeof listSpacesOf>>[number]): Step[] {
  const to = `/cohorts/${space.slug}/space`;
  const since = space.oldest ? `The oldest came ${space.oldest}.` : "";
  const waiting =
    space.role === "teacher"
      ? `Give feedback to ${counted(space.waiting, "piece", "pieces")} of work in ${space.title}`
      : `Answer ${counted(space.waiting, "piece", "pieces")} of feedback in ${space.title}`;
  return [
    ...(space.updateDue
      ? [
          {
            to,
            name: `Write this week’s update in ${space.title}`,
            note: "Did, learnt, blocked, next.",
          },
        ]
      : []),
    ...(space.waiting > 0 ? [{ to, name: waiting, note: since }] : []),
  ];
}

function offerSteps(waiting: Waiting, now: Date): Step[] {
  return [
    ...waiting.openOffers.map((offer) => ({
      to: `/offers/${offer.id}`,
      name: `Answer the offer from ${offer.cohort}`,
      note: offer.expiresAt ? `It lapses ${formatFromNow(offer.expiresAt, now)}.` : "",
    })),
    ...waiting.parts.map((part) => ({
      to: `/offers/${part.offerId}`,
      name: `Fund your part of the offer to ${part.student}`,
      note: `${formatCents(part.amountCents)}. ${part.fundsBy ? `The offer falls back ${formatFromNow(part.fundsBy, now)} unless every part is funded.` : ""}`,
    })),
    ...waiting.drafts.map((draft) => ({
      to: `/cohorts/${draft.slug}/apply`,
      name: `Finish your application to ${draft.cohort}`,
      note: `The window closes ${formatFromNow(draft.closesAt, now)}.`,
    })),
  ];
}
