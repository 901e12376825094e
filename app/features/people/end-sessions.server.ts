import { defineCommand } from "~/auth/command.server";
import { endOneSession, endOtherSessions } from "~/auth/session.server";
import { z } from "~/lib/zod";
import { sessionIdField } from "./security-schema";

/** Signs the person out in one of their browsers. Refuses `session_gone` for one that is not theirs or has ended. */
export const revokeSession = defineCommand({
  name: "end-session",
  action: "account.sessions",
  input: z.object({ sessionId: sessionIdField }),
  async run(tx, { input, person, authorise, refuse, audit }): Promise<Record<string, never>> {
    authorise({ person: person.id });
    if (!(await endOneSession(tx, person.id, input.sessionId)))
      return refuse({ code: "session_gone" });
    await audit({ type: "person", id: person.id });
    return {};
  },
});

/** Signs the person out everywhere but here. Answers in how many browsers. */
export const revokeOtherSessions = defineCommand({
  name: "end-other-sessions",
  action: "account.sessions",
  input: z.object({ keptSessionId: sessionIdField }),
  async run(tx, { input, person, authorise, audit }) {
    authorise({ person: person.id });
    const ended = await endOtherSessions(tx, person.id, input.keptSessionId);
    await audit({ type: "person", id: person.id }, { ended });
    return { ended };
  },
});
