import { scaleUtc } from "d3-scale";
import { formatFromNow, formatInstant } from "~/lib/dates";
import { ChartFigure, fitText, NARROW, px } from "./figure";

/** A cohort's instants (ISO), with the zone in which they were set. */
export type Dated = {
  name: string;
  zone: string;
  opens: string;
  closes: string;
  decides: string;
  starts: string;
  ends: string;
};

const ROW = 46;
const FOOT = 28;
/** Room for the word over the line of today. */
const HEAD = 18;
const [LEFT, RIGHT] = [8, 12];
const DAY_MS = 86_400_000;
/** An axis that is shorter than so many days is no map. */
const LEAST_DAYS = 28;

/**
 * When one may apply, and when one hears and begins, of each cohort on one axis of time: the window as a bar that ends with its
 * deadline, what follows as a line; today as a line through all. The axis is in UTC; the table has each zone.
 */
export function DeadlinesChart(props: { cohorts: readonly Dated[]; now: string; source: string }) {
  const { cohorts, source } = props;
  const now = new Date(props.now);
  return (
    <ChartFigure
      title={titleOf(cohorts, now)}
      description="A bar for each cohort from when applications open to their deadline, then a dot where applicants hear and a line from the first day to the last."
      source={source}
      table={{
        columns: ["Cohort", "Opens", "Deadline", "You hear by", "Begins", "Ends"],
        rows: cohorts.map(({ name, zone, opens, closes, decides, starts, ends }) => [
          name,
          ...[opens, closes, decides, starts, ends].map((at) => formatInstant(new Date(at), zone)),
        ]),
      }}
      draw={(width) => drawDeadlines(cohorts, now, width)}
    />
  );
}

/** What the map says: which deadline comes next, of how many. */
export function titleOf(cohorts: readonly Dated[], now: Date): string {
  const ahead = cohorts
    .filter(({ closes }) => new Date(closes) > now)
    .toSorted((a, b) => (a.closes < b.closes ? -1 : 1));
  const [next] = ahead;
  if (!next) return "No deadline lies ahead";
  const when = `${dayOf(next)}, ${formatFromNow(new Date(next.closes), now)}`;
  return ahead.length === 1
    ? `One deadline lies ahead: ${next.name}, ${when}`
    : `The next of ${ahead.length} deadlines: ${next.name}, ${when}`;
}

/** The day of a deadline on the clocks of its own zone. */
const dayOf = ({ closes, zone }: Dated): string =>
  formatInstant(new Date(closes), zone).split(",", 1)[0] ?? "";

function drawDeadlines(cohorts: readonly Dated[], now: Date, width: number) {
  const ms = (at: string) => new Date(at).getTime();
  const from = Math.min(now.getTime(), ...cohorts.map(({ opens }) => ms(opens)));
  const until = Math.max(
    now.getTime() + LEAST_DAYS * DAY_MS,
    ...cohorts.map(({ starts }) => ms(starts) + (LEAST_DAYS / 2) * DAY_MS),
  );
  const x = scaleUtc([new Date(from), new Date(until)], [LEFT, width - RIGHT]).clamp(true);
  const height = HEAD + cohorts.length * ROW + FOOT;
  const ticks = x.ticks(width <= NARROW ? 3 : 6);
  const format = x.tickFormat(6, until - from > 90 * DAY_MS ? "%b %Y" : "%-d %b");
  const today = px(x(now));
  const content = (
    <>
      {ticks.map((tick) => (
        <g key={tick.toISOString()}>
          <line
            x1={px(x(tick))}
            x2={px(x(tick))}
            y1={HEAD}
            y2={height - FOOT}
            className="stroke-rule"
          />
          <text
            x={px(x(tick))}
            y={height - 8}
            textAnchor={anchorAt(x(tick), width)}
            className="fill-ink-soft"
          >
            {format(tick)}
          </text>
        </g>
      ))}
      <text x={today} y={HEAD - 5} textAnchor={anchorAt(today, width)} className="fill-ink-soft">
        Today
      </text>
      <line x1={today} x2={today} y1={HEAD} y2={height - FOOT} className="stroke-ink" />
      {cohorts.map((cohort, i) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: rows never move, and names may be alike
          key={i}
          cohort={cohort}
          y={HEAD + i * ROW}
          width={width}
          at={(instant) => px(x(new Date(instant)))}
        />
      ))}
    </>
  );
  return { height, content };
}

const anchorAt = (at: number, width: number) =>
  at < 30 ? "start" : at > width - 40 ? "end" : "middle";

function Row(props: { cohort: Dated; y: number; width: number; at: (instant: string) => number }) {
  const { cohort, y, width, at } = props;
  const bar = y + 30;
  const [opens, closes] = [at(cohort.opens), at(cohort.closes)];
  return (
    <g>
      {/* On paper of its own, so that no line goes through it. */}
      <text
        x={LEFT}
        y={y + 16}
        strokeWidth={5}
        paintOrder="stroke"
        className="fill-ink stroke-paper"
      >
        {fitText(`Until ${dayOf(cohort)}: ${cohort.name}`, width - LEFT - RIGHT)}
      </text>
      <line
        x1={at(cohort.starts)}
        x2={at(cohort.ends)}
        y1={bar}
        y2={bar}
        strokeWidth={2}
        className="stroke-ink-soft"
      />
      <rect
        x={opens}
        y={bar - 5}
        width={Math.max(1, px(closes - opens))}
        height={10}
        className="fill-gain"
        fillOpacity={0.35}
      />
      <line
        x1={closes}
        x2={closes}
        y1={bar - 8}
        y2={bar + 8}
        strokeWidth={3}
        className="stroke-gain"
      />
      <circle cx={at(cohort.decides)} cy={bar} r={4} className="fill-paper stroke-ink-soft" />
    </g>
  );
}
