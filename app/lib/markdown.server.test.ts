import { describe, expect, it } from "vitest";
import { renderMarkdown } from "./markdown.server";

describe("markdown", () => {
  it("leaves no script, image, style or foreign scheme", () => {
    const html = renderMarkdown(
      "# A\n[x](javascript:alert(1)) [y](data:text/html,1) [z](//evil.example) <img src=x onerror=alert(1)><script>1</script>" +
        "<a href='JaVaScRiPt&colon;alert(1)' onclick=1 style=x class=y>q</a> [ok](https://a.example)",
    );
    expect(html).not.toMatch(/javascript|data:|evil|img|script|on\w+=|style|class/i);
    expect(html).toContain('<a href="https://a.example" rel="nofollow noopener">ok</a>');
    expect(html).toContain("<h2>A</h2>");
  });

  it.each([
    ["quotes", ">".repeat(20_000)],
    ["lists", "1. ".repeat(6_000)],
  ])("shows %s nested thousands deep as they were typed", (_, source) => {
    const html = renderMarkdown(`${source}<script>x</script> & more`);
    expect(html).toContain("&amp; more");
    expect(html).not.toContain("<script");
  });

  it.each(["[", "*a **b ", "`a``", "<", "|a", "[a](", "_", "a@", "http://a"])(
    "takes %s, repeated, in good time",
    (piece) => {
      const begun = performance.now();
      renderMarkdown(piece.repeat(Math.floor(20_000 / piece.length)));
      expect(performance.now() - begun).toBeLessThan(3_000);
    },
  );
});
