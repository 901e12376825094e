// The site in a process of its own, with one page more: a line of text, the least that a page of it can be.
import { resolve } from "node:path";
import type { ServerBuild } from "@remix-run/node";
import { createElement } from "react";
import { getClock } from "~/auth/clock.server";
import { getEnv } from "~/env.server";
import { getPublicVersion } from "~/features/site/public-version.server";
import { getLogger } from "~/lib/logger.server";
import { createApp } from "~/server/http";
import { listen } from "~/server/listener";

const built: string = resolve("build/server/index.js");
const build = (await import(built)) as ServerBuild;
const line = {
  id: "routes/one-line",
  parentId: "root",
  path: "one-line",
  module: { default: () => createElement("p", null, "One line of text.") },
};
const entry = {
  ...build.assets.routes.root,
  id: line.id,
  parentId: "root",
  path: line.path,
  hasLoader: false,
};
const fine = async () => null;
const listener = await listen("127.0.0.1", 0);
listener.serve(
  createApp({
    env: getEnv(),
    logger: getLogger(),
    build: {
      ...build,
      routes: { ...build.routes, [line.id]: line },
      assets: { ...build.assets, routes: { ...build.assets.routes, [line.id]: entry } },
    } as unknown as ServerBuild,
    readiness: { database: fine, migrations: fine, worker: fine, log: fine },
    clientDirectory: "build/client",
    publicDirectory: "public",
    publicVersion: () => getPublicVersion(getClock().now()),
  }),
);
process.on("message", () => process.exit(0));
process.send?.(listener.port);
