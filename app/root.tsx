import "./fonts/inter.css";
import interLatin from "./fonts/inter-latin.woff2?url";
import "@fontsource/source-serif-4/400.css";
import "@fontsource/source-serif-4/600.css";
import serifLatin from "@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff2?url";
import "./app.css";
import {
  data,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import { type ReactNode, useEffect } from "react";
import { takeFlash } from "~/auth/flash.server";
import { findSession } from "~/auth/session.server";
import { ErrorPage, saidOf } from "~/components/layout/error-page";
import { Shell } from "~/components/layout/shell";
import { getEnv } from "~/env.server";
import { getRoles } from "~/features/people/queries.server";
import { useNonce } from "~/lib/nonce";
import { ReadersZone, readZone, ZONE_COOKIE } from "~/lib/readers-zone";

export const links: LinksFunction = () => [
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
  { rel: "apple-touch-icon", href: "/apple-touch-icon.png" },
  { rel: "manifest", href: "/manifest.webmanifest" },
  // The two faces that every page begins with: asked for at once, so that text does not move when they come.
  ...[interLatin, serifLatin].map((href) => ({
    rel: "preload",
    href,
    as: "font" as const,
    type: "font/woff2",
    crossOrigin: "anonymous" as const,
  })),
];

export const meta: MetaFunction = ({ error }) => {
  if (!error) return [{ title: "Belay" }];
  const status = isRouteErrorResponse(error) ? error.status : 500;
  return [{ title: `${saidOf(status).title} · Belay` }];
};

export async function loader({ request }: LoaderFunctionArgs) {
  const [session, flash] = await Promise.all([findSession(request), takeFlash(request)]);
  const practice = !getEnv().production;
  const init = flash ? { headers: { "Set-Cookie": flash.clear } } : {};
  const said = flash?.said ?? null;
  const zone = readZone(request.headers.get("cookie") ?? "");
  if (!session) return data({ viewer: null, practice, said, zone }, init);
  const { person, grantedOperator: operator } = session;
  const { teaches, hasToken } = await getRoles(person.id);
  const { handle, displayName } = person;
  const viewer = { handle, displayName, operator, teaches, hasToken };
  return data({ viewer, practice, said, zone }, init);
}

/** Tells the next pages in which time zone their reader is. */
function useToldZone(known: string | null): void {
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (zone === known) return;
    const year = 60 * 60 * 24 * 365;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not in every browser
    document.cookie = `${ZONE_COOKIE}=${encodeURIComponent(zone)}; path=/; max-age=${year}; samesite=lax`;
  }, [known]);
}

/** The head changes with what one does, and a message is said on one page alone: asked for anew with each page. */
export const shouldRevalidate = () => true;

/** The document around every page, error pages included. */
export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  const known = useRouteLoaderData<typeof loader>("root");
  useToldZone(known?.zone ?? null);
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        <ReadersZone.Provider value={known?.zone ?? null}>
          <Shell
            viewer={known?.viewer ?? null}
            practice={known?.practice ?? false}
            said={known?.said ?? null}
          >
            {children}
          </Shell>
        </ReadersZone.Provider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

/** Says plainly what went wrong; the log knows more, by the request's id. */
export function ErrorBoundary() {
  const error = useRouteError();
  const known = useRouteLoaderData<typeof loader>("root");
  return (
    <ErrorPage
      status={isRouteErrorResponse(error) ? error.status : 500}
      signedIn={known?.viewer != null}
    />
  );
}
