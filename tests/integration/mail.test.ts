import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getDb, inTransaction } from "#db/client.server";
import { devMailbox, outbox } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { isTemplate, renderMail } from "#emails/render.server";
import { MAX_ATTEMPTS, sendMail } from "#emails/send.server";
import { useDatabase } from "#tests/setup/database";
import { ResendServer, resendError } from "#tests/setup/resend-server";
import { getEnv } from "~/env.server";
import { setSingleton } from "~/lib/singleton.server";

const now = new Date("2026-11-22T14:00:00.000Z");
const db = useDatabase({ audit: false });
const server = new ResendServer();
let baseUrl = "";

function mailsByResend(on: boolean): void {
  setSingleton("env", {
    ...getEnv(),
    production: on,
    APP_URL: "https://belay.example",
    appUrl: "https://belay.example",
    RESEND_API_KEY: "re_test",
    RESEND_BASE_URL: baseUrl,
    MAIL_FROM: "Belay <hello@belay.example>",
  });
}

beforeAll(async () => {
  baseUrl = await server.start();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.requests.length = 0;
  server.answer();
  mailsByResend(true);
});

async function putInOutbox(): Promise<string> {
  const props = { name: "Ann", path: "/verify-email?token=s3cret" };
  const { outboxId } = await inTransaction((tx) =>
    enqueueMail(tx, {
      to: { personId: null, email: "ann@example.test" },
      template: "verify-email",
      props,
      now,
    }),
  );
  return outboxId;
}

async function rowOf(id: string) {
  const [row] = await getDb().select().from(outbox).where(eq(outbox.id, id));
  if (!row) throw new Error("no row");
  return row;
}

describe("the outbox", () => {
  it("is rolled back with its transaction, job and all", async () => {
    const before = await getDb().$count(outbox);
    const [jobsBefore] = await getDb().execute("SELECT count(*)::int AS n FROM pgboss.job");
    const failing = inTransaction(async (tx) => {
      await enqueueMail(tx, {
        to: { personId: null, email: "ann@example.test" },
        template: "verify-email",
        props: { name: "Ann", path: "/x" },
        now,
      });
      throw new Error("rolled back");
    });
    await expect(failing).rejects.toThrow("rolled back");
    expect(await getDb().$count(outbox)).toBe(before);
    const [jobsAfter] = await getDb().execute("SELECT count(*)::int AS n FROM pgboss.job");
    expect(jobsAfter).toEqual(jobsBefore);
  });

  it("enqueues one job that carries the message's id", async () => {
    const id = await putInOutbox();
    const jobs = await getDb().execute(
      "SELECT data, singleton_key FROM pgboss.job WHERE name = 'send-mail' ORDER BY created_on DESC LIMIT 1",
    );
    expect(jobs[0]).toEqual({ data: { outboxId: id }, singleton_key: id });
  });
});

