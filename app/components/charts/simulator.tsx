import { formatCents, formatPlainDollars } from "~/lib/money";
import { ChartFigure, fitText, px } from "./figure";

/** What one future gives to whom; cents as strings. */
export type Future = {
  /** What is sold, in few words: "You sell a company for $1 million". */
  label: string;
  gainCents: string;
  ownerCents: string;
  parts: readonly { name: string; cents: string }[];
};

type Words = { keep: string; holders: string; owed: string };
const TO_OWNER: Words = {
  keep: "You keep",
  holders: "your holders",
  owed: "and you owe nothing.",
};
const TO_OTHERS: Words = {
  keep: "They keep",
  holders: "the holders",
  owed: "and nothing is owed.",
};

const NOTHING: Future = {
  label: "Nothing is ever sold",
  gainCents: "0",
  ownerCents: "0",
  parts: [],
};

/**
 * What futures give to whom, side by side, on wide pages in columns and on narrow ones below each
 * other. The first is always "nothing, and you owe nothing"; `futures` are the others. Bars show
 * parts of each gain, not its size. Said to the token's owner, unless `toOwner` is false.
 */
export function SimulatorChart({
  futures,
  source,
  toOwner = true,
  title = toOwner
    ? "If nothing is sold, you owe nothing; if you gain, your holders gain with you"
    : "If nothing is sold, nothing is owed; if the owner gains, the holders gain too",
}: {
  futures: readonly Future[];
  source: string;
  toOwner?: boolean;
  title?: string;
}) {
  const words = toOwner ? TO_OWNER : TO_OTHERS;
  const all = [NOTHING, ...futures];
  const names = [...new Set(all.flatMap(({ parts }) => parts.map(({ name }) => name)))];
  const rows = all.map(({ label, gainCents, ownerCents, parts }) => [
    label,
    formatCents(gainCents),
    formatCents(ownerCents),
    ...names.map((name) =>
      formatCents(
        parts
          .filter((part) => part.name === name)
          .reduce((sum, part) => sum + BigInt(part.cents), 0n),
      ),
    ),
  ]);
  return (
    <ChartFigure
      title={title}
      description={all.map((future) => sentenceOf(future, words)).join(" ")}
      source={source}
      table={{ columns: ["Future", "Gain", words.keep, ...names], rows }}
      draw={(width) => drawFutures(all, words, width)}
    />
  );
}

function toHolders(future: Future): bigint {
  return future.parts.reduce((sum, { cents }) => sum + BigInt(cents), 0n);
}

function sentenceOf(future: Future, words: Words): string {
  if (BigInt(future.gainCents) === 0n) return `${future.label}: nothing, ${words.owed}`;
  return `${future.label}: ${words.keep.toLowerCase()} ${formatCents(future.ownerCents)}, ${words.holders} get ${formatCents(toHolders(future))}.`;
}

function drawFutures(futures: readonly Future[], words: Words, width: number) {
  const columns = width < 500 ? 1 : Math.min(4, futures.length);
  const gap = 20;
  const panel = (width - gap * (columns - 1)) / columns;
  const panelHeight = columns === 1 ? 92 : 106;
  const height = Math.ceil(futures.length / columns) * (panelHeight + 16);
  const content = futures.map((future, i) => (
    <g
      key={future.label}
      transform={`translate(${px((i % columns) * (panel + gap))} ${Math.floor(i / columns) * (panelHeight + 16)})`}
    >
      <Panel future={future} words={words} width={panel} />
    </g>
  ));
  return { height, content };
}

/** A label over two lines at most, broken at a word. */
function twoLines(text: string, width: number): string[] {
  const most = Math.floor(width / 8);
  if (text.length <= most) return [text];
  const at = text.lastIndexOf(" ", most);
  if (at <= 0) return [fitText(text, width)];
  return [text.slice(0, at), fitText(text.slice(at + 1), width)];
}

function Panel({ future, words, width }: { future: Future; words: Words; width: number }) {
  const gain = BigInt(future.gainCents);
  const holders = toHolders(future);
  const part = gain > 0n ? Number((holders * 100_000n) / gain) / 100_000 : 0;
  const lines = twoLines(future.label, width);
  const top = lines.length * 17 + 6;
  return (
    <>
      {lines.map((text, i) => (
        <text key={text} x={0} y={14 + i * 17} fontWeight={600} className="fill-ink">
          {text}
        </text>
      ))}
      {gain === 0n ? (
        <>
          <rect
            x={0.5}
            y={top + 0.5}
            width={px(width - 1)}
            height={19}
            fill="none"
            strokeDasharray="3 3"
            className="stroke-ink-soft"
          />
          <text x={0} y={top + 40} className="fill-ink">
            Nothing,
          </text>
          <text x={0} y={top + 58} className="fill-ink">
            {words.owed}
          </text>
        </>
      ) : (
        <>
          <rect x={0} y={top} width={px(width)} height={20} className="fill-rule" />
          <rect
            x={0}
            y={top}
            width={px(Math.max(2, width * part))}
            height={20}
            className="fill-gain"
          />
          <text x={0} y={top + 40} className="fill-ink tabular-nums">
            {`${words.keep} ${amount(future.ownerCents)}`}
          </text>
          <text x={0} y={top + 58} className="fill-ink tabular-nums">
            {`Holders get ${amount(holders)}`}
          </text>
        </>
      )}
    </>
  );
}

/** Whole dollars where exact ones need no room; the table has the cents. */
function amount(cents: string | bigint): string {
  const whole = formatCents(cents, { whole: true });
  return whole.length > 13 ? formatPlainDollars(cents) : whole;
}
