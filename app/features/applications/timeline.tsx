import { Instant } from "~/components/ui/deadline";
import { Empty } from "~/components/ui/page";
import { formatInstant } from "~/lib/dates";
import { EVENT_WORDS } from "./words";

type Event = {
  id: string;
  kind: string;
  at: { at: string; zone: string; left: string };
  data: Record<string, unknown>;
};

/** What happened to an application, in order, as its applicant may know it. */
export function Timeline({ events }: { events: readonly Event[] }) {
  const known = events.filter(({ kind }) => EVENT_WORDS[kind]);
  if (known.length === 0) return <Empty>Each step of this application is listed here.</Empty>;
  return (
    <ol className="max-w-[68ch] border-l-2 border-rule">
      {known.map(({ id, kind, at, data }) => (
        <li key={id} className="py-2 pl-4">
          <span className="block">
            {EVENT_WORDS[kind]}
            {typeof data.until === "string"
              ? `, which lets you write until ${formatInstant(new Date(data.until), at.zone)}`
              : ""}
          </span>
          <span className="text-sm text-ink-soft">
            <Instant at={at.at} zone={at.zone} /> ({at.left})
          </span>
        </li>
      ))}
    </ol>
  );
}
