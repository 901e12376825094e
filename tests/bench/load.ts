import { fork } from "node:child_process";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "../../app/server/launch.mjs";
import { childEnv } from "../setup/child-env";
import { logSettings } from "../setup/log-place";
import type { Comparison } from "./harness";

const CONNECTIONS = 50;
const SECONDS = 3;

type Answer = { status: number; tag: string; bytes: number };

/** Asks once over one of the agent's connections and reads to the end. */
function ask(agent: Agent, url: string, tag: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { "accept-encoding": "gzip", ...(tag ? { "if-none-match": tag } : {}) };
    const sent = request(url, { agent, headers }, (answer) => {
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, tag: answer.headers.etag ?? "", bytes }),
      );
      answer.on("error", reject);
    });
    sent.on("error", reject);
    sent.end();
  });
}

export type Load = { p50: number; p99: number; rate: number };

/** Milliseconds an answer takes while so many connections ask one after the other, for some seconds. */
async function load(url: string, tag = ""): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const times: number[] = [];
  const until = Date.now() + SECONDS * 1000;
  const work = async () => {
    while (Date.now() < until) {
      const started = process.hrtime.bigint();
      const { status } = await ask(agent, url, tag);
      if (status !== (tag ? 304 : 200)) throw new Error(`${url} answered ${status}`);
      times.push(Number(process.hrtime.bigint() - started) / 1e6);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (part: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), rate: times.length / SECONDS };
}

const told = ({ p50, p99, rate }: Load): string =>
  `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${rate.toFixed(0)} a second`;

/** A record's page beside a page of the same server that renders one line of text, under 50 connections. */
export async function compareLoads(
  handle: string,
  compare: (comparison: Comparison) => Promise<void>,
): Promise<void> {
  await build();
  const server = fork(fileURLToPath(new URL("./server-child.ts", import.meta.url)), {
    execArgv: ["--import", "tsx"],
    env: childEnv({ NODE_ENV: "production", ...logSettings(), LOG_LEVEL: "error" }),
  });
  try {
    const port = await new Promise((port, reject) => {
      server.once("message", port);
      server.once("exit", (code) => reject(new Error(`the site ended with ${code}`)));
    });
    const page = `http://127.0.0.1:${port}/teachers/${handle}`;
    const line = `http://127.0.0.1:${port}/one-line`;
    const agent = new Agent({ keepAlive: false });
    const { tag, bytes } = await ask(agent, page, "");
    for (const [name, url, known] of [
      ["one line", line, ""],
      [`record, ${(bytes / 1000).toFixed(0)} kB`, page, ""],
      ["record that the reader has", page, tag],
    ] as const)
      process.stderr.write(
        `  ${CONNECTIONS} connections, ${name}: ${told(await load(url, known))}\n`,
      );
    for (const part of ["p50", "p99"] as const)
      for (const [name, known] of [
        ["record page", ""],
        ["record page that the reader has", tag],
      ] as const)
        await compare({
          name: `${name} to one line of text, 50 connections, ${part} in milliseconds`,
          ours: async () => (await load(page, known))[part],
          theirs: async () => (await load(line))[part],
          target: { text: "a figure to watch", met: () => true },
        });
  } finally {
    server.kill();
  }
}
