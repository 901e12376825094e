import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { agreements, persons, tokens } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { defineCommand, plainInput } from "~/auth/command.server";
import { tokenMinted } from "~/ledger/entries";
import { post } from "~/ledger/post.server";
import { getLogId } from "~/ledger/read.server";
import { dayBegunEverywhere, isLegalName, isOfAge } from "~/lib/signing";
import { textField } from "~/lib/terms";
import { z } from "~/lib/zod";
import { tokenAgreement } from "./agreement";

export const mintInput = z.object({
  typedLegalName: textField("your legal name", 200),
  /** The hash of the text that was shown; absent, the present text counts. */
  textSha256: z.string().optional(),
});

/**
 * The owner signs the token agreement by typing their legal name; all 10,000,000 shares are theirs (T1). Someone who has
 * a token already gets it as it is. Holds the person's row, so that there is never a second one.
 * Refusals: `under_age` (T3), `wrong_name` on `typedLegalName`, `text_changed` since it was shown.
 */
export const mintToken = defineCommand({
  name: "mint-token",
  action: "token.mint",
  input: mintInput,
  async run(tx, context) {
    const { input, now } = context;
    const owner = await holdPerson(tx, context.person.id);
    context.authorise({ owner: owner.id });
    const [existing] = await tx
      .select({ id: tokens.id })
      .from(tokens)
      .where(eq(tokens.ownerId, owner.id));
    if (existing) return { tokenId: existing.id, minted: false };
    if (!isOfAge(owner, dayBegunEverywhere(now))) context.refuse({ code: "under_age" });
    if (!isLegalName(input.typedLegalName, owner.legalName))
      context.refuse({ code: "wrong_name", field: "typedLegalName" });
    const { version, text } = tokenAgreement(owner);
    const textSha256 = createHash("sha256").update(text).digest("hex");
    if (input.textSha256 !== undefined && input.textSha256 !== textSha256)
      context.refuse({ code: "text_changed" });
    const [agreement] = await tx
      .insert(agreements)
      .values({
        kind: "token",
        personId: owner.id,
        version,
        text,
        textSha256,
        typedLegalName: input.typedLegalName,
        signedAt: now,
      })
      .returning({ id: agreements.id });
    if (!agreement) throw new Error("an agreement vanished");
    const [token] = await tx
      .insert(tokens)
      .values({ ownerId: owner.id, mintedAt: now, agreementId: agreement.id })
      .returning({ id: tokens.id });
    if (!token) throw new Error("a token vanished");
    const act = {
      actorId: owner.id,
      now,
      idempotencyKey: `${context.key}:mint`,
      input: plainInput(input),
    };
    const ownerLogId = await getLogId(tx, "person", owner.id);
    context.need(await post(tx, tokenMinted(act, { id: token.id, ownerId: owner.id, ownerLogId })));
    await context.audit({ type: "token", id: token.id }, { version, textSha256 });
    await enqueueMail(tx, {
      to: { personId: owner.id, email: owner.email },
      template: "token-minted",
      props: { name: owner.displayName, version, path: `/people/${owner.handle}` },
      now,
    });
    return { tokenId: token.id, minted: true };
  },
});

async function holdPerson(tx: Tx, id: string) {
  const [person] = await tx.select().from(persons).where(eq(persons.id, id)).for("no key update");
  if (!person) throw new Error("a person vanished");
  return person;
}
