/** Shows HTML that `renderMarkdown` made and cleaned on the server. */
export function Markdown({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: cleaned by sanitize-html in renderMarkdown
  return <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />;
}
