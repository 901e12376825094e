import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { OPEN_PAGES } from "~/lib/open-page.server";

const ASSETS = "build/client/assets";
/** What a public page may ask a browser to fetch and run, compressed. */
const MOST_BYTES = 100_000;
/** Public too, though not the same for everybody. */
const OTHERS = [
  "$",
  "cohorts.$slug_.apply",
  "forgot-password",
  "r.$code",
  "referral",
  "reset-password",
  "search",
  "sign-in",
  "sign-up",
  "unsubscribe",
  "verify-email",
];

type Part = { module: string; imports: readonly string[] };
type Manifest = { entry: Part; routes: Record<string, Part> };

/** What the build says that each route fetches. */
function readManifest(): Manifest {
  const name = readdirSync(ASSETS).find((file) => /^manifest-.*\.js$/.test(file)) ?? "";
  const text = readFileSync(join(ASSETS, name), "utf8");
  return JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)) as Manifest;
}

it.each([...OPEN_PAGES, ...OTHERS])("%s asks for less than 100 kB of scripts", (page) => {
  const { entry, routes } = readManifest();
  const parts = [entry, routes.root, routes[`routes/${page}`]];
  expect(parts).not.toContain(undefined);
  const files = new Set(parts.flatMap((part) => (part ? [part.module, ...part.imports] : [])));
  const bytes = [...files].map(
    (path) => statSync(join("build/client", `${path}.br`), { throwIfNoEntry: false })?.size,
  );
  // Whatever the build did not compress goes as it is.
  const sum = [...files].reduce(
    (total, path, i) => total + (bytes[i] ?? statSync(join("build/client", path)).size),
    0,
  );
  expect(sum).toBeGreaterThan(50_000);
  expect(sum).toBeLessThan(MOST_BYTES);
});
