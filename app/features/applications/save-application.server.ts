import { defineCommand } from "~/auth/command.server";
import { unanswered } from "./rules";
import { applicationInput } from "./schema";
import { refuseUnanswered, writeApplication } from "./write-application.server";

/**
 * Keeps a draft of the asker's application, or changes one that is submitted, until the window closes. Not for the
 * cohort's own teacher; any age. Refusals: those of `writeApplication`, and `unanswered` where a submitted application
 * would lose an answer.
 */
export const saveApplication = defineCommand({
  name: "save-application",
  action: "application.draft",
  input: applicationInput,
  async run(tx, context) {
    const { application, questions, answers } = await writeApplication(tx, context);
    if (application.state === "submitted") {
      refuseUnanswered(
        context,
        unanswered(
          questions.map((question) => question.id),
          answers,
        ),
      );
    }
    return { applicationId: application.id, state: application.state };
  },
});
