import { teacherNotes } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { findMembership } from "./membership.server";
import { noteInput } from "./schema";

/**
 * A teacher keeps a private note on a student of the cohort, with the strengths that they see. Only the cohort's teachers
 * read it, never the student. Refusal: `not_found`.
 */
export const writeNote = defineCommand({
  name: "write-note",
  action: "note.keep",
  input: noteInput,
  async run(tx, context) {
    const { input, person, now } = context;
    const { cohortId, studentId, strengths, body } = input;
    const student = await findMembership(tx, { id: cohortId }, studentId);
    if (!student?.enrolledAt) return context.refuse({ code: "not_found" });
    context.authorise({ teacher: student.teacherIds, student: studentId });
    const [row] = await tx
      .insert(teacherNotes)
      .values({ cohortId, studentId, authorId: person.id, strengths, body, writtenAt: now })
      .returning({ id: teacherNotes.id });
    if (!row) throw new Error("the note was not kept");
    return { noteId: row.id };
  },
});
