import { defineCommand } from "~/auth/command.server";
import { keyChanged } from "~/ledger/entries-of-facts";
import { sha256 } from "~/ledger/log/crypto.server";
import { parseVkey } from "~/ledger/log/note";
import { post } from "~/ledger/post.server";
import { z } from "~/lib/zod";

/**
 * Announces, in the log itself, the key that signs it from now on, from the command line alone (the system asks). A second time is the
 * first. Refuses `not_a_key`.
 */
export const announceKey = defineCommand({
  name: "announce-key",
  action: "log.rotate",
  input: z.object({ vkey: z.string().max(500) }),
  async run(tx, { input, now, authorise, refuse, need, audit }) {
    authorise({});
    if (!parseVkey(sha256, input.vkey)) return refuse({ code: "not_a_key", field: "vkey" });
    const act = { actorId: null, now, idempotencyKey: `key_changed:${input.vkey}`, input: {} };
    const posted = need(await post(tx, keyChanged(act, input.vkey)));
    await audit({ type: "entry", id: posted.logId }, { vkey: input.vkey });
    return { entry: posted.logId };
  },
});
