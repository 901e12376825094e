import { and, desc, eq } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { applications, offers, outbox, persons } from "#db/schema/index";
import { type Actor, type AnyActor, SYSTEM } from "~/auth/actor";
import type { Call, Refusal } from "~/auth/command.server";
import { hashPassword } from "~/auth/passwords.server";
import { submitApplication } from "~/features/applications/submit-application.server";
import { answerInvitation } from "~/features/cohorts/answer-invitation.server";
import { inviteCoTeacher } from "~/features/cohorts/invite-co-teacher.server";
import { openCohort } from "~/features/cohorts/open-cohort.server";
import { beginRelease } from "~/features/decisions/begin-release.server";
import { decideApplications } from "~/features/decisions/decide-applications.server";
import { releaseAll } from "~/features/decisions/release-decisions.server";
import { declareGain } from "~/features/gains/declare-gain.server";
import { gradeGain } from "~/features/gains/grade-gain.server";
import { payGain } from "~/features/gains/pay-gain.server";
import { answerQuiz } from "~/features/offers/answer-quiz.server";
import { fundPart } from "~/features/offers/fund-part.server";
import { makeOffer } from "~/features/offers/make-offer.server";
import { quizOf } from "~/features/offers/quiz";
import { readInfoSheet } from "~/features/offers/read-info-sheet.server";
import { settleOffer } from "~/features/offers/settle-offer.server";
import { signOffer } from "~/features/offers/sign-offer.server";
import { grantOperator } from "~/features/people/grant-operator.server";
import { openAccount } from "~/features/people/sign-up.server";
import { verifyEmail } from "~/features/people/verify-email.server";
import { answerReferral } from "~/features/scouting/answer-referral.server";
import { confirmByLink } from "~/features/scouting/confirm-by-link.server";
import { makeScoutLink } from "~/features/scouting/links.server";
import { referTalent } from "~/features/scouting/refer-talent.server";
import { scoreHypothesis } from "~/features/scouting/score-hypothesis.server";
import { stateHypothesis } from "~/features/scouting/state-hypothesis.server";
import { mintToken } from "~/features/tokens/mint-token.server";
import { decideDeposit } from "~/features/treasury/decide-deposit.server";
import { decideWithdrawal } from "~/features/treasury/decide-withdrawal.server";
import { requestDeposit } from "~/features/treasury/request-deposit.server";
import { requestWithdrawal } from "~/features/treasury/request-withdrawal.server";
import { decideVerification } from "~/features/verification/decide-verification.server";
import { requestVerification } from "~/features/verification/request-verification.server";
import type { Result } from "~/lib/result";
import { singleton } from "~/lib/singleton.server";

/** The password of everybody in the demo world and in tests. */
export const PASSWORD = "a rope of eight strands";
/** Hashed once for all: it is one password, which everybody may read here. */
const hashedPassword = () => singleton("demo-password", () => hashPassword(PASSWORD));

export type NewPerson = {
  name: string;
  handle: string;
  email?: string;
  legalName?: string;
  dateOfBirth?: string;
  country?: string;
};
/** A person of a made world, ready to act. */
export type Someone = Actor & { email: string; legalName: string };
/** The two operators that money in and out takes. */
export type Operators = readonly [first: Someone, second: Someone];
export type Terms = {
  amount: string;
  percent: string;
  payoutCap?: "none" | "3" | "5";
  sunset?: "none" | "10" | "20";
  /** Co-investors' parts. */
  parts?: readonly { handle: string; amount: string; percent: string }[];
};
export type NewCohort = Omit<Terms, "parts"> & {
  finderStake?: string;
  title: string;
  skill: string;
  pitch: string;
  capacity: string;
  timeZone?: string;
  opensAt: string;
  closesAt: string;
  decisionsBy?: string;
  startsAt: string;
  endsAt: string;
  questions: string[];
};
export type MadeCohort = {
  cohortId: string;
  slug: string;
  questionIds: string[];
  criterionIds: string[];
};
export type Sale = {
  company: string;
  closingDate: string;
  proceeds: string;
  basis: string;
  costs: string;
  documentId?: string;
};

