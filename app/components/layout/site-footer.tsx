import { Link } from "@remix-run/react";

const PLACES = [
  { to: "/", name: "What Belay is" },
  { to: "/rules", name: "The rules and why" },
  { to: "/method", name: "How records are computed" },
  { to: "/cohorts", name: "All cohorts" },
  { to: "/teachers", name: "All records" },
  { to: "/log", name: "The public log" },
  { to: "/api", name: "For programs" },
  { to: "/search", name: "Search" },
];

/** The foot of every page: what this is, said plainly, and the rules it goes by. */
export function SiteFooter({ practice }: { practice: boolean }) {
  return (
    <footer className="mt-24 border-t border-rule print:hidden">
      <div className="mx-auto max-w-6xl px-4 py-8 text-sm text-ink-soft sm:px-6">
        <p className="max-w-[68ch]">
          In climbing, to belay is to hold the rope of the person who climbs. Shares of a token may
          come to nothing: most investments in people bring nothing back, and a student who never
          sells at a gain owes nothing.
        </p>
        <nav aria-label="Foot" className="mt-3">
          <ul className="flex flex-wrap gap-x-6">
            {PLACES.map((place) => (
              <li key={place.to}>
                <Link to={place.to} className="inline-flex min-h-8 items-center">
                  {place.name}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        {practice ? (
          <p className="mt-2 max-w-[68ch]">
            This is a practice world on one machine: no real money moves, and mail lands in{" "}
            <a href="/dev/mail">the mailbox of this site</a>.
          </p>
        ) : null}
      </div>
    </footer>
  );
}
