import {
  type AppLoadContext,
  createReadableStreamFromReadable,
  type EntryContext,
  type HandleErrorFunction,
} from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { getLogger } from "~/lib/logger.server";
import { NonceContext } from "~/lib/nonce";
import { keepPage, tagOfPage } from "~/lib/open-page.server";
import { withoutGaps } from "~/lib/without-gaps.server";

/** How long loaders may take before what is still open is given up. */
export const streamTimeout = 10_000;
const ABORT_AFTER_MS = streamTimeout + 1_000;

/**
 * Renders a page; to crawlers and to be kept whole, to people as soon as its shell is there. Errors answer 500. Open pages are kept by visitors
 * and revalidated: 304 without rendering where nothing changed.
 */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { cspNonce, keeping = false }: AppLoadContext,
): Promise<Response> {
  const tag = import.meta.env.DEV ? null : tagOfPage(request, { status, headers }, remixContext);
  const known = tag === null ? null : keepPage(request, tag, headers);
  const whole = keeping || isbot(request.headers.get("user-agent") ?? "");
  return known ?? render({ request, status, headers, whole }, remixContext, cspNonce);
}

type Answer = { request: Request; status: number; headers: Headers; whole: boolean };

function render(
  { request, status, headers, whole }: Answer,
  remixContext: EntryContext,
  cspNonce: string,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    let shellSent = false;
    let answer = status;
    const send = () => {
      shellSent = true;
      const body = withoutGaps();
      headers.set("content-type", "text/html; charset=utf-8");
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status: answer }));
      stream.pipe(body);
    };
    const stream = renderToPipeableStream(
      <NonceContext.Provider value={cspNonce}>
        <RemixServer
          context={remixContext}
          url={request.url}
          abortDelay={ABORT_AFTER_MS}
          nonce={cspNonce}
        />
      </NonceContext.Provider>,
      {
        nonce: cspNonce,
        [whole ? "onAllReady" : "onShellReady"]: send,
        onShellError: reject,
        onError(error) {
          answer = 500;
          for (const name of ["etag", "cache-control"]) headers.delete(name);
          // Errors before the shell are rejected above, and told there.
          if (shellSent) getLogger().error({ err: error }, "rendering failed");
        },
      },
    );
    setTimeout(() => stream.abort(), ABORT_AFTER_MS).unref();
  });
}

/** Logs what loaders, actions and rendering threw, by the request's id and without what people typed. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  // The visitor has left: nobody is waiting, and nothing is wrong.
  if (request.signal.aborted) return;
  getLogger().error({ requestId: context.requestId, err: error }, "request failed");
};