describe("by Resend", () => {
  it("sends HTML and text with the message's id as key, and forgets the secret", async () => {
    const id = await putInOutbox();
    expect(await sendMail(id, now)).toBe("sent");
    expect(server.requests).toHaveLength(1);
    const [request] = server.requests;
    expect(request?.key).toBe(id);
    expect(request?.authorization).toBe("Bearer re_test");
    expect(request?.body.from).toBe("Belay <hello@belay.example>");
    expect(request?.body.to).toBe("ann@example.test");
    expect(request?.body.html).toContain('href="https://belay.example/verify-email?token=s3cret"');
    expect(request?.body.text).toContain("https://belay.example/verify-email?token=s3cret");
    const row = await rowOf(id);
    expect(row).toMatchObject({
      state: "sent",
      attempts: 1,
      providerId: `id-of-${id}`,
      lastError: null,
      props: {},
    });
    expect(row.sentAt).toEqual(now);
    expect(await getDb().$count(devMailbox)).toBe(0);
  });

  it("sends once however often its job runs, at once or one after the other", async () => {
    const id = await putInOutbox();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => sendMail(id, now)));
    expect(outcomes.filter((outcome) => outcome === "sent")).toHaveLength(1);
    expect(await sendMail(id, now)).toBe("nothing_to_do");
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ["429", resendError(429, "rate_limit_exceeded")],
    ["500", resendError(500, "internal_server_error")],
    ["a 502 that is not JSON's shape", { status: 502, body: "bad gateway" }],
  ])("tries again after %s, under the same key", async (_, reply) => {
    server.answer(reply);
    const id = await putInOutbox();
    await expect(sendMail(id, now)).rejects.toThrow("mail not sent");
    expect(await rowOf(id)).toMatchObject({ state: "waiting", attempts: 1 });
    expect((await rowOf(id)).lastError).not.toBeNull();
    expect(await sendMail(id, now)).toBe("sent");
    expect(server.requests.map((request) => request.key)).toEqual([id, id]);
    expect(server.requests[1]?.body).toEqual(server.requests[0]?.body);
    expect(await rowOf(id)).toMatchObject({ state: "sent", attempts: 2, lastError: null });
  });

  it("gives up waiting for an answer, and tries again under the same key", async () => {
    server.answer("hang");
    const id = await putInOutbox();
    await expect(sendMail(id, now, { timeoutMs: 200 })).rejects.toThrow("mail not sent");
    expect(await rowOf(id)).toMatchObject({ state: "waiting", attempts: 1 });
    expect(await sendMail(id, now)).toBe("sent");
    expect(server.requests.map((request) => request.key)).toEqual([id, id]);
    expect([...server.delivered.keys()].filter((key) => key === id)).toHaveLength(1);
  });

  it.each([
    [422, "validation_error"],
    [403, "invalid_api_key"],
    [409, "invalid_idempotent_request"],
  ])("marks a message failed after %i %s", async (status, name) => {
    server.answer(resendError(status, name));
    const id = await putInOutbox();
    expect(await sendMail(id, now)).toBe("failed");
    expect(await rowOf(id)).toMatchObject({
      state: "failed",
      lastError: `${name} (${status})`,
      sentAt: null,
    });
    expect(await sendMail(id, now)).toBe("nothing_to_do");
    expect(server.requests).toHaveLength(1);
  });

  it("fails for good when its tries are used up", async () => {
    const id = await putInOutbox();
    await getDb()
      .update(outbox)
      .set({ attempts: MAX_ATTEMPTS - 1 })
      .where(eq(outbox.id, id));
    server.answer(resendError(500, "internal_server_error"));
    expect(await sendMail(id, now)).toBe("failed");
  });
});

describe("in the embedded default", () => {
  it("puts the message in the mailbox, once, and asks nobody", async () => {
    mailsByResend(false);
    const id = await putInOutbox();
    expect(await sendMail(id, now)).toBe("sent");
    expect(await sendMail(id, now)).toBe("nothing_to_do");
    const mails = await getDb().select().from(devMailbox).where(eq(devMailbox.id, id));
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({
      toEmail: "ann@example.test",
      subject: "Confirm your e-mail address",
    });
    expect(server.requests).toHaveLength(0);
  });
});

describe("rendering", () => {
  it("refuses links that leave the site", async () => {
    for (const path of [
      "https://evil.example/",
      "//evil.example/",
      "/\\evil.example",
      "javascript:alert(1)",
    ]) {
      await expect(renderMail("verify-email", { name: "Ann", path })).rejects.toThrow(
        "not a path of this site",
      );
    }
  });

  it("escapes what people typed, and keeps subjects to a line", async () => {
    const props = {
      name: "<script>alert(1)</script>",
      amount: "$1\r\nBcc: all@example.test",
      reference: "R",
      reason: "<b>no</b>",
      path: "/wallet",
    };
    const mail = await renderMail("deposit-refused", props);
    expect(mail.html).not.toContain("<script>");
    expect(mail.html).not.toContain("<b>no</b>");
    expect(mail.subject).not.toMatch(/[\r\n]/);
  });

  it("knows its templates", () => {
    expect(isTemplate("verify-email")).toBe(true);
    expect(isTemplate("constructor")).toBe(false);
    expect(db.appUrl).toContain("belay_app");
  });
});
