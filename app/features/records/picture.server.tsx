import { KNOT } from "~/components/layout/mark";
import { strongTag } from "~/lib/entity-tag.server";
import { openAnswer, openRefusal } from "~/lib/open-answer.server";
import { singleton } from "~/lib/singleton.server";
import { CARD, drawPng } from "./draw-png.server";

const INK = "#2b2521";
const SOFT = "#5f5751";
const LONGEST_NAME = 42;
/** Longer figures are written smaller. */
const SHORT = 7;
/** Letters that the card's fonts have. */
const DRAWABLE = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\p{P}\p{Zs}]+$/u;

/** A text as the card can show it: cut where it is long, `instead` where its letters are not in the card's fonts. */
export function drawable(text: string, instead: string): string {
  const letters = [...(DRAWABLE.test(text) ? text.normalize("NFC") : instead)];
  return letters.length <= LONGEST_NAME
    ? letters.join("")
    : `${letters.slice(0, LONGEST_NAME - 1).join("")}…`;
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div style={{ display: "flex", flexDirection: "column", marginRight: 64 }}>
      <div style={{ fontSize: 24, color: SOFT }}>{name}</div>
      <div style={{ fontSize: 40, fontWeight: 600 }}>{value}</div>
    </div>
  );
}

/** What a card says. */
export type Shown = {
  title: string;
  large: string;
  note: string;
  facts: { name: string; value: string }[];
  foot: string;
};

/** Drawn by satori, which knows inline styles and flex boxes alone; no browser ever gets it as markup. */
function Card({ title, large, note, facts, foot }: Shown) {
  const column = { display: "flex", flexDirection: "column" } as const;
  return (
    <div
      style={{
        ...{ ...column, ...CARD, padding: 64, boxSizing: "border-box" },
        ...{ justifyContent: "space-between" },
        ...{ background: "#fbfaf7", color: INK, fontFamily: "Inter" },
      }}
    >
      <div style={{ display: "flex", alignItems: "center" }}>
        <svg viewBox="0 0 32 32" width={64} height={64} role="presentation">
          <path d={KNOT} fill="none" stroke="#b5401c" strokeWidth={2.4} strokeLinecap="round" />
        </svg>
        <div style={{ fontSize: 34, fontWeight: 600, marginLeft: 16 }}>Belay</div>
      </div>
      <div style={column}>
        <div style={{ fontSize: 46, fontWeight: 600 }}>{title}</div>
        <div style={{ display: "flex", alignItems: "flex-end", marginTop: 12 }}>
          <div
            style={{
              ...{ fontSize: large.length > SHORT ? 76 : 120, fontWeight: 600, lineHeight: 1 },
              ...{ flexShrink: 0, whiteSpace: "nowrap" },
            }}
          >
            {large}
          </div>
          <div style={{ fontSize: 30, color: SOFT, marginLeft: 24, marginBottom: 8 }}>{note}</div>
        </div>
      </div>
      <div style={{ display: "flex" }}>
        {facts.map((fact) => (
          <Fact key={fact.name} {...fact} />
        ))}
      </div>
      <div style={{ fontSize: 26, color: SOFT }}>{foot}</div>
    </div>
  );
}

const MOST_KEPT = 100;
const drawn = () => singleton("cards", () => new Map<string, Uint8Array>());

/** A card as PNG, drawn once for each text; 503 where it cannot be drawn on this machine. */
export async function answerPicture(request: Request, shown: Shown): Promise<Response> {
  const tag = strongTag(JSON.stringify(shown));
  const known = drawn();
  const png = known.get(tag) ?? (await drawPng(<Card {...shown} />));
  if (!png)
    return openRefusal(request, 503, "The card cannot be drawn now. The page itself is there.\n", {
      "retry-after": "300",
    });
  known.set(tag, png);
  const [oldest] = known.keys();
  if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest);
  return openAnswer(request, { body: png, contentType: "image/png", keep: "revalidate", tag });
}
