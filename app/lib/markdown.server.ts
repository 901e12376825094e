import { marked } from "marked";
import sanitizeHtml from "sanitize-html";

/** Markdown to HTML that is safe to show: no scripts, styles, images or classes; links say nofollow. */
export function renderMarkdown(source: string): string {
  const html = marked.parse(source, { async: false, gfm: true });
  return sanitizeHtml(html, {
    allowedTags: [
      "p",
      "ul",
      "ol",
      "li",
      "strong",
      "em",
      "a",
      "code",
      "pre",
      "blockquote",
      "h2",
      "h3",
      "h4",
      "br",
      "hr",
      "del",
    ],
    allowedAttributes: { a: ["href", "rel"] },
    allowedSchemes: ["https", "http", "mailto"],
    transformTags: { h1: "h2", a: sanitizeHtml.simpleTransform("a", { rel: "nofollow noopener" }) },
  });
}
