import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { outbox } from "#db/schema/index";
import { signUp } from "~/features/people/sign-up.server";
import { confirmAddress } from "~/features/people/verify-email.server";

/** Accounts for tests, through the real commands: opened, confirmed, and what was mailed to them. */
export const NOW = new Date("2026-11-22T12:00:00Z");
export const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
export const PASSWORD = "three small words";
let number = 0;
export const fresh = () => `person-${++number}-${randomUUID().slice(0, 6)}`;

export const form = (change: Record<string, string> = {}) => {
  const handle = change.handle ?? fresh();
  return {
    email: `${handle}@example.org`,
    password: PASSWORD,
    displayName: "Alice",
    handle,
    legalName: "Alice Liddell",
    dateOfBirth: "2001-03-27",
    country: "GB",
    ...change,
  };
};
export const by = (input: unknown, now = NOW, idempotencyKey: string = randomUUID()) => ({
  actor: null,
  input,
  idempotencyKey,
  now,
});

export async function mailsTo(email: string) {
  const rows = await getDb()
    .select()
    .from(outbox)
    .where(eq(outbox.toEmail, email))
    .orderBy(asc(outbox.createdAt));
  return rows.map((row) => ({
    template: row.template,
    path: row.props.path ?? "",
    token: new URLSearchParams((row.props.path ?? "").split("?")[1]).get("token") ?? "",
  }));
}
export const lastToken = async (email: string) => (await mailsTo(email)).at(-1)?.token ?? "";

export async function open(change: Record<string, string> = {}) {
  const input = form(change);
  const opened = await signUp(by(input));
  if (!opened.ok || !opened.value.personId) throw new Error("sign-up failed");
  const confirmed = await confirmAddress(
    by({ token: await lastToken(input.email), password: input.password }),
  );
  if (!confirmed.ok) throw new Error(confirmed.error.code);
  return { ...input, id: opened.value.personId };
}
export const requestWith = (cookie: string, path = "/home") =>
  new Request(`http://localhost:3000${path}`, { headers: { cookie: cookie.split(";")[0] ?? "" } });
