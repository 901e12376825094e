import { scaleLog } from "d3-scale";
import { formatMultiple, formatPercent } from "~/lib/money";
import { Dots, LEAST_MULTIPLE, type Placed, pileUp, placeAll, tallestOf } from "./dots";
import { ChartFigure, type ChartTable, fitText, px, WIDE } from "./figure";

export type Outcome = {
  name: string;
  /** Cash back and carried value over cash paid, a decimal string; null counts as nothing yet. */
  multiple: string | null;
  /** Whether it belongs to the largest position, whose part of all is marked. */
  largest?: boolean;
};

type PlacedDot = Placed<Outcome>;

const LEAST = 0.1;
const MOST = 1000;
/** Where the bin of nothing stands, and how far it reaches to both sides. */
const ZERO = 28;
const ZERO_REACH = 20;
/** How high the columns may become, and how small the dots to get there. */
const HIGHEST = 240;
const RADII = [5, 4, 3, 2.5, 2, 1.5];
const TICKS = [0.1, 1, 10, 100, 1000];
/** So many dots can be told apart and pointed at; more are counted. */
const NAMED_DOTS = 100;
/** Where one range of the table ends and the next begins. */
const RANGES = [0.5, 1, 2, 5, 10, 100];

/** What the dots show, in one sentence. */
export function outcomesFinding(outcomes: readonly Outcome[], bestShare: string | null): string {
  if (outcomes.length === 0) return "No investments yet";
  const lost = outcomes.filter(({ multiple }) => Number(multiple ?? 0) < 1).length;
  const best = bestShare === null ? "" : `; the largest made ${formatPercent(bestShare, 0)} of all`;
  const of = `${lost} of ${outcomes.length} ${outcomes.length === 1 ? "investment" : "investments"}`;
  return `${of} ${lost === 1 ? "is" : "are"} below what was paid${best}`;
}

/**
 * One dot an investment on a logarithmic multiple axis to 1000×, those at nothing in a bin of their
 * own on the left, as visible as the winners; the median and the largest marked. Multiples between
 * 0 and 0.1× stand at 0.1×, those beyond 1000× at 1000×.
 */
export function OutcomesChart({
  outcomes,
  medianTvpi,
  bestShare,
  source,
  title = outcomesFinding(outcomes, bestShare),
}: {
  outcomes: readonly Outcome[];
  medianTvpi: string | null;
  bestShare: string | null;
  source: string;
  title?: string;
}) {
  const median = medianTvpi === null ? "not yet known" : formatMultiple(medianTvpi);
  return (
    <ChartFigure
      title={title}
      description={`${outcomes.length} investments by multiple of the cash paid; the median is ${median}.`}
      source={source}
      table={outcomes.length > NAMED_DOTS ? countedTable(outcomes) : namedTable(outcomes)}
      draw={(width) => drawOutcomes({ outcomes, medianTvpi, bestShare }, width)}
    />
  );
}

function namedTable(outcomes: readonly Outcome[]): ChartTable {
  const rows = outcomes
    .toSorted((a, b) => Number(b.multiple ?? 0) - Number(a.multiple ?? 0))
    .map(({ name, multiple }) => [name, formatMultiple(multiple)]);
  return { columns: ["Investment", "Multiple"], rows };
}

function countedTable(outcomes: readonly Outcome[]): ChartTable {
  const values = outcomes.map(({ multiple }) => Number(multiple ?? 0));
  const within = (from: number, to: number) =>
    String(values.filter((value) => value >= from && value < to).length);
  const ranges = RANGES.map((to, i) => {
    const from = RANGES[i - 1];
    const name = from === undefined ? `Something, under ${to}×` : `${from}× to under ${to}×`;
    return [name, within(from ?? LEAST_MULTIPLE, to)];
  });
  const last = RANGES.at(-1) ?? 0;
  return {
    columns: ["Multiple of the cash paid", "Investments"],
    rows: [
      ["Nothing", within(0, LEAST_MULTIPLE)],
      ...ranges,
      [`${last}× and more`, within(last, Number.POSITIVE_INFINITY)],
    ],
  };
}

/** Where each dot stands: as large as its size can be with none on another, as far as that goes. */
function placeDots(outcomes: readonly Outcome[], most: number, axis: (value: number) => number) {
  const items = outcomes.map((outcome) => ({ of: outcome, multiple: outcome.multiple }));
  const tries = RADII.filter((radius) => radius <= most).map((radius) => {
    const size = 2 * radius;
    const piles = pileUp(
      items,
      { at: axis, zero: ZERO, reach: ZERO_REACH },
      { size, height: HIGHEST },
    );
    return { piles, radius, pitch: size + 1, tallest: tallestOf(piles) };
  });
  const best = tries.find(({ tallest, pitch }) => tallest * pitch <= HIGHEST) ?? tries.at(-1);
  if (!best) throw new Error("no size of dots");
  const { piles, tallest, radius } = best;
  const step = Math.min(best.pitch, HIGHEST / tallest);
  const base = Math.ceil(48 + tallest * step);
  return { dots: placeAll(piles, { lowest: base - radius - 2, step }), base, radius };
}

