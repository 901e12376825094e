import { scaleSqrt } from "d3-scale";
import { formatMultiple } from "~/lib/money";
import { ChartFigure, fitText, px } from "./figure";

/** One row: this record's multiple beside those of all others, with their quartiles where there are enough. */
export type PeerRow = {
  name: string;
  own: number | null;
  others: readonly number[];
  /** Of which years the others are: `2020–2022`. */
  years: string;
  quartiles: { low: number; median: number; high: number } | null;
};
export type PeerPanel = { name: string; rows: readonly PeerRow[] };

const ROW = 48;
const TICKS = [0, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const TICKS_APART = 34;
const multiple = (value: number | null): string =>
  formatMultiple(value === null ? null : value.toFixed(4));

/**
 * This record's figures beside all teachers': a row for each vintage or cohort, each other teacher a tick, their middle half a
 * band and their median a line, this record a dot. Multiples on a square-root axis from 0. One panel a figure, beside each other
 * on wide pages.
 */
export function PeersChart({
  panels,
  source,
  title,
}: {
  panels: readonly PeerPanel[];
  source: string;
  title: string;
}) {
  const rows = panels.flatMap((panel) =>
    panel.rows.map(({ name, own, others, years, quartiles }) => [
      `${panel.name}, ${name}`,
      multiple(own),
      ...(quartiles
        ? [quartiles.low, quartiles.median, quartiles.high].map(multiple)
        : ["too few", "too few", "too few"]),
      `${others.length}, ${years}`,
    ]),
  );
  return (
    <ChartFigure
      title={title}
      description={`${panels.map(({ name }) => name).join(" and ")}, each row one of ${panels[0]?.rows.map(({ name }) => name).join(", ")}.`}
      source={source}
      table={{
        columns: [
          "Figure",
          "This record",
          "First quartile",
          "Median",
          "Third quartile",
          "Teachers",
        ],
        rows,
      }}
      draw={(width) => drawPanels(panels, width)}
    />
  );
}

function drawPanels(panels: readonly PeerPanel[], width: number) {
  const columns = width < 500 ? 1 : panels.length;
  const gap = 40;
  const panelWidth = (width - gap * (columns - 1)) / columns;
  const panelHeight = 30 + Math.max(1, ...panels.map(({ rows }) => rows.length)) * ROW + 22;
  const down = Math.ceil(panels.length / columns);
  const keyTop = down * (panelHeight + 16);
  const content = (
    <>
      {panels.map((panel, i) => (
        <g
          key={panel.name}
          transform={`translate(${px((i % columns) * (panelWidth + gap))} ${Math.floor(i / columns) * (panelHeight + 16)})`}
        >
          <Panel panel={panel} width={panelWidth} height={panelHeight} />
        </g>
      ))}
      <Key top={keyTop} width={width} />
    </>
  );
  return { height: keyTop + (width < 500 ? 40 : 22), content };
}

function Panel({ panel, width, height }: { panel: PeerPanel; width: number; height: number }) {
  const all = panel.rows.flatMap(({ own, others }) => [own ?? 0, ...others]);
  const x = scaleSqrt([0, Math.max(1, ...all) * 1.05], [7, width - 7]).clamp(true);
  const ticks = TICKS.filter((tick) => tick <= Math.max(1, ...all));
  const bottom = height - 22;
  return (
    <>
      <text x={0} y={14} fontWeight={600} className="fill-ink">
        {panel.name}
      </text>
      <line x1={px(x(1))} x2={px(x(1))} y1={26} y2={bottom} className="stroke-rule" />
      {spread(ticks, x).map((tick) => (
        <text
          key={tick}
          x={px(x(tick))}
          y={height - 6}
          textAnchor={tick === 0 ? "start" : "middle"}
          className="fill-ink-soft"
        >
          {`${tick}×`}
        </text>
      ))}
      {panel.rows.map((row, i) => (
        <g key={row.name} transform={`translate(0 ${30 + i * ROW})`}>
          <Row row={row} x={x} width={width} />
        </g>
      ))}
    </>
  );
}

/** Ticks that do not touch each other: 1× and 0× first, then the others from the left. */
function spread(ticks: readonly number[], x: (value: number) => number): number[] {
  const shown: number[] = [];
  for (const tick of [1, 0, ...ticks])
    if (shown.every((other) => Math.abs(x(tick) - x(other)) > TICKS_APART)) shown.push(tick);
  return shown;
}

function Row({ row, x, width }: { row: PeerRow; x: (value: number) => number; width: number }) {
  const { name, own, others, years, quartiles } = row;
  const said = `${others.length === 1 ? "1 teacher" : `${others.length} teachers`}, ${years}`;
  const middle = 31;
  return (
    <>
      <text x={0} y={14} className="fill-ink">
        {fitText(name, width - 200)}
        <tspan dx={6} className="fill-ink-soft">
          {said}
        </tspan>
      </text>
      <text
        x={width}
        y={14}
        textAnchor="end"
        paintOrder="stroke"
        strokeWidth={5}
        className="fill-ink stroke-paper tabular-nums"
      >
        {multiple(own)}
      </text>
      <line x1={0} x2={width} y1={middle} y2={middle} className="stroke-rule" />
      {quartiles ? (
        <>
          <rect
            x={px(x(quartiles.low))}
            y={middle - 7}
            width={px(Math.max(1, x(quartiles.high) - x(quartiles.low)))}
            height={14}
            className="fill-gain/25"
          />
          <line
            x1={px(x(quartiles.median))}
            x2={px(x(quartiles.median))}
            y1={middle - 7}
            y2={middle + 7}
            strokeWidth={2}
            className="stroke-gain"
          />
        </>
      ) : null}
      {others.map((value, i) => (
        <line
          // biome-ignore lint/suspicious/noArrayIndexKey: ticks never move, and values may be alike
          key={i}
          x1={px(x(value))}
          x2={px(x(value))}
          y1={middle - 4}
          y2={middle + 4}
          className="stroke-ink-soft"
        />
      ))}
      {own === null ? null : (
        <circle cx={px(x(own))} cy={middle} r={6} strokeWidth={2} className="fill-ink stroke-paper">
          <title>{`${name}: ${multiple(own)}`}</title>
        </circle>
      )}
    </>
  );
}

function Key({ top, width }: { top: number; width: number }) {
  const second = width < 500 ? { x: 0, y: top + 32 } : { x: 330, y: top + 14 };
  return (
    <>
      <circle cx={6} cy={top + 10} r={6} className="fill-ink" />
      <text x={18} y={top + 14} className="fill-ink-soft">
        this record
      </text>
      <line x1={112} x2={112} y1={top + 6} y2={top + 14} className="stroke-ink-soft" />
      <text x={120} y={top + 14} className="fill-ink-soft">
        each teacher, this one too
      </text>
      <rect x={second.x} y={second.y - 10} width={26} height={12} className="fill-gain/25" />
      <line
        x1={second.x + 13}
        x2={second.x + 13}
        y1={second.y - 10}
        y2={second.y + 2}
        strokeWidth={2}
        className="stroke-gain"
      />
      <text x={second.x + 34} y={second.y} className="fill-ink-soft">
        middle half of all, and their median
      </text>
    </>
  );
}
