import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { getDb } from "#db/client.server";
import { outbox } from "#db/schema/index";
import { declareGain } from "~/features/gains/declare-gain.server";
import { gradeGain } from "~/features/gains/grade-gain.server";
import { payGain } from "~/features/gains/pay-gain.server";
import { previewGain } from "~/features/gains/preview-gain.server";
import {
  getDocumentFor,
  getGainFor,
  getGainToGrade,
  listGainsToGrade,
} from "~/features/gains/queries.server";
import { storeDocument } from "~/features/gains/store-document.server";
import { getBalance } from "~/ledger/read.server";
import { makeBarePerson } from "../setup/book";
import { useDatabase } from "../setup/database";
import {
  at,
  call,
  codeOf,
  declare,
  makeOwner,
  mustDeclare,
  mustStore,
  PDF,
  PNG,
} from "../setup/gains";
import { checkRecordsAtTheEnd } from "../setup/record-checks";
import { actorOf, makeBareOperator, settle } from "../setup/settled";

const database = useDatabase();
checkRecordsAtTheEnd(database);

describe("refusals", () => {
  test("of the date, the amounts, the document and the asker", async () => {
    const { token, owner } = await makeOwner();
    await settle(token, { paidCents: 100_000n, shares: 100_000n, now: at("2026-01-10") });
    const now = new Date("2026-03-01T23:59:59.999Z");
    expect(await declare(owner, { closingDate: "2026-03-01", proceeds: "1" }, now)).toMatchObject({
      error: { code: "closing_in_future", field: "closingDate" },
    });
    expect(
      codeOf(
        await declare(
          owner,
          { closingDate: "2026-03-01", proceeds: "1" },
          new Date("2026-03-02T00:00:00.000Z"),
        ),
      ),
    ).toBe("ok");
    const later = at("2026-03-05");
    expect(await declare(owner, { closingDate: "2025-12-31", proceeds: "1" }, later)).toMatchObject(
      { error: { code: "before_token", field: "closingDate" } },
    );
    expect(codeOf(await declare(owner, { closingDate: "2026-01-01", proceeds: "1" }, later))).toBe(
      "ok",
    );
    for (const bad of [
      { closingDate: "2026-02-30" },
      { closingDate: "" },
      { proceeds: "-1" },
      { proceeds: "1.001" },
      { costs: "" },
      { company: " " },
      { documentId: "x" },
    ]) {
      const refused = await declare(
        owner,
        { closingDate: "2026-02-01", proceeds: "1", ...bad },
        later,
      );
      expect(refused).toMatchObject({
        ok: false,
        error: {
          code: "invalid_input",
          fields: { [Object.keys(bad)[0] ?? ""]: [expect.any(String)] },
        },
      });
    }
    const other = await makeOwner();
    const theirs = await mustStore(other.owner, later);
    expect(
      codeOf(
        await declare(
          owner,
          { closingDate: "2026-02-01", proceeds: "1", documentId: theirs },
          later,
        ),
      ),
    ).toBe("document_missing");
    expect(
      codeOf(
        await previewGain(
          owner,
          {
            company: "X",
            closingDate: "2026-02-01",
            proceeds: "1",
            basis: "0",
            costs: "0",
            documentId: theirs,
          },
          later,
        ),
      ),
    ).toBe("document_missing");
    const nobody = await actorOf(await makeBarePerson());
    expect(codeOf(await declare(nobody, { closingDate: "2026-02-01", proceeds: "1" }, later))).toBe(
      "not_found",
    );
    expect(
      codeOf(await declareGain({ actor: null, input: {}, idempotencyKey: "k", now: later })),
    ).toBe("sign_in");
  });

  test("someone else's gain does not exist", async () => {
    const { token, owner } = await makeOwner();
    const { investorId } = await settle(token, {
      paidCents: 100_000n,
      shares: 100_000n,
      now: at("2026-01-10"),
    });
    const { gainId } = await mustDeclare(
      owner,
      { closingDate: "2026-02-01", proceeds: "1,000" },
      at("2026-02-02"),
    );
    const operator = await makeBareOperator();
    const now = at("2026-02-03");
    for (const stranger of [await actorOf(investorId), operator]) {
      expect(codeOf(await payGain(call(stranger, { gainId }, now)))).toBe("not_found");
    }
    expect(codeOf(await payGain(call(owner, { gainId: randomUUID() }, now)))).toBe("not_found");
    expect(await getGainFor(await actorOf(investorId), gainId, now)).toBeNull();
    expect(await getGainFor(null, gainId, now)).toBeNull();
    expect(await getGainFor(owner, "not-an-id", now)).toBeNull();
    expect((await getGainFor(owner, gainId, now))?.state).toBe("due");
    expect((await getGainFor(operator, gainId, at("2026-03-20")))?.state).toBe("overdue");
    const grade = { gainId, grade: "counterparty", reason: "seen" };
    expect(codeOf(await gradeGain(call(owner, grade, now)))).toBe("not_found");
    const ownOperator = { ...owner, operator: true };
    expect(codeOf(await gradeGain(call(ownOperator, grade, now)))).toBe("not_found");
    expect(await getGainToGrade(ownOperator, gainId, now)).toBeNull();
    expect(codeOf(await gradeGain(call(operator, { ...grade, gainId: randomUUID() }, now)))).toBe(
      "not_found",
    );
  });
});

