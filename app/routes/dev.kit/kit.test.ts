import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** What others are made of, seen within them. */
const PARTS = ["ChartFigure", "Dots", "Drawing", "Instant", "PressedDots"];

const sourcesOf = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".tsx") && !name.includes(".test."))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");

it("shows every component that pages are made of", () => {
  const made = sourcesOf("app/components/ui") + sourcesOf("app/components/charts");
  const names = [...made.matchAll(/^export function ([A-Z]\w*)/gm)].map(([, name]) => name ?? "");
  expect(names.length).toBeGreaterThan(30);
  const kit = sourcesOf("app/routes/dev.kit");
  const missing = names.filter(
    (name) => !PARTS.includes(name) && !new RegExp(`<${name}\\b`).test(kit),
  );
  expect(missing).toEqual([]);
});