/**
 * The product's own commands, one after another, as a person would give them: what the demo world and the tests are
 * made of. Every act happens at `now`, which its user moves; keys are counted, so that the same acts have the same keys.
 */
export class Steps {
  private count = 0;

  constructor(
    private readonly prefix: string,
    public now: Date,
  ) {}

  /** A call by that actor, now, under the next key. */
  call(actor: AnyActor, input: unknown): Call {
    this.count += 1;
    return { actor, input, idempotencyKey: `${this.prefix}-${this.count}`, now: this.now };
  }

  /** The value of an accepted command; a refusal is a mistake of whoever made this world, and throws. */
  must<T>(result: Result<T, Refusal>): T {
    if (result.ok) return result.value;
    throw new Error(`refused: ${JSON.stringify(result.error)} at ${this.now.toISOString()}`);
  }

  /** Signs up, and confirms the address with the mailed link. */
  async join(person: NewPerson): Promise<Someone> {
    const email = person.email ?? `${person.handle}@belay.test`;
    const legalName = person.legalName ?? person.name;
    const input = {
      email,
      passwordHash: await hashedPassword(),
      displayName: person.name,
      handle: person.handle,
      legalName,
      dateOfBirth: person.dateOfBirth ?? "1999-04-12",
      country: person.country ?? "US",
    };
    const { personId } = this.must(await openAccount(this.call(null, input)));
    if (!personId) throw new Error(`${email} is already there`);
    const token = await this.mailedToken(email, "verify-email");
    this.must(await verifyEmail(this.call(null, { token })));
    return {
      id: personId,
      handle: person.handle,
      displayName: person.name,
      emailVerified: true,
      operator: false,
      proved: true,
      email,
      legalName,
    };
  }

  /** Someone who joins and is made an operator from the command line. */
  async joinAsOperator(person: NewPerson): Promise<Someone> {
    const someone = await this.join(person);
    this.must(await grantOperator(this.call(SYSTEM, { email: someone.email })));
    return { ...someone, operator: true };
  }

  /** Is verified as an investor by an operator (T18). */
  async verify(investor: Someone, operator: Someone): Promise<void> {
    const input = {
      basis: "net_worth",
      statement: "Net worth over $1 million without my home; statements of two banks.",
    };
    const { verificationId } = this.must(await requestVerification(this.call(investor, input)));
    const decision = { verificationId, decision: "approve", reason: "Both statements seen." };
    this.must(await decideVerification(this.call(operator, decision)));
  }

  /** Deposits dollars: the first operator records what arrived, the second confirms the same. */
  async deposit(person: Someone, operators: Operators, amount: string): Promise<void> {
    const reference = `${person.handle}-${this.count}`;
    const { depositId } = this.must(await requestDeposit(this.call(person, { amount, reference })));
    const decision = { depositId, decision: "confirm", arrived: amount };
    for (const operator of operators) this.must(await decideDeposit(this.call(operator, decision)));
  }

  /** Withdraws dollars: the first operator pays and records it, the second confirms. */
  async withdraw(person: Someone, operators: Operators, amount: string): Promise<void> {
    const destination = "Account ending 4411 at First Bank";
    const { withdrawalId } = this.must(
      await requestWithdrawal(this.call(person, { amount, destination })),
    );
    for (const operator of operators)
      this.must(await decideWithdrawal(this.call(operator, { withdrawalId, decision: "paid" })));
  }

  /** Opens a cohort. */
  async openCohort(teacher: Someone, cohort: NewCohort): Promise<MadeCohort> {
    const input = { timeZone: "UTC", payoutCap: "none", sunset: "none", ...cohort };
    return this.must(await openCohort(this.call(teacher, input)));
  }

