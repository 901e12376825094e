import "@fontsource-variable/inter/index.css";
import "@fontsource-variable/source-serif-4/index.css";
import "./app.css";
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
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
import type { ReactNode } from "react";
import { findPerson } from "~/auth/session.server";
import { ErrorPage, saidOf } from "~/components/layout/error-page";
import { Shell } from "~/components/layout/shell";
import { getEnv } from "~/env.server";
import { getRoles } from "~/features/people/queries.server";
import { useNonce } from "~/lib/nonce";

export const links: LinksFunction = () => [
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

export const meta: MetaFunction = ({ error }) => {
  if (!error) return [{ title: "Belay" }];
  const status = isRouteErrorResponse(error) ? error.status : 500;
  return [{ title: `${saidOf(status).title} · Belay` }];
};

export async function loader({ request }: LoaderFunctionArgs) {
  const person = await findPerson(request);
  const practice = !getEnv().production;
  if (!person) return { viewer: null, practice };
  const { teaches } = await getRoles(person.id);
  const { handle, displayName, operator } = person;
  return { viewer: { handle, displayName, operator, teaches }, practice };
}

/** The document around every page, error pages included. */
export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  const known = useRouteLoaderData<typeof loader>("root");
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        <Shell viewer={known?.viewer ?? null} practice={known?.practice ?? false}>
          {children}
        </Shell>
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
  return <ErrorPage status={isRouteErrorResponse(error) ? error.status : 500} />;
}
