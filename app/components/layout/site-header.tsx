import { Form, Link, NavLink, useLocation } from "@remix-run/react";
import type { KeyboardEvent } from "react";
import { Mark } from "./mark";
import { SearchForm } from "./search-form";

/** What the header needs to know of who looks; null for a visitor. */
export type Viewer = {
  handle: string;
  displayName: string;
  operator: boolean;
  teaches: boolean;
  hasToken: boolean;
} | null;

type Place = { to: string; name: string };

const PUBLIC: Place[] = [
  { to: "/cohorts", name: "Cohorts" },
  { to: "/teachers", name: "Teachers" },
];

/** The places of the header for that viewer, in order: the same on every page. */
export function placesFor(viewer: Viewer): Place[] {
  if (!viewer)
    return [
      ...PUBLIC,
      { to: "/rules", name: "Rules" },
      { to: "/sign-in", name: "Sign in" },
      { to: "/sign-up", name: "Sign up" },
    ];
  return [
    { to: "/home", name: "Home" },
    ...PUBLIC,
    { to: "/applications", name: "Applications" },
    { to: "/offers", name: "Offers" },
    ...(viewer.hasToken ? [{ to: "/gains", name: "Gains" }] : []),
    ...(viewer.teaches ? [{ to: "/teach", name: "Teach" }] : []),
    { to: "/wallet", name: "Wallet" },
    ...(viewer.operator ? [{ to: "/desk", name: "Desk" }] : []),
    { to: "/account", name: "Account" },
  ];
}

const look = "inline-flex min-h-11 items-center";

function closeOnEscape({ key, currentTarget }: KeyboardEvent<HTMLDetailsElement>): void {
  if (key !== "Escape") return;
  currentTarget.open = false;
  currentTarget.querySelector("summary")?.focus();
}

/** The head of every page: the name, search, the places, and how to leave. On a phone all but the name fold away. */
export function SiteHeader({ viewer }: { viewer: Viewer }) {
  const { key, pathname } = useLocation();
  return (
    <header className="relative border-b border-rule print:hidden">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-6 px-4 py-2 sm:px-6">
        <Link
          to={viewer ? "/home" : "/"}
          className={`${look} gap-2 font-serif text-xl font-semibold no-underline`}
        >
          <Mark />
          Belay
        </Link>
        {/* A new key at each page: the menu is closed there. */}
        <details key={key} className="xl:hidden" data-testid="menu" onKeyDown={closeOnEscape}>
          <summary className={`${look} list-none rounded-md border border-ink-soft px-4`}>
            Menu
          </summary>
          <div className="absolute inset-x-0 top-full z-20 border-y border-rule bg-paper px-4 pt-4 pb-6 sm:px-6">
            {pathname === "/search" ? null : <SearchForm place="header" />}
            <Places viewer={viewer} />
          </div>
        </details>
        <div className="hidden xl:block">
          <Places viewer={viewer} />
        </div>
        {pathname === "/search" ? null : (
          <div className="hidden max-w-80 grow basis-56 xl:ml-auto xl:block">
            <SearchForm place="header" />
          </div>
        )}
      </div>
    </header>
  );
}

function Places({ viewer }: { viewer: Viewer }) {
  return (
    <nav aria-label="Main" className="mt-3 xl:mt-0">
      <ul className="flex flex-col gap-x-3 xl:flex-row xl:items-center xl:text-sm">
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
  );
}
