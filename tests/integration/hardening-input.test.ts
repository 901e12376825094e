import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { getDb } from "#db/client.server";
import { persons } from "#db/schema/index";
import { makeBarePerson, makeToken, START } from "#tests/setup/book";
import { useDatabase } from "#tests/setup/database";
import { codeOf, cohortForm, day, key, makeTeacher, must } from "#tests/setup/deals";
import { actorOf } from "#tests/setup/settled";
import { startSession } from "~/auth/session.server";
import { getEnv } from "~/env.server";
import { openCohort } from "~/features/cohorts/open-cohort.server";
import { storeDocument } from "~/features/gains/store-document.server";
import { signUpInput } from "~/features/people/schema";
import { setSingleton } from "~/lib/singleton.server";

useDatabase();

describe("in production", () => {
  it.each(["dev.mail", "dev.clock"])("%s is nowhere, not even for an operator", async (route) => {
    const page = await import(`../../app/routes/${route}/route.tsx`);
    const operator = await makeBarePerson();
    await getDb().update(persons).set({ operatorSince: START }).where(eq(persons.id, operator));
    const cookie = (await startSession(operator)).split(";")[0] ?? "";
    const before = getEnv();
    setSingleton("env", { ...before, production: true });
    try {
      for (const [act, init] of [
        [page.loader, {}],
        [page.action, { method: "POST", body: new URLSearchParams({ how: "days", days: "7" }) }],
      ] as const) {
        if (!act) continue;
        const request = new Request("http://localhost:3000/x", { ...init, headers: { cookie } });
        const answer = await act({ request, params: {}, context: {} }).catch((e: unknown) => e);
        expect((answer as Response).status).toBe(404);
      }
    } finally {
      setSingleton("env", before);
    }
  });
});

describe("what people type", () => {
  it("a window in the year 0 is refused beside its field", async () => {
    const teacher = await makeTeacher(0n);
    const result = await openCohort({
      actor: teacher,
      input: { ...cohortForm, opensAt: "0000-01-01T00:00" },
      idempotencyKey: key(),
      now: START,
    });
    expect(result).toEqual({ ok: false, error: { code: "opens_too_early", field: "opensAt" } });
  });

  it("a name has letters, and no marks that turn what follows it round", () => {
    const nameOf = (displayName: string) => signUpInput.shape.displayName.safeParse(displayName);
    expect(nameOf("Zoë \u200dLi 2").success).toBe(true);
    for (const name of ["\u200b", "...", "Ada \u202egnp.exe", "\u2066Ada", "A\0da"])
      expect(nameOf(name).success, JSON.stringify(name)).toBe(false);
  });

  it("thirty documents a day are enough", async () => {
    const token = await makeToken();
    const actor = await actorOf(token.ownerId);
    const store = (n: number, now: Date) =>
      storeDocument({
        actor,
        input: { fileName: `${n}.pdf`, bytes: new TextEncoder().encode(`%PDF-1.7\n%${n}\n`) },
        idempotencyKey: key(),
        now,
      });
    for (let n = 0; n < 30; n++) must(await store(n, START));
    expect(codeOf(await store(30, START))).toBe("too_many_documents");
    expect(codeOf(await store(30, day(1)))).toBe("ok");
  });

  it("a file's name that is cut within a character is kept", async () => {
    const token = await makeToken();
    const stored = await storeDocument({
      actor: await actorOf(token.ownerId),
      input: {
        fileName: `😀${"a".repeat(115)}.pdf`,
        bytes: new TextEncoder().encode("%PDF-1.7\n%more\n1 0 obj\n<<>>\nendobj\n"),
      },
      idempotencyKey: key(),
      now: START,
    });
    expect(must(stored).fileName).toBe(`${"a".repeat(115)}.pdf`);
  });
});
