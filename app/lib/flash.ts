/** What is said once, on the page that follows an action that went well. The cookie holds the key alone. */
export const FLASHES = {
  "profile-saved": "Your profile is saved.",
  "draft-saved": "Your draft is saved. Nobody but you sees it until you submit.",
  "late-code-used": "The code works: you can write until its own deadline.",
  "work-kept": "The work is in your collection.",
  "work-moved": "Moved.",
  "work-removed": "The work is removed from your collection and from every application.",
  "application-submitted": "Your application is submitted. You can change it until the deadline.",
  "application-withdrawn":
    "Your application is withdrawn. You can take it up again until the deadline.",
  "scout-confirmed": "You have confirmed who told you about Belay. Thank you.",
  "no-scout": "Nobody counts as your scout. You need none to apply.",
  "link-made": "Your link is made. Give it to people whom you know.",
  "link-ended": "The link is ended. Whoever confirmed you by it still counts.",
  "hypothesis-kept": "Written down. It is scored once its day has come.",
  "hypothesis-scored": "Recorded. The scout’s public page counts it.",
  "place-confirmed": "Your place is confirmed.",
  "place-given-back": "You have given your place back. It goes to the next on the waitlist.",
  "score-kept": "Your score is kept.",
  "score-saved": "Saved. It counts once you hand it in.",
  abstained: "You have abstained. You see the others’ scores now.",
  "conflict-declared": "Your conflict is declared. You see nothing of this person any more.",
  "words-hidden": "These words are hidden from everybody who has yet to score.",
  "words-shown": "These words are shown again.",
  "comment-said": "Said. Those who have scored it read it.",
  "tags-changed": "The tags are changed.",
  compared: "Your comparison is kept.",
  "reviewers-reminded": "The reviewers who have applications left have a message.",
  "cohort-begun":
    "Your draft is kept. Go through its questions, its rubric and the preview, then publish it.",
  "cohort-changed": "The cohort is changed.",
  "cohort-cancelled": "The cohort is cancelled, and everybody concerned is told.",
  "questions-in-force": "The questions are in force, and whoever has begun to answer is told.",
  "questions-dropped": "The changes are thrown away: the questions in force stand.",
  "decisions-kept": "Decided. Nobody is told until you release it.",
  "decision-dropped": "The decision is taken back. Nobody was told.",
  "text-kept": "The text is kept.",
  "release-begun": "The decisions are going out.",
  "cohort-opened": "Your cohort is public. Share its address.",
  "offer-declined": "You have declined the offer. The money goes back.",
  "offer-signed": "You have signed. You can leave without a reason until it settles.",
  "offer-moved-on":
    "It is no longer open to that: somebody answered first, or its time is over. This is how it stands.",
  "offer-left": "The agreement is undone: all money and shares are back where they were.",
  "gain-declared": "Your sale is declared. Each holder’s part is fixed.",
  "gain-paid": "Your holders are paid.",
  "deposit-announced":
    "Your deposit is announced. It is yours once operators confirm what arrived.",
  "withdrawal-asked":
    "Your withdrawal is asked for. The money waits in escrow until it is paid out.",
  "verification-asked":
    "You have asked to be verified. An operator decides, and you get a message.",
  "password-changed": "Your password is changed, and all other browsers are signed out.",
  "address-changed": "Your account uses the new address. Nothing can be taken out for 72 hours.",
  "browser-signed-out": "That browser is signed out.",
  "second-step-off": "The second step is off.",
  "first-recorded": "Recorded. Another operator must confirm it before anything moves.",
  "update-published": "Your update is published. Everybody in the cohort reads it.",
  "work-shown": "The cohort sees it.",
  "announcement-sent": "Your announcement is out, and the students get it by mail.",
  "hours-recorded": "Your hours are recorded.",
  "invitation-accepted": "You work on this cohort now.",
  "invitation-declined": "You have declined, and whoever asked you is told.",
  "part-funded": "Your part waits in escrow.",
  "part-declined": "You take no part. The offer falls back, and all money goes back.",
  "offer-made": "The offer is made, and your money waits in escrow.",
  "gain-graded": "The grade is recorded, and the owner is told.",
  "opening-asked": "Recorded. Another operator must do the same before anything is taken away.",
  "opening-closed": "The opening is taken away.",
  "opening-kept": "The request is ended. The opening stays.",
  "decision-done": "Decided, and the person is told.",
} as const;

export type FlashKey = keyof typeof FLASHES;

/** Whether a text is the key of something that may be said. */
export const isFlashKey = (text: unknown): text is FlashKey =>
  typeof text === "string" && Object.hasOwn(FLASHES, text);
