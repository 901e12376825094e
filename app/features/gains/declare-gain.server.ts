import type { Tx } from "#db/client.server";
import { gains } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { type Context, defineCommand, plainInput } from "~/auth/command.server";
import { gainDeclared, type LotPart, tokenAsset } from "~/ledger/entries";
import { post } from "~/ledger/post.server";
import { getLogId, getLogIds, lockAccount } from "~/ledger/read.server";
import { formatDate } from "~/lib/dates";
import { formatCents } from "~/lib/money";
import { findOwnDocument, findTokenOf } from "./find-token.server";
import { sumByHolder } from "./holders.server";
import { planGain } from "./plan-gain.server";
import { dueAt, firstGrade, recordInstantOf, splitByPeople } from "./rules";
import { type Sale, saleInput } from "./schema";

type Token = NonNullable<Awaited<ReturnType<typeof findTokenOf>>>;

/**
 * The owner of a token declares a sale of company equity. Each lot's part is fixed now, by the shares held at 24:00 UTC
 * of the closing date, and is due in 30 days; a gain that gives holders nothing is marked as paid. Holds the owner's
 * shares account. Refuses `closing_in_future`, `before_token` (both on `closingDate`), `document_missing`.
 */
export const declareGain = defineCommand({
  name: "declare-gain",
  action: "gain.declare",
  input: saleInput,
  async run(tx, ctx) {
    const token = await findTokenOf(tx, ctx.person.id);
    ctx.authorise(token ? { owner: token.ownerId } : {});
    if (!token) return ctx.refuse({ code: "not_found" });
    await lockAccount(tx, "shares", token.ownerId, tokenAsset(token.id));
    const recordInstant = ctx.need(
      recordInstantOf(ctx.input.closingDate, token.mintedAt, ctx.now),
      "closingDate",
    );
    const document = await findOwnDocument(tx, ctx.person.id, ctx.input.documentId);
    if (ctx.input.documentId && !document)
      ctx.refuse({ code: "document_missing", field: "document" });

    const plan = await planGain(tx, token.id, ctx.input, recordInstant, document !== null);
    const paid = plan.parts.filter((part) => part.cents > 0n);
    const grade = firstGrade(document !== null);
    const due = dueAt(ctx.now);
    const {
      proceeds: proceedsCents,
      basis: basisCents,
      costs: costsCents,
      company,
      closingDate,
    } = ctx.input;
    const amounts = {
      proceedsCents,
      basisCents,
      costsCents,
      lossCents: plan.lossCents,
      distributableCents: plan.distributableCents,
    };
    const [gain] = await tx
      .insert(gains)
      .values({
        ...amounts,
        tokenId: token.id,
        company,
        closingDate,
        grade,
        documentId: document?.id ?? null,
        declaredAt: ctx.now,
        dueAt: due,
        paidAt: paid.length === 0 ? ctx.now : null,
      })
      .returning({ id: gains.id });
    if (!gain) throw new Error("the gain was not kept");
    await postGain(tx, ctx, token, { ...amounts, id: gain.id, recordInstant, grade, parts: paid });
    await tellHolders(tx, token, paid, due, ctx.now);
    await ctx.audit(
      { type: "gain", id: gain.id },
      { distributableCents: String(plan.distributableCents), toPayCents: String(plan.toPayCents) },
    );
    return {
      gainId: gain.id,
      distributableCents: String(plan.distributableCents),
      toPayCents: String(plan.toPayCents),
    };
  },
});

type Posted = Omit<
  Parameters<typeof gainDeclared>[1],
  "tokenId" | "tokenLogId" | "ownerId" | "parts"
> & {
  parts: { lotId: string; holderId: string; cents: bigint }[];
};

/** Posts the declaration: one entry, or several under one reference where more than 256 people have a part in it. */
async function postGain(tx: Tx, ctx: Context<Sale>, token: Token, gain: Posted): Promise<void> {
  const tokenLogId = await getLogId(tx, "token", token.id);
  const logIds = await getLogIds(
    tx,
    "person",
    gain.parts.map((part) => part.holderId),
  );
  const parts: LotPart[] = gain.parts.map(({ lotId, holderId, cents }) => ({
    lotId,
    holderId,
    holderLogId: logIds.get(holderId) ?? "",
    cents,
  }));
  const runs = parts.length > 0 ? splitByPeople(parts) : [[]];
  for (const [index, run] of runs.entries()) {
    const act = {
      actorId: ctx.person.id,
      now: ctx.now,
      idempotencyKey: `${ctx.key}:gain:${index}`,
      input: plainInput(ctx.input),
    };
    ctx.need(
      await post(
        tx,
        gainDeclared(act, {
          ...gain,
          tokenId: token.id,
          tokenLogId,
          ownerId: token.ownerId,
          parts: run,
        }),
      ),
    );
  }
}

async function tellHolders(
  tx: Tx,
  token: Token,
  parts: { holderId: string; cents: bigint }[],
  due: Date,
  now: Date,
): Promise<void> {
  for (const holder of await sumByHolder(tx, parts)) {
    await enqueueMail(tx, {
      to: { personId: holder.personId, email: holder.email },
      template: "gain-declared",
      props: {
        name: holder.displayName,
        owner: token.ownerName,
        amount: formatCents(holder.cents),
        due: formatDate(due),
        path: `/people/${token.ownerHandle}`,
      },
      now,
    });
  }
}
