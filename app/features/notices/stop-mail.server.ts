import { mutedTopics } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { z } from "~/lib/zod";
import { readStopToken } from "./stop-link.server";

/**
 * Stops mail about the topic that a mailed link names, for the person that it was mailed to: whoever holds the link may,
 * signed in or not. Stopping again changes nothing. Refusal: `not_found` for a link that was not signed here.
 */
export const stopMail = defineCommand({
  name: "stop-mail",
  action: "mail.stop",
  input: z.object({ token: z.string().max(200).default("") }),
  async run(tx, context) {
    const found = await readStopToken(tx, context.input.token);
    if (!found) return context.refuse({ code: "not_found" });
    context.authorise({ person: found.personId });
    await tx
      .insert(mutedTopics)
      .values({ ...found, mutedAt: context.now })
      .onConflictDoNothing();
    return { topic: found.topic };
  },
});
