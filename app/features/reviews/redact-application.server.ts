import { and, asc, eq, isNull } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { redactions } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { recordEvent } from "~/features/applications/events.server";
import { holdApplication } from "./hold-application.server";
import { redactionInput, undoRedactionInput } from "./schema";

/**
 * Somebody who reviews an application hides words that give away who applies, from everybody who has yet to score it.
 * Refusals: as `holdApplication`, and `hidden_already`.
 */
export const redactApplication = defineCommand({
  name: "redact-application",
  action: "application.review",
  input: redactionInput,
  async run(tx, context) {
    const { input, now, person } = context;
    await holdApplication(tx, context, input.applicationId);
    const known = await listRedactions(input.applicationId, tx);
    if (known.some(({ phrase }) => phrase.toLowerCase() === input.phrase.toLowerCase()))
      context.refuse({ code: "hidden_already", field: "phrase" });
    const [row] = await tx
      .insert(redactions)
      .values({ ...input, madeBy: person.id, madeAt: now })
      .returning({ id: redactions.id });
    if (!row) throw new Error("a redaction vanished");
    await recordEvent(tx, {
      applicationId: input.applicationId,
      at: now,
      actorId: person.id,
      kind: "redacted",
      audience: "staff",
      data: { phrase: input.phrase },
    });
    return { redactionId: row.id };
  },
});

/** Somebody who reviews the application shows hidden words again. Refusals: as `holdApplication`. */
export const undoRedaction = defineCommand({
  name: "undo-redaction",
  action: "application.review",
  input: undoRedactionInput,
  async run(tx, context) {
    const { input, now, person } = context;
    const [row] = await tx
      .select()
      .from(redactions)
      .where(and(eq(redactions.id, input.redactionId), isNull(redactions.undoneAt)));
    if (!row) return context.refuse({ code: "not_found" });
    await holdApplication(tx, context, row.applicationId);
    await tx.update(redactions).set({ undoneAt: now }).where(eq(redactions.id, row.id));
    await recordEvent(tx, {
      applicationId: row.applicationId,
      at: now,
      actorId: person.id,
      kind: "redaction_undone",
      audience: "staff",
      data: { phrase: row.phrase },
    });
    return { applicationId: row.applicationId };
  },
});

/** The words that are hidden in an application, in the order in which they were. */
export const listRedactions = (applicationId: string, db: Queryable = getDb()) =>
  db
    .select({ id: redactions.id, phrase: redactions.phrase, madeBy: redactions.madeBy })
    .from(redactions)
    .where(and(eq(redactions.applicationId, applicationId), isNull(redactions.undoneAt)))
    .orderBy(asc(redactions.madeAt), asc(redactions.id));
