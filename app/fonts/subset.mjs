// `node app/fonts/subset.mjs`: makes what this folder keeps of Inter, out of Fontsource's files.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";

const files = createRequire(import.meta.url)
  .resolve("@fontsource-variable/inter/package.json")
  .replace("package.json", "files/");

/** What a face covers: pairs of first and last code points, as `unicode-range` in inter.css says. */
export const FACES = {
  latin: [
    [0x20, 0x7e],
    [0xa0, 0xff],
    [0x131, 0x131],
    [0x152, 0x153],
    [0x2010, 0x2027],
    [0x2030, 0x203a],
    [0x20ac, 0x20ac],
    [0x2122, 0x2122],
    [0x2191, 0x2191],
    [0x2193, 0x2193],
    [0x2212, 0x2212],
    [0x2215, 0x2215],
  ],
  // The letters of Europe's other languages, apart from the many that a name hardly has.
  "latin-ext": [[0x100, 0x17f]],
};

const lettersOf = (ranges) =>
  ranges
    .flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i))
    .map((code) => String.fromCodePoint(code))
    .join("");

/** One face as WOFF2: those letters, in the weights that pages use. */
export const makeFace = (name) =>
  subsetFont(readFileSync(`${files}inter-${name}-wght-normal.woff2`), lettersOf(FACES[name]), {
    targetFormat: "woff2",
    variationAxes: { wght: { min: 400, max: 600 } },
  });

export const pathOf = (name) => fileURLToPath(new URL(`./inter-${name}.woff2`, import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const name of Object.keys(FACES)) writeFileSync(pathOf(name), await makeFace(name));
