import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { enqueue } from "#db/jobs.server";
import { agreements, offers } from "#db/schema/index";
import { type Context, defineCommand, plainInput } from "~/auth/command.server";
import { isOverHolderLimit } from "~/features/tokens/queries.server";
import { offerSigned } from "~/ledger/entries";
import { post } from "~/ledger/post.server";
import { getLogId, getLogIds } from "~/ledger/read.server";
import { dayBegunEverywhere, isLegalName, isOfAge } from "~/lib/signing";
import type { z } from "~/lib/zod";
import { investmentAgreement } from "./agreement";
import { dealOf } from "./deal";
import { holdOffer, type OfferFile, partiesOf } from "./hold-offer.server";
import { holdingsOf } from "./holdings";
import { realInstant } from "./real-time.server";
import { answerProblem, coolingOff } from "./rules";
import { signInput } from "./schema";
import { tellParties } from "./tell-parties.server";

type Input = z.output<typeof signInput>;

/**
 * The student signs an open offer: the text is kept with its hash, the shares are reserved, and a job settles it after
 * the cooling-off period (T3, T5, T15, T16). Holds the offer's row.
 * Refusals, in this order: `not_found`, those of `answerProblem`, `under_age`, `quiz_first`, `token_first`, `stake_consent` on
 * `consentFinderStake` (T22), `wrong_name` on `typedLegalName`, `text_changed`, and the ledger's `cap_exceeded` and `holder_limit` (T2), `too_many_holders`.
 */
export const signOffer = defineCommand({
  name: "sign-offer",
  action: "offer.answer",
  input: signInput,
  async run(tx, context) {
    const { input, now } = context;
    const file = await holdOffer(tx, input.offerId);
    if (!file) return context.refuse({ code: "not_found" });
    context.authorise(partiesOf(file));
    const token = mayStillSign(context, file);
    const agreementId = await keepAgreement(tx, context, file);
    await reserveShares(tx, context, file, token);
    const { settlesAt, investorMayLeaveUntil } = coolingOff(now);
    await tx
      .update(offers)
      .set({ state: "signed", signedAt: now, agreementId, settlesAt, investorMayLeaveUntil })
      .where(eq(offers.id, file.offer.id));
    await enqueue(
      tx,
      "settle-offer",
      { offerId: file.offer.id },
      { startAfter: realInstant(settlesAt), singletonKey: file.offer.id },
    );
    await context.audit(
      { type: "offer", id: file.offer.id },
      { state: "signed", shares: String(file.offer.shares) },
    );
    await tellParties(tx, file, "offer-signed", now, {
      until: settlesAt,
      investorUntil: investorMayLeaveUntil,
    });
    return {
      offerId: file.offer.id,
      state: "signed",
      agreementId,
      settlesAt: settlesAt.toISOString(),
    };
  },
});

function mayStillSign(context: Context<Input>, file: OfferFile): { id: string; ownerId: string } {
  const { input, now } = context;
  const problem = answerProblem(file.offer, now);
  if (problem) context.refuse({ code: problem });
  if (!isOfAge(file.student, dayBegunEverywhere(now))) context.refuse({ code: "under_age" });
  if (!file.offer.quizPassedAt) context.refuse({ code: "quiz_first" });
  if (!file.token) return context.refuse({ code: "token_first" });
  if (file.offer.finderId && input.consentFinderStake !== "yes")
    context.refuse({ code: "stake_consent", field: "consentFinderStake" });
  if (!isLegalName(input.typedLegalName, file.student.legalName))
    context.refuse({ code: "wrong_name", field: "typedLegalName" });
  return file.token;
}

async function keepAgreement(tx: Tx, context: Context<Input>, file: OfferFile): Promise<string> {
  const { input, now } = context;
  const { version, text } = investmentAgreement(dealOf(file));
  const textSha256 = createHash("sha256").update(text).digest("hex");
  if (input.textSha256 !== undefined && input.textSha256 !== textSha256)
    context.refuse({ code: "text_changed" });
  const [agreement] = await tx
    .insert(agreements)
    .values({
      kind: "investment",
      personId: file.student.id,
      offerId: file.offer.id,
      version,
      text,
      textSha256,
      typedLegalName: input.typedLegalName,
      signedAt: now,
    })
    .returning({ id: agreements.id });
  if (!agreement) throw new Error("an agreement vanished");
  return agreement.id;
}

async function reserveShares(
  tx: Tx,
  context: Context<Input>,
  file: OfferFile,
  token: { id: string; ownerId: string },
): Promise<void> {
  const holdings = holdingsOf({ ...file.offer, parts: file.parts });
  const people = await getLogIds(
    tx,
    "person",
    holdings.map((holding) => holding.holderId),
  );
  const act = {
    actorId: context.person.id,
    now: context.now,
    idempotencyKey: `${context.key}:reserve`,
    input: plainInput(context.input),
  };
  const entry = offerSigned(act, {
    id: file.offer.id,
    tokenId: token.id,
    tokenLogId: await getLogId(tx, "token", token.id),
    ownerId: token.ownerId,
    shares: file.offer.shares,
    reservations: holdings.map((holding) => ({
      holderId: holding.holderId,
      holderLogId: people.get(holding.holderId) ?? "",
      shares: holding.shares,
    })),
  });
  context.need(await post(tx, entry));
  for (const { holderId } of holdings)
    if (await isOverHolderLimit(tx, token.ownerId, holderId))
      context.refuse({ code: "holder_limit" });
}
