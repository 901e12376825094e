import { Link } from "@remix-run/react";
import type { Shown } from "./shown";

/** A figure that opens the ledger lines it is made of. `name` says to who cannot see its place what it is. */
export function Opens({ name, figure }: { name: string; figure: Shown }) {
  const { text, exact, to, plain } = figure;
  return (
    <>
      <Link
        to={to}
        title={exact === text ? undefined : exact}
        aria-label={`${text}: ${name}, its ledger lines`}
        className="inline-block min-h-6 min-w-6 tabular-nums lg:whitespace-nowrap decoration-ink-soft decoration-dotted hover:decoration-solid print:no-underline"
      >
        {text}
      </Link>
      {plain ? (
        <>
          {" "}
          <span className="inline-block text-sm leading-5 whitespace-nowrap text-ink-soft">
            ({plain})
          </span>
        </>
      ) : null}
    </>
  );
}
