import { fileURLToPath } from "node:url";
import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import { denyImports } from "vite-env-only";
import remixConfig from "./remix.config.js";

declare module "@remix-run/server-runtime" {
  interface Future {
    v3_singleFetch: true;
  }
}

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const underTest = Boolean(process.env.VITEST);

export default defineConfig({
  resolve: {
    alias: {
      "~": at("./app"),
      "#db": at("./db"),
      "#emails": at("./emails"),
      "#tests": at("./tests"),
    },
  },
  plugins: [
    denyImports({ client: { files: ["**/db/**", "**/emails/**", "**/*.server.*"] } }),
    tailwindcss(),
    underTest ? [] : remix(remixConfig),
  ],
  build: { sourcemap: false },
});
