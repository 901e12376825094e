import { defineConfig } from "@playwright/test";
import { CHROMIUM_ARGS } from "../setup/find-chromium.mjs";

/**
 * Two parts that do not meet, so that they can run side by side: the walk over the demo world's pages, on a site that it starts
 * itself, and everything else, on one empty site.
 */
const WALK = "every-page.spec.ts";
const isWalk = process.env.E2E_PART === "walk";

const port = Number(process.env.E2E_PORT ?? 3456);
const baseURL = `http://localhost:${port}`;

export default defineConfig({
  testDir: ".",
  ...(isWalk ? { testMatch: WALK } : { testIgnore: WALK }),
  outputDir: `../../test-results/${isWalk ? "walk" : "site"}`,
  // One site with one clock, which tests move forward: one test at a time.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 300_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  use: {
    baseURL,
    actionTimeout: 20_000,
    navigationTimeout: 40_000,
    trace: "retain-on-failure",
    launchOptions: {
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: CHROMIUM_ARGS,
    },
  },
  webServer: isWalk
    ? undefined
    : {
        command: "node app/server/launch.mjs start",
        cwd: "../..",
        url: `${baseURL}/readyz`,
        timeout: 180_000,
        reuseExistingServer: false,
        gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
        stdout: "ignore",
        stderr: "pipe",
        env: {
          PORT: String(port),
          DATA_DIR: process.env.E2E_DATA_DIR ?? ".data/e2e",
          DEMO: "0",
          LOG_LEVEL: "warn",
        },
      },
});
