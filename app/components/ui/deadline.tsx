import { useEffect, useState } from "react";
import { type Deadline as DeadlineShown, formatInstant, inReadersZone } from "~/lib/dates";
import { useReadersZone } from "~/lib/readers-zone";

type Props = { of: DeadlineShown };

/** An instant in the zone in which it was set: `6 Dec 2026, 17:00 Europe/Berlin`. */
export function Instant({ at, zone }: { at: string; zone: string }) {
  return <time dateTime={at}>{formatInstant(new Date(at), zone)}</time>;
}

/** A deadline: date, time and zone, then the same in the reader's own zone where that differs, and how long it is from now. */
export function Deadline({ of }: Props) {
  const own = ownReading(of, useReadersZone());
  return (
    <>
      <Instant at={of.at} zone={of.zone} /> ({own ? `for you ${own}; ` : ""}
      {of.left})
    </>
  );
}

/** The day and the time of a deadline, as a figure; `DeadlineNote` belongs under it. */
export function DeadlineFigure({ of }: Props) {
  return (
    <time dateTime={of.at}>
      {formatInstant(new Date(of.at), of.zone).slice(0, -of.zone.length - 1)}
    </time>
  );
}

/**
 * What stands under the figure: the zone, how long it is from now, the reader's own reading. Its line is kept free, so that
 * nothing moves on a reader's first page, where their browser alone knows the zone.
 */
export function DeadlineNote({ of }: Props) {
  const known = useReadersZone();
  const [found, setFound] = useState<string | null>(null);
  useEffect(() => setFound(Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  const own = ownReading(of, known ?? found);
  return (
    <>
      {of.zone}, {of.left}
      <span className="block min-h-[1.5em]">{own ? `for you ${own}` : null}</span>
    </>
  );
}

const ownReading = ({ at, zone }: DeadlineShown, readersZone: string | null): string | null =>
  readersZone ? inReadersZone(new Date(at), zone, readersZone) : null;
