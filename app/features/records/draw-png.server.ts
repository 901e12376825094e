import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { ReactNode } from "react";
import { getLogger } from "~/lib/logger.server";
import { singleton } from "~/lib/singleton.server";

/** What link previews are drawn at. */
export const CARD = { width: 1200, height: 630 } as const;

/** Satori reads woff, not woff2; a letter that one file lacks is taken from the next. */
const FACES = [
  ["Inter", "@fontsource/inter/files/inter-latin-400-normal.woff", 400],
  ["Inter", "@fontsource/inter/files/inter-latin-600-normal.woff", 600],
  ["Inter ext", "@fontsource/inter/files/inter-latin-ext-600-normal.woff", 600],
  ["Inter greek", "@fontsource/inter/files/inter-greek-600-normal.woff", 600],
  ["Inter cyrillic", "@fontsource/inter/files/inter-cyrillic-600-normal.woff", 600],
] as const;

type Tools = { draw: (picture: ReactNode) => Promise<Uint8Array> };

/** Loaded at the first picture, so that the start does not wait for them, and again after a failure. */
async function loadTools(): Promise<Tools> {
  const resolve = createRequire(import.meta.url).resolve;
  const [{ default: satori }, { Resvg }, fonts] = await Promise.all([
    import("satori"),
    import("@resvg/resvg-js"),
    Promise.all(
      FACES.map(async ([name, file, weight]) => ({
        ...{ name, weight, style: "normal" as const },
        data: await readFile(resolve(file)),
      })),
    ),
  ]);
  return {
    draw: async (picture) => {
      const svg = await satori(picture, { ...CARD, fonts });
      return new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();
    },
  };
}

const kept = () => singleton("png-tools", () => ({ tools: null as Promise<Tools> | null }));

/** A picture as PNG; null, with a line in the log, where what draws it does not run on this machine. */
export async function drawPng(picture: ReactNode, load = loadTools): Promise<Uint8Array | null> {
  const cache = kept();
  cache.tools ??= load();
  try {
    const { draw } = await cache.tools;
    return await draw(picture);
  } catch (error) {
    cache.tools = null;
    getLogger().error({ err: error }, "share cards cannot be drawn: satori or resvg fails");
    return null;
  }
}