  /** Applies to a cohort with an answer to each question, showing these works of one's own. */
  async apply(
    student: Someone,
    cohort: MadeCohort,
    answers: readonly string[],
    works?: readonly string[],
  ): Promise<string> {
    const byId = Object.fromEntries(
      cohort.questionIds.map((id, index) => [id, answers[index % answers.length] ?? "Yes."]),
    );
    const input = { cohortId: cohort.cohortId, answers: byId, ...(works ? { works } : {}) };
    return this.must(await submitApplication(this.call(student, input))).applicationId;
  }

  /** Decides about an application and releases what is pending in its cohort. */
  async decide(
    teacher: Someone,
    applicationId: string,
    decision: "admit" | "decline" = "admit",
  ): Promise<void> {
    const cohortId = await this.cohortOf(applicationId);
    await this.decideLater(teacher, cohortId, [applicationId], decision);
    await this.release(teacher, cohortId);
  }

  /** Decides about applications of a cohort; nobody is told before the release. */
  async decideLater(
    teacher: Someone,
    cohortId: string,
    applicationIds: readonly string[],
    kind: "admit" | "decline" | "waitlist" | "hold",
    feedback = "",
  ): Promise<void> {
    const input = { cohortId, applicationIds, kind, feedback };
    this.must(await decideApplications(this.call(teacher, input)));
  }

  /** Tells all that is decided in a cohort, at once. */
  async release(teacher: Someone, cohortId: string): Promise<void> {
    const { releaseId } = this.must(await beginRelease(this.call(teacher, { cohortId })));
    await releaseAll(releaseId, this.now);
  }

  private async cohortOf(applicationId: string): Promise<string> {
    const [row] = await getDb()
      .select({ cohortId: applications.cohortId })
      .from(applications)
      .where(eq(applications.id, applicationId));
    if (!row) throw new Error("no such application");
    return row.cohortId;
  }

  /** Makes a funded offer to an admitted applicant. */
  async offer(teacher: Someone, applicationId: string, terms: Terms): Promise<string> {
    const input = { applicationId, payoutCap: "none", sunset: "none", message: "", ...terms };
    return this.must(await makeOffer(this.call(teacher, input))).offerId;
  }

  /** Funds a co-investor's part of an offer. */
  async fundPart(investor: Someone, offerId: string): Promise<void> {
    this.must(await fundPart(this.call(investor, { offerId })));
  }

  /** Asks somebody to work on a cohort too, who accepts with the mailed link. */
  async teachTogether(
    teacher: Someone,
    other: Someone,
    cohortId: string,
    as: { role?: "lead" | "co_teacher" | "reviewer"; part?: string } = {},
  ): Promise<void> {
    const input = { cohortId, email: other.email, ...as };
    this.must(await inviteCoTeacher(this.call(teacher, input)));
    const token = await this.mailedToken(other.email, "co-teacher-invited");
    this.must(await answerInvitation(this.call(other, { token, decision: "accept" })));
  }

  /** Refers somebody by e-mail. */
  async refer(scout: Someone, talent: NewPerson, reasons: string, cohortId = ""): Promise<string> {
    const talentEmail = talent.email ?? `${talent.handle}@belay.test`;
    const input = { talentName: talent.name, talentEmail, reasons, cohortId };
    return this.must(await referTalent(this.call(scout, input))).referralId;
  }

  /** Confirms the scout of a referral by name; `none` confirms nobody. */
  async confirmScout(talent: Someone, referralId: string): Promise<void> {
    this.must(await answerReferral(this.call(talent, { referralId })));
  }

  /** Makes a link of one's own to give to people; answers its code and id. */
  async makeLink(scout: Someone, cohortId = ""): Promise<{ linkId: string; code: string }> {
    return this.must(await makeScoutLink(this.call(scout, { cohortId })));
  }