describe("documents", () => {
  test("are told by their content and handed to nobody but their owner and operators", async () => {
    const { owner } = await makeOwner();
    const now = at("2026-02-02");
    const store = (bytes: Uint8Array, fileName = "a.pdf") =>
      storeDocument(call(owner, { fileName, bytes }, now));
    expect(codeOf(await store(PDF))).toBe("ok");
    expect(codeOf(await store(PNG, "../../etc/shot.png"))).toBe("ok");
    expect(codeOf(await store(Buffer.from("MZ this is no pdf")))).toBe("document_type");
    expect(
      codeOf(await store(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), "a.png")),
    ).toBe("document_type");
    expect(codeOf(await store(new Uint8Array(0)))).toBe("document_empty");
    expect(codeOf(await store(Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024)])))).toBe(
      "document_too_large",
    );
    const id = await mustStore(owner, now, PNG);
    const document = await getDocumentFor(owner, id);
    expect(document?.content.equals(PNG)).toBe(true);
    expect(document?.contentType).toBe("image/png");
    expect(await getDocumentFor(await makeBareOperator(), id)).not.toBeNull();
    expect(await getDocumentFor(await actorOf(await makeBarePerson()), id)).toBeNull();
    expect(await getDocumentFor(null, id)).toBeNull();
    expect(await getDocumentFor(owner, "..")).toBeNull();
  });

  test("make a gain documented", async () => {
    const { token, owner } = await makeOwner();
    await settle(token, { paidCents: 100_000n, shares: 100_000n, now: at("2026-01-10") });
    const documentId = await mustStore(owner, at("2026-02-02"));
    const { gainId } = await mustDeclare(
      owner,
      { closingDate: "2026-02-01", proceeds: "1,000", documentId },
      at("2026-02-02"),
    );
    expect((await getGainFor(owner, gainId, at("2026-02-03")))?.grade).toBe("documented");
  });
});

describe("at once", () => {
  test("paying ten times at once pays once; the others are told", async () => {
    const { token, owner } = await makeOwner();
    const { investorId } = await settle(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      now: at("2026-01-10"),
    });
    const { gainId } = await mustDeclare(
      owner,
      { closingDate: "2026-02-01", proceeds: "1,000" },
      at("2026-02-02"),
    );
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => payGain(call(owner, { gainId }, at("2026-02-03")))),
    );
    expect(answers.map(codeOf).sort()).toEqual([...Array(9).fill("already_paid"), "ok"]);
    expect(await getBalance(getDb(), "cash", investorId)).toBe(1_000n);
  });

  test("the same form sent twice is one declaration, one payment, one message", async () => {
    const { token, owner } = await makeOwner();
    const { investorId } = await settle(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      now: at("2026-01-10"),
    });
    const key = randomUUID();
    const sale = { closingDate: "2026-02-01", proceeds: "1,000" };
    const [one, two] = await Promise.all([
      declare(owner, sale, at("2026-02-02"), key),
      declare(owner, sale, at("2026-02-02"), key),
    ]);
    expect(one).toEqual(two);
    expect(
      codeOf(await declare(owner, { ...sale, proceeds: "1,001" }, at("2026-02-02"), key)),
    ).toBe("idempotency_conflict");
    if (!one.ok) throw new Error(one.error.code);
    const pay = () => payGain(call(owner, { gainId: one.value.gainId }, at("2026-02-03"), key));
    expect(await pay()).toEqual(await pay());
    const mails = await getDb().select().from(outbox).where(eq(outbox.personId, investorId));
    expect(mails.map((mail) => mail.template).sort()).toEqual(["gain-declared", "gain-paid"]);
    expect(mails.find((mail) => mail.template === "gain-paid")?.props).toMatchObject({
      amount: "$10.00",
    });
  });

  test("two operators who grade at once: one decides, the other is told", async () => {
    const { token, owner } = await makeOwner();
    await settle(token, { paidCents: 1_000_000n, shares: 100_000n, now: at("2026-01-10") });
    const { gainId } = await mustDeclare(
      owner,
      { closingDate: "2026-02-01", proceeds: "1,000" },
      at("2026-02-02"),
    );
    expect((await listGainsToGrade()).map((line) => line.id)).toContain(gainId);
    const operators = [await makeBareOperator(), await makeBareOperator()];
    const input = { gainId, grade: "tax_transcript", reason: "Seen.", current: "self_reported" };
    const answers = await Promise.all(
      operators.map((operator) => gradeGain(call(operator, input, at("2026-02-03")))),
    );
    expect(answers.map(codeOf).sort()).toEqual(["changed_meanwhile", "ok"]);
    expect((await listGainsToGrade()).map((line) => line.id)).not.toContain(gainId);
    const [first] = operators;
    if (!first) throw new Error("no operator");
    expect(
      codeOf(
        await gradeGain(
          call(first, { gainId, grade: "tax_transcript", reason: "Again." }, at("2026-02-04")),
        ),
      ),
    ).toBe("already_so");
    expect(
      codeOf(
        await gradeGain(
          call(first, { gainId, grade: "documented", reason: "Again." }, at("2026-02-04")),
        ),
      ),
    ).toBe("no_document");
    expect(
      codeOf(
        await gradeGain(
          call(first, { gainId, grade: "self_reported", reason: "Found false." }, at("2026-02-04")),
        ),
      ),
    ).toBe("ok");
  });
});