/** How wide a name with its multiple is at most. */
const NAME_WIDTH = 160;

/**
 * The highest multiple that is no loss, and where its name stands: from the dot to the right where there is room, else up to the
 * right edge; above whatever dots are there.
 */
function findBest(dots: readonly PlacedDot[], radius: number, width: number) {
  const best = dots.reduce<PlacedDot | null>(
    (most, dot) => (dot.value >= 1 && (most === null || dot.value > most.value) ? dot : most),
    null,
  );
  if (best === null) return null;
  const from = Math.min(best.x - radius, width - 4 - NAME_WIDTH);
  const near = dots.filter(({ x }) => x >= from - radius && x <= from + NAME_WIDTH);
  const y = px(Math.min(...near.map((dot) => dot.y)) - radius - 8);
  const isRoom = from === best.x - radius;
  return { ...best, name: isRoom ? { x: px(from), y } : { x: width - 4, y, textAnchor: "end" } };
}

/** The line of nothing, the line of the multiples, and what stands under them. */
function Axis({
  base,
  width,
  axis,
}: {
  base: number;
  width: number;
  axis: (value: number) => number;
}) {
  return (
    <>
      <path d={`M8 ${base}H52M68 ${base}H${width - 8}`} className="stroke-ink-soft" />
      <path d={`M${px(axis(1))} 40V${base}`} className="stroke-rule" />
      <path
        d={TICKS.map((tick) => `M${px(axis(tick))} ${base}v4`).join("")}
        className="stroke-ink-soft"
      />
      <g textAnchor="middle" className="fill-ink-soft">
        <text x={ZERO} y={base + 18}>
          0×
        </text>
        {TICKS.map((tick) => (
          <text key={tick} x={px(axis(tick))} y={base + 18}>
            {tick}×
          </text>
        ))}
        <text x={ZERO} y={base + 34}>
          nothing
        </text>
        <text x={px(axis(1))} y={base + 34}>
          as paid
        </text>
      </g>
    </>
  );
}

/** Rings around the largest position's dots, and below the axis what part of all it made. */
function Largest({
  dots,
  radius,
  share,
  base,
  width,
}: {
  dots: readonly PlacedDot[];
  radius: number;
  share: string | null;
  base: number;
  width: number;
}) {
  const ringed = dots.filter(({ of }) => of.largest);
  const [first] = ringed;
  if (first === undefined || share === null) return null;
  return (
    <>
      <g fill="none" strokeWidth={1.5} className="stroke-ink">
        {ringed.map(({ x, y }) => (
          <circle key={`${x} ${y}`} cx={x} cy={y} r={radius + 2.5} />
        ))}
      </g>
      <text x={width - 4} y={base + 52} textAnchor="end" className="fill-ink">
        {`ringed: ${fitText(first.of.name, 110)}, ${formatPercent(share, 0)} of all`}
      </text>
    </>
  );
}

type Drawn = {
  outcomes: readonly Outcome[];
  medianTvpi: string | null;
  bestShare: string | null;
};

function drawOutcomes({ outcomes, medianTvpi, bestShare }: Drawn, width: number) {
  const axis = scaleLog([LEAST, MOST], [76, width - 24]).clamp(true);
  const { dots, base, radius } = placeDots(outcomes, width < WIDE ? 4 : 5, axis);
  const best = findBest(dots, radius, width);
  const least = Number(medianTvpi);
  const median = medianTvpi === null ? null : px(least < LEAST_MULTIPLE ? ZERO : axis(least));
  const content = (
    <>
      <Axis base={base} width={width} axis={axis} />
      <Dots
        dots={dots}
        size={2 * radius}
        nameOf={outcomes.length <= NAMED_DOTS && width >= WIDE ? (outcome) => outcome : undefined}
      />
      <Largest dots={dots} radius={radius} share={bestShare} base={base} width={width} />
      {median === null ? null : (
        <>
          <line
            x1={median}
            x2={median}
            y1={20}
            y2={base}
            strokeDasharray="3 3"
            className="stroke-ink"
          />
          <text
            x={Math.min(Math.max(median, 50), width - 60)}
            y={14}
            textAnchor="middle"
            className="fill-ink"
          >
            {`median ${formatMultiple(medianTvpi)}`}
          </text>
        </>
      )}
      {best === null ? null : (
        <text {...best.name} className="fill-ink">
          {`${fitText(best.of.name, 110)} ${formatMultiple(best.of.multiple)}`}
        </text>
      )}
    </>
  );
  const isRinged = outcomes.some(({ largest }) => largest);
  return { height: base + (isRinged ? 58 : 42), content };
}
