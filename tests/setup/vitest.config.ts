import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const root = at("../..");

export default defineConfig({
  root,
  resolve: {
    alias: {
      "~": at("../../app"),
      "#db": at("../../db"),
      "#emails": at("../../emails"),
      "#tests": at(".."),
    },
  },
  test: {
    root,
    setupFiles: [at("./fail-on-console-error.ts")],
    // The tests wait for PostgreSQL much of the time: two at once also where there are two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["app/**/*.test.{ts,tsx}", "db/**/*.test.ts", "emails/**/*.test.{ts,tsx}"],
        },
      },
      {
        extends: true,
        test: {
          name: "property",
          include: ["tests/property/**/*.test.{ts,tsx}"],
          globalSetup: [at("./global.ts")],
          testTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.{ts,tsx}"],
          globalSetup: [at("./global.ts")],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
