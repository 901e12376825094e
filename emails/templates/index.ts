import type { Template } from "#emails/template";
import { alreadyRegistered } from "./already-registered";
import {
  applicationAdmitted,
  applicationDeclined,
  applicationDeferred,
  applicationToRevise,
  applicationWaitlisted,
  placeLapsed,
  placeToConfirm,
} from "./application-decided";
import { applicationChanged, applicationSubmitted } from "./application-submitted";
import { coTeacherAnswered, coTeacherInvited } from "./co-teacher";
import {
  cohortCancelled,
  cohortRescheduled,
  partnerChanged,
  questionsChanged,
  sisterAnswered,
  sisterAsked,
} from "./cohort-changes";
import { claimRepaid, entryReversed, tieDeclared } from "./conduct-steps";
import { deferralGranted, deferralRefused, gainDeferred } from "./deferral-steps";
import { depositConfirmed } from "./deposit-confirmed";
import { depositRefused } from "./deposit-refused";
import { gainDeclared } from "./gain-declared";
import { gainGraded } from "./gain-graded";
import { gainPaid } from "./gain-paid";
import { hypothesesDue, hypothesisScored } from "./hypothesis-steps";
import {
  announcementPosted,
  commentPosted,
  feedbackAnswered,
  feedbackGiven,
  workWaits,
} from "./learning";
import { offerFellBack, offerPartToFund } from "./offer-parts";
import {
  offerDeclined,
  offerLapsed,
  offerLeft,
  offerSent,
  offerSettled,
  offerSigned,
} from "./offer-steps";
import {
  partingDisputed,
  partingOffered,
  partingReturned,
  partingSettled,
  tokenWrittenDown,
} from "./parting-steps";
import { passwordChanged } from "./password-changed";
import { referralConfirmed } from "./referral-confirmed";
import { referralSent } from "./referral-sent";
import {
  resaleApproval,
  resaleAsked,
  resaleFirstRefusal,
  resaleHoldersFirst,
  resaleReturned,
  resaleSettled,
} from "./resale-steps";
import { resetPassword } from "./reset-password";
import { reviewsWait } from "./reviews-wait";
import {
  addressChangeAsked,
  addressChanged,
  confirmNewAddress,
  passwordReplaced,
  recoveryCodesRenewed,
  recoveryCodeUsed,
  secondStepOff,
  secondStepOn,
  secondStepReset,
} from "./security-acts";
import { tokenMinted } from "./token-minted";
import { verificationApproved } from "./verification-approved";
import { verificationRefused } from "./verification-refused";
import { verifyEmail } from "./verify-email";
import { withdrawalPaid } from "./withdrawal-paid";
import { withdrawalRefused } from "./withdrawal-refused";
import { withdrawalRequested } from "./withdrawal-requested";

/** Every message that the platform sends, by its name in the outbox. Names stay: rows that wait refer to them. */
export const templates = {
  "announcement-posted": announcementPosted,
  "address-change-asked": addressChangeAsked,
  "address-changed": addressChanged,
  "already-registered": alreadyRegistered,
  "application-admitted": applicationAdmitted,
  "application-changed": applicationChanged,
  "application-declined": applicationDeclined,
  "application-deferred": applicationDeferred,
  "application-to-revise": applicationToRevise,
  "application-waitlisted": applicationWaitlisted,
  "application-submitted": applicationSubmitted,
  "claim-repaid": claimRepaid,
  "cohort-cancelled": cohortCancelled,
  "cohort-rescheduled": cohortRescheduled,
  "comment-posted": commentPosted,
  "confirm-new-address": confirmNewAddress,
  "co-teacher-answered": coTeacherAnswered,
  "co-teacher-invited": coTeacherInvited,
  "deferral-granted": deferralGranted,
  "deferral-refused": deferralRefused,
  "deposit-confirmed": depositConfirmed,
  "deposit-refused": depositRefused,
  "entry-reversed": entryReversed,
  "feedback-answered": feedbackAnswered,
  "feedback-given": feedbackGiven,
  "gain-declared": gainDeclared,
  "gain-deferred": gainDeferred,
  "gain-graded": gainGraded,
  "gain-paid": gainPaid,
  "hypotheses-due": hypothesesDue,
  "hypothesis-scored": hypothesisScored,
  "offer-declined": offerDeclined,
  "offer-fell-back": offerFellBack,
  "offer-lapsed": offerLapsed,
  "offer-left": offerLeft,
  "offer-part-to-fund": offerPartToFund,
  "offer-sent": offerSent,
  "offer-settled": offerSettled,
  "offer-signed": offerSigned,
  "parting-disputed": partingDisputed,
  "parting-offered": partingOffered,
  "parting-returned": partingReturned,
  "parting-settled": partingSettled,
  "partner-changed": partnerChanged,
  "password-changed": passwordChanged,
  "password-replaced": passwordReplaced,
  "questions-changed": questionsChanged,
  "place-lapsed": placeLapsed,
  "place-to-confirm": placeToConfirm,
  "recovery-code-used": recoveryCodeUsed,
  "recovery-codes-renewed": recoveryCodesRenewed,
  "referral-confirmed": referralConfirmed,
  "referral-sent": referralSent,
  "resale-approval": resaleApproval,
  "resale-asked": resaleAsked,
  "resale-first-refusal": resaleFirstRefusal,
  "resale-holders-first": resaleHoldersFirst,
  "resale-returned": resaleReturned,
  "resale-settled": resaleSettled,
  "reset-password": resetPassword,
  "reviews-wait": reviewsWait,
  "second-step-off": secondStepOff,
  "second-step-on": secondStepOn,
  "second-step-reset": secondStepReset,
  "sister-answered": sisterAnswered,
  "sister-asked": sisterAsked,
  "tie-declared": tieDeclared,
  "token-minted": tokenMinted,
  "token-written-down": tokenWrittenDown,
  "verification-approved": verificationApproved,
  "verification-refused": verificationRefused,
  "verify-email": verifyEmail,
  "withdrawal-paid": withdrawalPaid,
  "withdrawal-refused": withdrawalRefused,
  "withdrawal-requested": withdrawalRequested,
  "work-waits": workWaits,
} as const satisfies Record<string, Template<never>>;

export type TemplateName = keyof typeof templates;
/** The texts that a message needs. */
export type PropsOf<N extends TemplateName> = Parameters<(typeof templates)[N]["Component"]>[0];

/** Messages whose link is a one-time secret: their texts leave the outbox once they are sent or have failed for good. */
export const SECRET_TEMPLATES: ReadonlySet<string> = new Set<TemplateName>([
  "verify-email",
  "co-teacher-invited",
  "referral-sent",
  "reset-password",
  "confirm-new-address",
]);
