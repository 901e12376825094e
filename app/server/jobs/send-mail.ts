import { sendMail } from "#emails/send.server";
import type { Handler } from "./handler";

/** Sends a message of the outbox. */
export const sendMailJob: Handler<"send-mail"> = ({ outboxId }, now) => sendMail(outboxId, now);
