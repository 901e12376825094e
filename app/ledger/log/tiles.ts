/** Tiles of a tiled transparency log (C2SP tlog-tiles): names, sizes and entry bundles. */
import { parseSize } from "./checkpoint";
import { concat } from "./sha256";

export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 256;
const MOST_LEVEL = 63;
const MOST_ENTRY_BYTES = 0xffff;

/** Hashes of one level of tiles, or the entries themselves; `width` 256 is the full tile. */
export type Tile = { level: number | "entries"; index: number; width: number };

/** `1234067` → `x001/x234/067`. */
function formatIndex(index: number): string {
  const groups: string[] = [];
  let rest = index;
  do {
    groups.unshift(String(rest % 1000).padStart(3, "0"));
    rest = Math.floor(rest / 1000);
  } while (rest > 0);
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/");
}

function parseIndex(text: string): number | null {
  if (!/^(?:x\d{3}\/)*\d{3}$/.test(text)) return null;
  const index = Number(text.replaceAll(/[x/]/g, ""));
  return Number.isSafeInteger(index) && formatIndex(index) === text ? index : null;
}

/** A tile's path under the log's prefix, without a leading slash. */
export function formatTilePath({ level, index, width }: Tile): string {
  const partial = width === TILE_WIDTH ? "" : `.p/${width}`;
  return `tile/${level}/${formatIndex(index)}${partial}`;
}

/** Reads a tile's path; null for every spelling but the one that `formatTilePath` gives. */
export function parseTilePath(path: string): Tile | null {
  const found = /^tile\/(entries|\d{1,2})\/([x\d/]+)(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (!found) return null;
  const [, levelText = "", indexText = "", widthText] = found;
  const level = levelText === "entries" ? "entries" : parseSize(levelText);
  const index = parseIndex(indexText);
  const width = widthText === undefined ? TILE_WIDTH : parseSize(widthText);
  if (level === null || index === null || width === null) return null;
  if (level !== "entries" && level > MOST_LEVEL) return null;
  if (widthText !== undefined && (width < 1 || width >= TILE_WIDTH)) return null;
  return { level, index, width };
}

/** How many hashes or entries a tile has in a tree of that size: 256, fewer in the last one, 0 beyond the tree. */
export function widthIn({ level, index }: Pick<Tile, "level" | "index">, size: number): number {
  const span = level === "entries" ? 1 : TILE_WIDTH ** level;
  const there = Math.floor(size / span) - index * TILE_WIDTH;
  return Math.max(0, Math.min(TILE_WIDTH, there));
}

/** Entries one after another, each with its length before it (uint16, big-endian). Throws RangeError on one of 64 KiB or more. */
export function formatEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  return concat(
    ...entries.flatMap((entry) => {
      if (entry.length > MOST_ENTRY_BYTES) throw new RangeError("an entry of 64 KiB or more");
      return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry];
    }),
  );
}

/** The entries of a bundle; null where its lengths do not add up. */
export function parseEntryBundle(bundle: Uint8Array): Uint8Array[] | null {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bundle.length) {
    const [high, low] = bundle.subarray(at, at + 2);
    if (high === undefined || low === undefined) return null;
    const end = at + 2 + high * 256 + low;
    if (end > bundle.length) return null;
    entries.push(bundle.slice(at + 2, end));
    at = end;
  }
  return entries;
}
