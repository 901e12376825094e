// The sequencer in a process of its own, so that its time and memory are its own: does what its parent sends, and answers.
import { getLogPlace } from "~/ledger/log/place.server";
import { Sequencer } from "~/ledger/log/sequencer.server";
import { type LogLoop, startLogLoop } from "~/server/log-loop";

/** `drain`: takes all that waits. `loop`: goes on by itself, as the product does, until `stop`. */
export type Order = "drain" | "loop" | "stop";
export type Report = {
  taken: number;
  ms: number;
  heapMb: number;
  rssMb: number;
};

const sequencer = new Sequencer({ place: getLogPlace, now: () => new Date() });
let looping: LogLoop | null = null;

async function drained(): Promise<Report> {
  const started = process.hrtime.bigint();
  const taken = await sequencer.drain();
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return { taken, ms, heapMb: heapUsed / 1e6, rssMb: rss / 1e6 };
}

process.on("message", async (order: Order) => {
  if (order === "loop") looping = startLogLoop();
  if (order === "stop") await looping?.stop();
  process.send?.(order === "drain" ? await drained() : order);
});
process.send?.("ready");
