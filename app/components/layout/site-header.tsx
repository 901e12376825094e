import { Form, Link, NavLink } from "@remix-run/react";
import { Mark } from "./mark";

/** What the header needs to know of who looks; null for a visitor. */
export type Viewer = {
  handle: string;
  displayName: string;
  operator: boolean;
  teaches: boolean;
} | null;

type Place = { to: string; name: string };

const PUBLIC: Place[] = [
  { to: "/cohorts", name: "Cohorts" },
  { to: "/teachers", name: "Teachers" },
];

/** The places of the header for that viewer, in order. */
export function placesFor(viewer: Viewer): Place[] {
  if (!viewer)
    return [...PUBLIC, { to: "/sign-in", name: "Sign in" }, { to: "/sign-up", name: "Sign up" }];
  return [
    { to: "/home", name: "Home" },
    ...PUBLIC,
    { to: "/wallet", name: "Wallet" },
    ...(viewer.teaches ? [{ to: "/teach", name: "Teach" }] : []),
    ...(viewer.operator ? [{ to: "/desk", name: "Desk" }] : []),
    { to: "/account", name: "Account" },
  ];
}

const look = "inline-flex min-h-11 items-center";

/** The head of every page: the name, the places, and how to leave. */
export function SiteHeader({ viewer }: { viewer: Viewer }) {
  return (
    <header className="border-b border-rule print:hidden">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-8 px-4 py-2 sm:px-6">
        <Link
          to={viewer ? "/home" : "/"}
          className={`${look} gap-2 font-serif text-xl font-semibold no-underline`}
        >
          <Mark />
          Belay
        </Link>
        <nav aria-label="Main" className="w-full sm:w-auto sm:flex-1">
          <ul className="flex flex-wrap items-center gap-x-5 sm:justify-end">
            {placesFor(viewer).map((place) => (
              <li key={place.to}>
                <NavLink
                  to={place.to}
                  className={({ isActive }) =>
                    `${look} ${isActive ? "font-semibold" : "text-ink-soft no-underline hover:underline"}`
                  }
                >
                  {place.name}
                </NavLink>
              </li>
            ))}
            {viewer ? (
              <li>
                <Form method="post" action="/sign-out">
                  <button type="submit" className={`${look} text-ink-soft hover:underline`}>
                    Sign out
                  </button>
                </Form>
              </li>
            ) : null}
          </ul>
        </nav>
      </div>
    </header>
  );
}
