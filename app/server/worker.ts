import { closeBoss, getBoss, type Queue } from "#db/jobs.server";
import { getClock } from "~/auth/clock.server";
import { setSweep } from "~/features/clock/sweep.server";
import { getLogger } from "~/lib/logger.server";
import { clearSingleton, setSingleton, singleton } from "~/lib/singleton.server";
import { type JobLoop, runQueue } from "./job-loop";
import { handlers } from "./jobs/index";
import { type LogLoop, startLogLoop } from "./log-loop";
import { sweep } from "./sweep";

const SWEEP_EVERY_MS = 3_000;
const STOP_WITHIN_MS = 10_000;
/** Jobs of a queue side by side. Mail is bounded, for it holds a connection while the provider answers. */
const AT_ONCE: Record<Queue, number> = {
  "send-mail": 4,
  "settle-offer": 2,
  "lapse-offer": 2,
  "end-lot": 2,
  "advance-resale": 2,
  "settle-parting": 2,
  "miss-years": 1,
  "normalise-scores": 1,
  "release-decisions": 1,
  "lapse-place": 2,
  "remind-place": 2,
  "tell-due-hypotheses": 1,
};

type State = { ready: boolean };

/** Whether this process's worker has started and has not been stopped. */
export function isReady(): boolean {
  return singleton<State>("worker", () => ({ ready: false })).ready;
}

/**
 * Starts the worker of this process: jobs of every queue, a sweep every few seconds for what has come due, the public log's
 * sequencer. `stop`
 * takes no more work and waits for what is under way, ten seconds at most; what is left then is taken up later by
 * whoever runs next. Throws when the queues are not installed.
 */
export async function startWorker(): Promise<{ stop(): Promise<void> }> {
  const { boss } = getBoss();
  boss.on("error", (error) => getLogger().warn({ err: error }, "the queues' upkeep failed"));
  await boss.start();
  const loops = startLoops();
  const sweeping = startSweeping(() => {
    for (const loop of loops) loop.nudge();
  });
  const sequencing = startLogLoop();
  setSingleton<State>("worker", { ready: true });
  let stopped: Promise<void> | undefined;
  return {
    stop() {
      stopped ??= stopAll(loops, sweeping, sequencing);
      return stopped;
    },
  };
}

function startLoops(): JobLoop[] {
  return [
    runQueue("send-mail", handlers["send-mail"], AT_ONCE["send-mail"]),
    runQueue("settle-offer", handlers["settle-offer"], AT_ONCE["settle-offer"]),
    runQueue("lapse-offer", handlers["lapse-offer"], AT_ONCE["lapse-offer"]),
    runQueue("end-lot", handlers["end-lot"], AT_ONCE["end-lot"]),
    runQueue("advance-resale", handlers["advance-resale"], AT_ONCE["advance-resale"]),
    runQueue("settle-parting", handlers["settle-parting"], AT_ONCE["settle-parting"]),
    runQueue("miss-years", handlers["miss-years"], AT_ONCE["miss-years"]),
    runQueue("normalise-scores", handlers["normalise-scores"], AT_ONCE["normalise-scores"]),
    runQueue("release-decisions", handlers["release-decisions"], AT_ONCE["release-decisions"]),
    runQueue("lapse-place", handlers["lapse-place"], AT_ONCE["lapse-place"]),
    runQueue("remind-place", handlers["remind-place"], AT_ONCE["remind-place"]),
    runQueue(
      "tell-due-hypotheses",
      handlers["tell-due-hypotheses"],
      AT_ONCE["tell-due-hypotheses"],
    ),
  ];
}

type Sweeping = { stop(): Promise<void> };

function startSweeping(afterwards: () => void): Sweeping {
  let stopping = false;
  let running: Promise<void> = Promise.resolve();
  let idle = true;

  const run = async () => {
    if (stopping) return;
    try {
      await sweep(getClock().now(), () => stopping);
    } catch (error) {
      getLogger().warn({ err: error }, "a sweep failed");
    }
    afterwards();
  };
  /** After the sweep under way, if there is one: what it had already looked at may have come due since. */
  const sweepNow = () => {
    idle = false;
    const mine = running.then(run).finally(() => {
      if (running === mine) idle = true;
    });
    running = mine;
    return mine;
  };
  const timer = setInterval(() => {
    if (idle) void sweepNow();
  }, SWEEP_EVERY_MS);
  timer.unref();
  setSweep(sweepNow);
  void sweepNow();

  return {
    stop() {
      stopping = true;
      clearInterval(timer);
      setSweep(async () => {});
      return running;
    },
  };
}

async function stopAll(loops: JobLoop[], sweeping: Sweeping, sequencing: LogLoop): Promise<void> {
  setSingleton<State>("worker", { ready: false });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, STOP_WITHIN_MS);
  });
  const finished = Promise.all([
    sweeping.stop(),
    sequencing.stop(),
    ...loops.map((loop) => loop.stop()),
  ]);
  await Promise.race([finished, late]);
  clearTimeout(timer);
  await getBoss().boss.stop({ graceful: false, wait: false });
  await closeBoss();
  clearSingleton("worker");
}
