import { and, asc, count, eq, isNull, max } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { portfolioWorks } from "#db/schema/index";
import { type Context, defineCommand } from "~/auth/command.server";
import { lockPerson } from "~/features/people/lock-person.server";
import { z } from "~/lib/zod";
import { dropUnusedFiles, keepFile } from "./keep-file.server";
import { MOST_WORKS } from "./limits";
import { workFields, workInput } from "./works-schema";

/** Puts a work in the asker's collection, last. Refusals: `too_many_works_kept`, and on the field `file` those of `keepFile`. */
export const addWork = defineCommand({
  name: "add-work",
  action: "profile.edit",
  input: z.object(workFields),
  async run(tx, context) {
    const { input, now, person } = context;
    context.authorise({ person: person.id });
    await lockPerson(tx, person.id);
    const [own] = await tx
      .select({ works: count(), last: max(portfolioWorks.position) })
      .from(portfolioWorks)
      .where(and(eq(portfolioWorks.personId, person.id), isNull(portfolioWorks.removedAt)));
    if ((own?.works ?? 0) >= MOST_WORKS) context.refuse({ code: "too_many_works_kept" });
    const fileId = input.file ? await keep(tx, context, input.file) : null;
    const { title, description, url } = input;
    const [row] = await tx
      .insert(portfolioWorks)
      .values({
        ...{
          personId: person.id,
          position: (own?.last ?? -1) + 1,
          title,
          description,
          url,
          fileId,
        },
        ...{ createdAt: now, updatedAt: now },
      })
      .returning({ id: portfolioWorks.id });
    if (!row) throw new Error("the work was not kept");
    return { workId: row.id };
  },
});

/** Changes a work of the asker's; a new file takes the place of the one before, `dropFile` takes it away. Refusals: `not_found`, and on `file` those of `keepFile`. */
export const editWork = defineCommand({
  name: "edit-work",
  action: "profile.edit",
  input: workInput.extend({ ...workFields, dropFile: z.string().optional() }),
  async run(tx, context) {
    const { input, now, person } = context;
    const work = await holdWork(tx, context, input.workId);
    const fresh = input.file ? await keep(tx, context, input.file) : null;
    const fileId = fresh ?? (input.dropFile === "yes" ? null : work.fileId);
    const { title, description, url } = input;
    await tx
      .update(portfolioWorks)
      .set({ title, description, url, fileId, updatedAt: now })
      .where(eq(portfolioWorks.id, work.id));
    await dropUnusedFiles(tx, person.id);
    return { workId: work.id };
  },
});

/** Moves a work of the asker's one place up or down in the collection; at its end it stays. Refusals: `not_found`. */
export const moveWork = defineCommand({
  name: "move-work",
  action: "profile.edit",
  input: workInput.extend({ way: z.enum(["up", "down"]) }),
  async run(tx, context) {
    const { input, person } = context;
    await lockPerson(tx, person.id);
    const work = await holdWork(tx, context, input.workId);
    const rows = await tx
      .select({ id: portfolioWorks.id })
      .from(portfolioWorks)
      .where(and(eq(portfolioWorks.personId, person.id), isNull(portfolioWorks.removedAt)))
      .orderBy(asc(portfolioWorks.position), asc(portfolioWorks.createdAt));
    const ids = rows.map(({ id }) => id).filter((id) => id !== work.id);
    const at = rows.findIndex(({ id }) => id === work.id) + (input.way === "up" ? -1 : 1);
    ids.splice(Math.max(0, at), 0, work.id);
    for (const [position, id] of ids.entries())
      await tx.update(portfolioWorks).set({ position }).where(eq(portfolioWorks.id, id));
    return { workId: work.id };
  },
});

/** Takes a work out of the asker's collection and out of every application, with its file. Refusals: `not_found`. */
export const removeWork = defineCommand({
  name: "remove-work",
  action: "profile.edit",
  input: workInput,
  async run(tx, context) {
    const { input, now, person } = context;
    const work = await holdWork(tx, context, input.workId);
    await tx
      .update(portfolioWorks)
      .set({ removedAt: now, fileId: null })
      .where(eq(portfolioWorks.id, work.id));
    await dropUnusedFiles(tx, person.id);
    return { workId: work.id };
  },
});

async function holdWork(tx: Tx, context: Context<unknown>, id: string) {
  const [work] = await tx
    .select()
    .from(portfolioWorks)
    .where(and(eq(portfolioWorks.id, id), isNull(portfolioWorks.removedAt)))
    .for("update");
  if (!work) return context.refuse({ code: "not_found" });
  context.authorise({ person: work.personId });
  return work;
}

async function keep(
  tx: Tx,
  context: Context<unknown>,
  file: { name: string; bytes: Uint8Array },
): Promise<string> {
  const { person, now } = context;
  return context.need(await keepFile(tx, { ownerId: person.id, file, now }), "file").id;
}
