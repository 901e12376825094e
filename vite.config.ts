import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type Plugin } from "vite";
import { denyImports } from "vite-env-only";
import remixConfig from "./remix.config.js";

declare module "@remix-run/server-runtime" {
  interface Future {
    v3_singleFetch: true;
  }
}

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const underTest = Boolean(process.env.VITEST);

/** Compresses the browser's files once, as small as Brotli makes them: a server that did so at each request would be slow. */
function compressAssets(): Plugin {
  let folder: string | null = null;
  return {
    name: "compress-assets",
    apply: "build",
    configResolved({ build }) {
      folder = build.ssr ? null : join(build.outDir, build.assetsDir);
    },
    closeBundle() {
      if (folder === null) return;
      for (const name of readdirSync(folder).filter((file) => /\.(js|css)$/.test(file))) {
        const path = join(folder, name);
        writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path)));
      }
    },
  };
}

/** What every page loads stands in two files: what others wrote, which seldom changes, and our own small parts. */
function chunkOf(id: string): string | undefined {
  if (
    /node_modules\/(react|react-dom|scheduler|@remix-run|react-router|react-router-dom)\//.test(id)
  )
    return "vendor";
  // Most public pages have no form.
  if (/\/components\/ui\/(filters|form|link-fields|dialog|unsaved)\.tsx$/.test(id)) return "forms";
  // What brings a library along that few pages need.
  if (/\/components\/ui\/sortable\.tsx$/.test(id)) return undefined;
  if (/\/app\/components\/(ui|layout)\//.test(id)) return "kit";
  if (
    /\/app\/lib\/(money|ratio|result|dates|flash|nonce|readers-zone|gain-words|form-problem)\.ts$/.test(
      id,
    )
  )
    return "kit";
  return undefined;
}

export default defineConfig(({ isSsrBuild }) => ({
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
    underTest ? [] : [remix(remixConfig), compressAssets()],
  ],
  build: {
    sourcemap: false,
    rollupOptions: isSsrBuild ? {} : { output: { manualChunks: chunkOf } },
  },
}));
