import { describe, expect, it } from "vitest";
import {
  formatEntryBundle,
  formatTilePath,
  parseEntryBundle,
  parseTilePath,
  widthIn,
} from "./tiles";

describe("paths", () => {
  it.each([
    ["tile/0/x001/x234/067", { level: 0, index: 1_234_067, width: 256 }],
    ["tile/0/000.p/1", { level: 0, index: 0, width: 1 }],
    ["tile/63/999.p/255", { level: 63, index: 999, width: 255 }],
    ["tile/entries/x001/000", { level: "entries" as const, index: 1_000, width: 256 }],
    ["tile/entries/000.p/17", { level: "entries" as const, index: 0, width: 17 }],
  ])("%s", (path, tile) => {
    expect(parseTilePath(path)).toEqual(tile);
    expect(formatTilePath(tile)).toBe(path);
  });

  it.each([
    "tile/00/000",
    "tile/64/000",
    "tile/0/0",
    "tile/0/x000/001",
    "tile/0/001/002",
    "tile/0/x001",
    "tile/0/000.p/0",
    "tile/0/000.p/01",
    "tile/0/000.p/256",
    "tile/0/000.p/",
    "tile/-1/000",
    "tile/data/000",
    "tile/0/000/",
    "/tile/0/000",
    "tile/0/x999/x999/x999/x999/x999/999",
  ])("%s is none", (path) => {
    expect(parseTilePath(path)).toBeNull();
  });
});

it("a tree of 70,000 has the tiles that the format's example names", () => {
  const widths = (level: number | "entries", indices: number[]) =>
    indices.map((index) => widthIn({ level, index }, 70_000));
  expect(widths(0, [0, 272, 273, 274])).toEqual([256, 256, 112, 0]);
  expect(widths("entries", [272, 273, 274])).toEqual([256, 112, 0]);
  expect(widths(1, [0, 1, 2])).toEqual([256, 17, 0]);
  expect(widths(2, [0, 1])).toEqual([1, 0]);
  expect(widths(3, [0])).toEqual([0]);
  expect(widthIn({ level: 1, index: 0 }, 256)).toBe(1);
});

describe("entry bundles", () => {
  const entries = [new Uint8Array(), Uint8Array.of(1), new Uint8Array(0x1234).fill(9)];
  it("hold each entry's length before it, big-endian", () => {
    const bundle = formatEntryBundle(entries);
    expect([...bundle.subarray(0, 7)]).toEqual([0, 0, 0, 1, 1, 0x12, 0x34]);
    expect(parseEntryBundle(bundle)).toEqual(entries);
  });
  it("are refused when cut short; entries that are too long are not written", () => {
    const bundle = formatEntryBundle(entries);
    expect(parseEntryBundle(bundle.subarray(0, -1))).toBeNull();
    expect(parseEntryBundle(Uint8Array.of(0))).toBeNull();
    expect(() => formatEntryBundle([new Uint8Array(0x10000)])).toThrow(RangeError);
  });
});
