// `npm run bench`: measures this code beside what it is compared with, in the same process, on the same server.
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { install, loadTypeScript } from "../../app/server/launch.mjs";

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), "../.."));
process.env.NODE_ENV = "test";
await install();
await loadTypeScript();
const { main } = await import("./main.ts");
process.exitCode = await main(process.argv.slice(2));
