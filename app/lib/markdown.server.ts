import { marked } from "marked";
import sanitizeHtml from "sanitize-html";

/**
 * Markdown to HTML that is safe to show: no scripts, styles, images or classes; links say nofollow. Text that the parser
 * cannot take (quotes or lists nested thousands deep) is shown as it was typed.
 */
export function renderMarkdown(source: string): string {
  return sanitizeHtml(parsed(source), {
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
    allowProtocolRelative: false,
    transformTags: { h1: "h2", a: sanitizeHtml.simpleTransform("a", { rel: "nofollow noopener" }) },
  });
}

function parsed(source: string): string {
  try {
    return marked.parse(source, { async: false, gfm: true });
  } catch {
    return `<p>${source.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</p>`;
  }
}
