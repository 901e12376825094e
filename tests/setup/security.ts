import { and, desc, eq } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { auditEvents, outbox } from "#db/schema/index";

/** What was mailed to somebody and written down about them, for tests of their security. */
export const requestOf = (cookie: string, path = "/account", method = "GET") =>
  new Request(`http://localhost:3000${path}`, {
    method,
    headers: { cookie: cookie.split(";")[0] ?? "" },
  });
export const mailsTo = async (email: string) =>
  (
    await getDb()
      .select({ template: outbox.template, props: outbox.props })
      .from(outbox)
      .where(eq(outbox.toEmail, email))
      .orderBy(desc(outbox.createdAt))
  ).map((row) => ({ template: row.template, path: (row.props as { path?: string }).path ?? "" }));
export const templatesTo = async (email: string) =>
  (await mailsTo(email)).map((mail) => mail.template);
export const eventsOf = async (personId: string) =>
  (
    await getDb()
      .select({ action: auditEvents.action })
      .from(auditEvents)
      .where(and(eq(auditEvents.subjectType, "person"), eq(auditEvents.subjectId, personId)))
  ).map((row) => row.action);
export const tokenIn = (path: string) => new URLSearchParams(path.split("?")[1]).get("token") ?? "";
