import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, instant } from "./columns";
import { persons } from "./people";

/** Every message, written in the transaction that causes it; a job sends it. */
export const outbox = pgTable(
  "outbox",
  {
    id: id(),
    personId: uuid("person_id").references(() => persons.id),
    toEmail: text("to_email").notNull(),
    template: text("template").notNull(),
    props: jsonb("props").$type<Record<string, string>>().notNull(),
    state: text("state").$type<"waiting" | "sent" | "failed">().notNull().default("waiting"),
    attempts: integer("attempts").notNull().default(0),
    createdAt: instant("created_at").notNull(),
    sentAt: instant("sent_at"),
    providerId: text("provider_id"),
    lastError: text("last_error"),
  },
  (t) => [
    index("outbox_waiting").on(t.createdAt).where(sql`state = 'waiting'`),
    check("outbox_state", sql`${t.state} in ('waiting', 'sent', 'failed')`),
    check("outbox_sent", sql`(${t.state} = 'sent') = (${t.sentAt} is not null)`),
  ],
);

/** The embedded default's mailbox, shown on `/dev/mail`. One row a message. */
export const devMailbox = pgTable("dev_mailbox", {
  id: uuid("id")
    .primaryKey()
    .references(() => outbox.id),
  toEmail: text("to_email").notNull(),
  subject: text("subject").notNull(),
  html: text("html").notNull(),
  text: text("text").notNull(),
  sentAt: instant("sent_at").notNull(),
});

/** With what the links that stop mail are signed: made once, by the migration; the application only reads it. One row. */
export const mailSecret = pgTable(
  "mail_secret",
  {
    id: integer("id").primaryKey().default(1),
    secret: text("secret").notNull(),
  },
  (t) => [check("mail_secret_one_row", sql`${t.id} = 1 and length(${t.secret}) >= 64`)],
);