  /** Confirms, by name, the scout whose link one came by; answers the referral that this makes. */
  async confirmByLink(talent: Someone, scout: Someone, code: string): Promise<string> {
    const input = { code, scout: scout.handle };
    return this.must(await confirmByLink(this.call(talent, input))).confirmed;
  }

  /** Writes down what a scout expects of somebody, how sure they are in percent, and by which day it shows. */
  async expectOf(
    scout: Someone,
    referralId: string,
    said: { claim: string; chancePercent: string; dueOn: string },
  ): Promise<string> {
    return this.must(await stateHypothesis(this.call(scout, { referralId, ...said }))).hypothesisId;
  }

  /** Says what came of a hypothesis, and what shows it. */
  async scoreHypothesis(
    scorer: Someone,
    hypothesisId: string,
    outcome: "true" | "false" | "void",
    evidence: string,
  ): Promise<void> {
    const input = { hypothesisId, outcome, evidence };
    this.must(await scoreHypothesis(this.call(scorer, input)));
  }

  /** The token in the newest message of that kind to an address. */
  async mailedToken(email: string, template: string): Promise<string> {
    const [mail] = await getDb()
      .select({ props: outbox.props })
      .from(outbox)
      .where(and(eq(outbox.toEmail, email), eq(outbox.template, template)))
      .orderBy(desc(outbox.createdAt))
      .limit(1);
    const path = mail?.props.path ?? "/";
    return new URL(path, "http://localhost").searchParams.get("token") ?? "";
  }

  /** Reads the information sheet, answers its questions, mints the token and signs the offer. */
  async sign(student: Someone, offerId: string): Promise<void> {
    await this.prepareToSign(student, offerId);
    this.must(
      await signOffer(
        this.call(student, {
          offerId,
          typedLegalName: student.legalName,
          consentPublicLine: "yes",
          consentFinderStake: "yes",
        }),
      ),
    );
  }

  /** Everything before the last button of a signing. */
  async prepareToSign(student: Someone, offerId: string): Promise<void> {
    const [offer] = await getDb().select().from(offers).where(eq(offers.id, offerId));
    if (!offer) throw new Error("no such offer");
    const answers = Object.fromEntries(
      quizOf(offer).map((question) => [question.name, question.right]),
    );
    this.must(await readInfoSheet(this.call(student, { offerId })));
    this.must(await answerQuiz(this.call(student, { offerId, ...answers })));
    this.must(await mintToken(this.call(student, { typedLegalName: student.legalName })));
  }

  /** Settles a signed offer that is due, as the job does. */
  async settle(offerId: string): Promise<void> {
    this.must(
      await settleOffer({
        actor: SYSTEM,
        input: { offerId },
        idempotencyKey: offerId,
        now: this.now,
      }),
    );
  }

  /** Declares a sale of company equity. */
  async declare(student: Someone, sale: Sale): Promise<{ gainId: string; toPayCents: string }> {
    return this.must(await declareGain(this.call(student, sale)));
  }

  /** Pays the holders' parts of a gain. */
  async pay(student: Someone, gainId: string): Promise<void> {
    this.must(await payGain(this.call(student, { gainId })));
  }

  /** Sets a gain's evidence grade. */
  async grade(
    operator: Someone,
    gainId: string,
    grade: "counterparty" | "tax_transcript",
    reason: string,
  ): Promise<void> {
    this.must(await gradeGain(this.call(operator, { gainId, grade, reason })));
  }

  /** The person as they stand in the database now. */
  async find(handle: string): Promise<Someone> {
    const [row] = await getDb().select().from(persons).where(eq(persons.handle, handle));
    if (!row) throw new Error(`nobody is called ${handle}`);
    return {
      id: row.id,
      handle,
      displayName: row.displayName,
      emailVerified: row.emailVerifiedAt !== null,
      operator: row.operatorSince !== null,
      proved: true,
      email: row.email,
      legalName: row.legalName,
    };
  }
}
