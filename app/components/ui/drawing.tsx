/** Shows a chart that our own components drew on the server. */
export function Drawing({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: React's own markup; it escaped every text
  return <div dangerouslySetInnerHTML={{ __html: html }} />;
}
