// `npm run lighthouse`: performance, accessibility, best practices and SEO of the public pages, on the demo world.
// Lighthouse is fetched when it is asked for: it is no part of the project's own packages.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium } from "./find-chromium.mjs";
import { withDemoSite } from "./site.mjs";

const HELP = `npm run lighthouse [-- PATH …]   scores of public pages (by default: /, a cohort, a record), desktop and phone
  Exit 1 when a score is under 95.
`;
const WANTED = 95;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

function run(url, chrome, report, preset) {
  const flags = [
    "--headless=new",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  if (process.getuid?.() === 0) flags.push("--no-sandbox");
  const args = [
    "--yes",
    "lighthouse@12.2.3",
    url,
    "--quiet",
    "--output=json",
    `--output-path=${report}`,
    `--only-categories=${CATEGORIES.join(",")}`,
    `--chrome-flags=${flags.join(" ")}`,
  ];
  if (preset === "desktop") args.push("--preset=desktop");
  return new Promise((done) => {
    spawn("npx", args, {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, CHROME_PATH: chrome },
    }).on("close", done);
  });
}

if (process.argv.includes("--help")) {
  process.stdout.write(HELP);
} else {
  const chrome = await findChromium();
  if (!chrome) throw new Error("No Chromium was found: npm test installs one.");
  const asked = process.argv.slice(2);
  const paths = asked.length > 0 ? asked : ["/", "/cohorts/machines-that-braid", "/teachers/maya"];
  const scratch = mkdtempSync(join(tmpdir(), "belay-lighthouse-"));
  let low = 0;
  await withDemoSite(async (base) => {
    for (const preset of ["phone", "desktop"]) {
      for (const path of paths) {
        const report = join(scratch, "report.json");
        await run(base + path, chrome, report, preset);
        const { categories, audits } = JSON.parse(readFileSync(report, "utf8"));
        const scores = CATEGORIES.map((name) => Math.round((categories[name]?.score ?? 0) * 100));
        low += scores.filter((score) => score < WANTED).length;
        process.stdout.write(
          `${preset} ${path}: ${CATEGORIES.map((name, i) => `${name} ${scores[i]}`).join(", ")}\n`,
        );
        const failed = CATEGORIES.flatMap((name) =>
          (categories[name]?.auditRefs ?? [])
            .filter((ref) => ref.weight > 0 && (audits[ref.id]?.score ?? 1) < 0.9)
            .map((ref) => `${ref.id} ${audits[ref.id].displayValue ?? ""}`.trim()),
        );
        if (failed.length > 0) process.stdout.write(`  ${failed.join("; ")}\n`);
      }
    }
  });
  rmSync(scratch, { recursive: true, force: true });
  process.exitCode = low > 0 ? 1 : 0;
}
