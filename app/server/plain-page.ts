import { escapeHtml } from "~/lib/escape-html";

/** A page for what is answered before any route runs: what happened, what to do, where to go on. It needs no build and no script. */
export function plainPage(title: string, message: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)} · Belay</title><link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="stylesheet" href="/plain.css"></head>
<body><header><a href="/">Belay</a></header><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(message)}</p><p><a href="/">The first page</a></p></main></body>
</html>
`;
}
