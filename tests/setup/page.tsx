import type { ComponentType } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import {
  createStaticHandler,
  createStaticRouter,
  StaticRouterProvider,
} from "react-router-dom/server";
import { startSession } from "~/auth/session.server";

type Handler = Parameters<typeof createStaticHandler>[0][number]["loader"];
/** What a route's file exports, as far as its page is made of it. */
type Page = { loader?: unknown; action?: unknown; default: ComponentType };

/**
 * What somebody who is signed in sees of a page, as a browser without scripts does: asked for, or as the answer to a form that was
 * sent. Fails where the page sends elsewhere.
 */
export async function showPage(
  who: { id: string },
  page: { path: string; at: string; file: Page },
  sent?: Record<string, string>,
): Promise<{ status: number; html: string }> {
  const { path, at, file } = page;
  const route = { loader: file.loader as Handler, action: file.action as Handler };
  const handler = createStaticHandler([{ id: "page", path, ...route, Component: file.default }]);
  const cookie = (await startSession(who.id)).split(";")[0] ?? "";
  const body = new URLSearchParams(sent);
  const request = new Request(`http://localhost${at}`, {
    headers: { cookie },
    ...(sent ? { method: "POST", body } : {}),
  });
  const context = await handler.query(request);
  if (context instanceof Response)
    throw new Error(`${context.status} ${context.headers.get("location")}`);
  if (context.errors) return { status: context.statusCode, html: "" };
  const router = createStaticRouter(handler.dataRoutes, context);
  const html = renderToStaticMarkup(
    <StaticRouterProvider router={router} context={context} hydrate={false} />,
  );
  return { status: context.statusCode, html };
}
