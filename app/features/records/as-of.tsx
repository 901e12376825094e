import { Link } from "@remix-run/react";

/** As of which day and which signed tree a page stands. */
export function AsOf({
  asOf: { text, size, signed },
}: {
  asOf: { text: string; size: string | null; signed: string | null };
}) {
  return (
    <p className="my-6 text-sm text-ink-soft">
      As of {text}
      {size && signed ? (
        <>
          , <Link to="/log">tree of {size} leaves</Link>, signed {signed} UTC
        </>
      ) : null}
      . Every investment since the first is counted.
    </p>
  );
}
