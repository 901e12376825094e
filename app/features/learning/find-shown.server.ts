import { eq } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { updates, works } from "#db/schema/index";
import { spacePath, updateInWords, workInWords } from "./words";

/** Something that a student shows: a published update or a piece of work. */
export type Shown = { cohortId: string; studentId: string; about: string; parts: [string, string] };

/** The published update or the piece of work of that id; null where there is none. Whoever asks must still be authorised. */
export async function findShown(
  db: Queryable,
  on: "update" | "work",
  id: string,
): Promise<Shown | null> {
  if (on === "update") {
    const [update] = await db.select().from(updates).where(eq(updates.id, id));
    if (update?.state !== "published") return null;
    const { cohortId, personId: studentId, week } = update;
    return { cohortId, studentId, about: updateInWords(week), parts: ["updates", id] };
  }
  const [work] = await db.select().from(works).where(eq(works.id, id));
  if (!work) return null;
  const { cohortId, personId: studentId, title } = work;
  return { cohortId, studentId, about: workInWords(title), parts: ["works", id] };
}

/** Where it stands in its cohort's space. */
export const pathOf = (slug: string, shown: Shown): string => spacePath(slug, ...shown.parts);
