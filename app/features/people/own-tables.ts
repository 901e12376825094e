/** What of a table is a person's own. `$me` stands for their id in `where`, a condition on its row `t`. */
export type OwnTable = {
  /** The file in the archive, and what a person reads of it. */
  says: string;
  where: string;
  /** Columns that are somebody else's: who decided, who recorded. */
  without?: readonly string[];
};

const mine = (column: string, says: string, without?: readonly string[]): OwnTable => ({
  says,
  where: `t.${column} = $me`,
  ...(without ? { without } : {}),
});
const ofApplication = (says: string): OwnTable => ({
  says,
  where: "t.application_id in (select a.id from applications a where a.applicant_id = $me)",
});
const ofToken = "t.token_id in (select k.id from tokens k where k.owner_id = $me)";
const ofAccounts = "in (select a.id from accounts a where a.owner_id = $me)";

/** By table: whatever names a person is here, or in `LEFT_OUT`. */
export const OWN_TABLES: Record<string, OwnTable> = {
  persons: mine("id", "Your account: names, address, date of birth, country"),
  profiles: mine("person_id", "Your profile"),
  sessions: mine("user_id", "The browsers in which you are signed in", ["id"]),
  muted_topics: mine("person_id", "Mail that you do not want"),
  email_changes: mine("person_id", "Changes of your address that wait to be confirmed", ["id"]),
  outbox: mine("person_id", "Mail that was sent to you, without what stood in it", [
    ...["props", "last_error", "provider_id"],
  ]),
  audit_events: mine("actor_id", "What you did here"),
  investor_verifications: mine("person_id", "Your verification as an investor", ["decided_by"]),
  ties: {
    says: "Relatives and co-owners that were declared",
    where: "(t.person_id = $me or t.other_id = $me)",
    without: ["declared_by", "ended_by"],
  },
  saved_cohorts: mine("person_id", "Cohorts that you saved"),
  calendar_tokens: mine("person_id", "Since when your calendar has had an address"),
  portfolio_works: mine("person_id", "Works that you collected"),
  applications: mine("applicant_id", "Your applications", ["decided_by"]),
  application_drafts: ofApplication("Answers as you are writing them"),
  application_answers: ofApplication("Answers that you submitted"),
  application_works: ofApplication("Works that your applications show"),
  application_events: {
    says: "What happened to your applications",
    where: `t.audience = 'applicant' and ${ofApplication("").where}`,
    without: ["actor_id"],
  },
  application_files: mine("owner_id", "Files that you handed in; they are in the folder files"),
  decisions: {
    says: "Decisions that you were told, and those that you made",
    where: `(t.made_by = $me or (t.state = 'released' and ${ofApplication("").where}))`,
    without: ["made_by"],
  },
  enrolments: mine("person_id", "Your places in cohorts"),
  updates: mine("person_id", "Updates that you published"),
  works: mine("person_id", "Works that you showed in a cohort"),
  comments: mine("author_id", "Comments that you wrote"),
  feedback: {
    says: "Feedback that you got or gave",
    where: "(t.student_id = $me or t.author_id = $me)",
  },
  cohorts: mine("teacher_id", "Cohorts that you opened"),
  cohort_teachers: mine("person_id", "Cohorts that you work on"),
  late_codes: mine("made_by", "Late codes that you made"),
  sister_requests: mine("asked_by", "Cohorts that you asked to share a space", ["answered_by"]),
  announcements: mine("author_id", "Announcements that you made"),
  taught_sessions: mine("teacher_id", "Hours that you taught"),
  teacher_notes: mine("author_id", "Notes that you wrote for yourself"),
  reviews: mine("reviewer_id", "Reviews that you wrote"),
  review_scores: {
    says: "Scores that you gave",
    where: "t.review_id in (select v.id from reviews v where v.reviewer_id = $me)",
  },
  review_comments: mine("author_id", "What you said in discussions of applications"),
  review_comparisons: mine("reviewer_id", "Comparisons of applications that you made"),
  application_tags: mine("tagged_by", "Tags that you gave"),
  redactions: mine("made_by", "Words that you hid in applications"),
  conflict_declarations: {
    says: "Conflicts of yours that you declared",
    where: "t.reviewer_id = $me and t.declared_by = $me",
    without: ["ended_by"],
  },
  scout_links: mine("scout_id", "Your links as a scout"),
  referrals: {
    says: "Talents whom you referred, and scouts who referred you",
    where: "(t.scout_id = $me or t.talent_id = $me)",
  },
  referral_hypotheses: {
    says: "What you expected of talents, and what was expected of you",
    where:
      "t.referral_id in (select r.id from referrals r where r.scout_id = $me or (r.talent_id = $me and r.state = 'confirmed'))",
    without: ["scored_by"],
  },
  tokens: mine("owner_id", "Your token"),
  agreements: mine("person_id", "What you signed"),
  offers: {
    says: "Offers that you got, made or have a part in",
    where:
      "((t.student_id = $me and t.sent_at is not null) or t.made_by = $me or t.id in (select p.offer_id from offer_parts p where p.investor_id = $me))",
    without: ["closed_by"],
  },
  offer_parts: {
    says: "Parts of offers: yours, and those of offers to you",
    where:
      "(t.investor_id = $me or t.offer_id in (select o.id from offers o where o.student_id = $me and o.sent_at is not null))",
  },
  lots: {
    says: "Shares that you hold, and shares of your token",
    where: `(t.holder_id = $me or ${ofToken})`,
  },
  reservations: {
    says: "Shares that are reserved",
    where: "(t.holder_id = $me or t.seller_id = $me)",
  },
  gains: { says: "Gains that you declared", where: ofToken },
  gain_deferrals: {
    says: "Deferrals of gains that you asked for",
    where: `t.gain_id in (select g.id from gains g join tokens k on k.id = g.token_id where k.owner_id = $me)`,
    without: ["decided_by"],
  },
  gain_parts: mine("holder_id", "Your parts of others’ gains"),
  documents: mine("owner_id", "Evidence that you handed in; it is in the folder files"),
  partings: {
    says: "Partings of students from holders",
    where: `(t.holder_id = $me or ${ofToken})`,
    without: ["decided_by"],
  },
  resales: {
    says: "Sales of shares to another holder",
    where: "(t.seller_id = $me or t.buyer_id = $me)",
  },
  resale_purchases: mine("buyer_id", "Shares that you asked to buy"),
  sales: { says: "Shares that were sold on", where: "(t.seller_id = $me or t.buyer_id = $me)" },
  deposits: mine("person_id", "Money that you paid in", ["first_by", "decided_by"]),
  withdrawals: mine("person_id", "Money that you took out", ["first_by", "decided_by"]),
  accounts: mine("owner_id", "Your accounts in the ledger"),
  postings: {
    says: "Every movement on your accounts",
    where: `(t.from_id ${ofAccounts} or t.to_id ${ofAccounts})`,
  },
  claims: {
    says: "What is owed since reversals, by you or to you",
    where: "(t.debtor_id = $me or t.creditor_id = $me)",
  },
};

/** Tables that name persons and of which nothing is in the archive, each with the reason. */
export const LEFT_OUT: Record<string, string> = {
  email_tokens: "secrets of links that were mailed",
  recovery_codes: "secrets",
  sign_in_steps: "secrets",
  same_persons: "a finding of operators",
  closed_openings: "acts of operators",
  reversals: "acts of operators; what they changed is in the movements",
  decision_releases: "when decisions of a cohort went out",
  review_assignments: "what is to be read stands on its page, where conflicts are kept out",
  reviewer_scales: "sums of the scores",
  mark_counts: "sums of what is in the ledger",
  person_payments: "sums of what is in the ledger",
  person_totals: "sums of what is in the ledger",
  published_records: "the public record, which is public",
  record_flows: "the public record, which is public",
};

/** A column that is nobody's to read: a digest of a secret, or the secret. */
export const SECRET = /(^|_)(hash|secret)$|^totp_last_step$|^token$/;
