import { Link } from "@remix-run/react";

/** One of several views of the same thing. `count`: how many things are there. */
export type Tab = { to: string; name: string; current: boolean; count?: number };

/** Views of one thing, each with an address of its own: they are links, and need no scripts. One alone is not shown. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  if (tabs.length < 2) return null;
  return (
    <nav aria-label={label} className="mb-8 border-b border-rule print:hidden">
      <ul className="-mb-px flex flex-wrap gap-x-6">
        {tabs.map((tab) => (
          <li key={tab.to}>
            <Link
              to={tab.to}
              aria-current={tab.current ? "page" : undefined}
              preventScrollReset
              className={`inline-flex min-h-11 items-center gap-2 border-b-2 no-underline ${
                tab.current
                  ? "border-ink font-semibold"
                  : "border-transparent text-ink-soft hover:border-rule hover:text-ink"
              }`}
            >
              {tab.name}
              {tab.count === undefined ? null : (
                <span className="text-sm font-normal tabular-nums text-ink-soft">{tab.count}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
