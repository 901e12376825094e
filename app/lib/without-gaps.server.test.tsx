import { PassThrough, type Transform } from "node:stream";
import { text } from "node:stream/consumers";
import { renderToPipeableStream } from "react-dom/server";
import { expect, it } from "vitest";
import { withoutGaps } from "./without-gaps.server";

/** A page of many small texts, with letters of several bytes at every place. */
const rendered = (through: Transform) =>
  text(
    renderToPipeableStream(
      <ul>
        {Array.from({ length: 3_000 }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they never move
          <li key={i}>{`${i}×`}</li>
        ))}
      </ul>,
    ).pipe(through),
  );
const page = `<ul>${Array.from({ length: 3_000 }, (_, i) => `<li>${i}×</li>`).join("")}</ul>`;

it("a page has every letter and nothing between them, wherever React's blocks end", async () => {
  expect(await rendered(withoutGaps())).toBe(page);
});

it("which React alone does not grant: else this is no longer needed", async () => {
  const alone = await rendered(new PassThrough());
  expect(alone).toContain("\0");
  expect(alone.replaceAll("\0", "")).toBe(page);
});
