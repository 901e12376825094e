import { describe, expect, it } from "vitest";
import { attachment } from "./attachment.server";

const headersOf = (fileName: string, contentType = "application/pdf") =>
  attachment({ fileName, contentType, content: new Uint8Array([1, 2, 3]) }).headers;

describe("somebody’s file as a download", () => {
  it.each([
    ["report.pdf", "report.pdf", "report.pdf"],
    ['a"b\\c;d.pdf', "a_b_c_d.pdf", "a%22b%5Cc%3Bd.pdf"],
    ["Ünï 名.pdf", "_n_ _.pdf", "%C3%9Cn%C3%AF%20%E5%90%8D.pdf"],
    ["it's (1)*.pdf", "it_s _1__.pdf", "it%27s%20%281%29%2A.pdf"],
    ["a\r\nSet-Cookie: x=1.pdf", "a__Set-Cookie_ x_1.pdf", "a%0D%0ASet-Cookie%3A%20x%3D1.pdf"],
  ])("%j has a name that no header breaks on", (name, plain, extended) => {
    expect(headersOf(name).get("content-disposition")).toBe(
      `attachment; filename="${plain}"; filename*=UTF-8''${extended}`,
    );
  });

  it("is never shown in place, run, guessed at, kept on the way, or read by another site", () => {
    const headers = headersOf("x.html", "text/plain");
    expect(headers.get("content-disposition")).toMatch(/^attachment;/);
    expect(headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(headers.get("content-length")).toBe("3");
    expect(headers.get("content-security-policy")).toBe("sandbox; default-src 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("cache-control")).toBe("private, no-store");
  });
});
