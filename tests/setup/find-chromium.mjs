import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
const INSTALL_TIMEOUT_MS = 300_000;

/** What Chromium is started with. Without the process that draws on a graphics card, which is not there, it is a fifth quicker. */
export const CHROMIUM_ARGS = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-software-rasterizer",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
];

function onPath() {
  const directories = (process.env.PATH ?? "").split(delimiter);
  return NAMES.flatMap((name) => directories.map((directory) => join(directory, name))).filter(
    (path) => existsSync(path),
  );
}

/** The first Chromium that really starts: one named in CHROMIUM_PATH, Playwright's own, or one of the system. */
async function firstThatStarts() {
  const { chromium } = await import("playwright");
  const candidates = [process.env.CHROMIUM_PATH, chromium.executablePath(), ...onPath(), MAC];
  for (const executablePath of candidates) {
    if (!executablePath || !existsSync(executablePath)) continue;
    try {
      const browser = await chromium.launch({
        executablePath,
        args: CHROMIUM_ARGS,
        timeout: 60_000,
      });
      await browser.close();
      return executablePath;
    } catch {
      process.stdout.write(`${executablePath} does not start; looking for another\n`);
    }
  }
  return null;
}

/** Runs a program to its end, with its output shown; whether it went well. */
export function run(command, args) {
  process.stdout.write(`> ${command} ${args.join(" ")}\n`);
  return new Promise((done) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "inherit", "inherit"],
      timeout: INSTALL_TIMEOUT_MS,
      env: {
        ...process.env,
        DEBIAN_FRONTEND: "noninteractive",
        PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "10000",
      },
    });
    child.on("error", () => done(false));
    child.on("close", (code) => done(code === 0));
  });
}

/** Debian's chromium is a real package; Ubuntu's only asks for snap. */
export function isDebianRoot() {
  if (process.getuid?.() !== 0 || !existsSync("/etc/os-release")) return false;
  const debian = /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
  return debian && spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0;
}

/** The path of a Chromium that starts, installing one where there is none; null when that fails too. */
export async function findChromium() {
  const present = await firstThatStarts();
  if (present) return present;
  process.stdout.write("There is no Chromium for the browser tests yet; installing one\n");
  const withDeps = process.getuid?.() === 0 ? ["--with-deps"] : [];
  const playwright = join("node_modules", "playwright", "cli.js");
  await run(process.execPath, [playwright, "install", ...withDeps, "chromium"]);
  const downloaded = await firstThatStarts();
  if (downloaded) return downloaded;
  if (isDebianRoot()) {
    await run("apt-get", ["update"]);
    await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"]);
    return firstThatStarts();
  }
  return null;
}
