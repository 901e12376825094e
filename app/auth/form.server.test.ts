import { describe, expect, it } from "vitest";
import { readForm } from "./form.server";

const post = (body: BodyInit) =>
  new Request("http://localhost/", {
    method: "POST",
    body,
    ...(typeof body === "string"
      ? { headers: { "content-type": "application/x-www-form-urlencoded" } }
      : {}),
  });
const statusOf = (thrown: unknown) => (thrown instanceof Response ? thrown.status : thrown);

describe("readForm", () => {
  it("reads texts with line ends as LF and without NUL, and numbers fields that repeat", async () => {
    const form = await readForm(post("a=1%0D%0A2%00&b=x&b=y&idempotencyKey=key-1"));
    expect(form.values).toEqual({ a: "1\n2", "b.0": "x", "b.1": "y" });
    expect(form.idempotencyKey).toBe("key-1");
  });

  it("reads files, an empty one too, and none where none was chosen", async () => {
    const body = new FormData();
    body.set("document", new File(["%PDF"], "a.pdf"));
    body.set("other", new File([], ""));
    body.set("empty", new File([], "notes.txt"));
    const { files } = await readForm(post(body));
    expect(Object.keys(files)).toEqual(["document", "empty"]);
    expect(files.empty?.bytes.byteLength).toBe(0);
    expect(files.document?.name).toBe("a.pdf");
  });

  it.each([
    "",
    "idempotencyKey=",
    `idempotencyKey=${"x".repeat(101)}`,
    "idempotencyKey=%F0%9F%98%80",
  ])("gives a new key where none fit for one was sent: %s", async (body) => {
    expect((await readForm(post(body))).idempotencyKey).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("refuses what is no form, and one of too many fields, in time that grows with its length alone", async () => {
    const json = new Request("http://localhost/", {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    expect(await readForm(json).catch(statusOf)).toBe(400);
    const fields = Array.from({ length: 200_000 }, (_, index) => `${index.toString(36)}=`);
    const begun = performance.now();
    expect(await readForm(post(fields.join("&"))).catch(statusOf)).toBe(413);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
