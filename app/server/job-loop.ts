import { completeJob, failJob, type Job, type Queue, takeJobs } from "#db/jobs.server";
import { getClock } from "~/auth/clock.server";
import { describeError, getLogger } from "~/lib/logger.server";
import { type Handler, JobRefused } from "./jobs/handler";

const POLL_MS = 1_000;
/** Shorter than the queues' expiry, so that a job which hangs is failed here before another process takes it. */
const JOB_TIMEOUT_MS = 50_000;

/** A queue being worked off. */
export type JobLoop = {
  /** Looks for jobs at once instead of at the next poll. */
  nudge(): void;
  /** Takes no more jobs; resolves when those under way have finished. */
  stop(): Promise<void>;
};

/** Works off a queue, `atOnce` jobs side by side, until it is stopped. A handler that throws is tried again with backoff. */
export function runQueue<Q extends Queue>(queue: Q, handler: Handler<Q>, atOnce: number): JobLoop {
  let stopping = false;
  let nudged = false;
  let wake = (): void => {};

  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      timer.unref();
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (nudged || stopping) wake();
    });

  const done = (async () => {
    while (!stopping) {
      nudged = false;
      const jobs = await takeJobs(queue, atOnce).catch(() => []);
      await Promise.all(jobs.map((job) => runJob(queue, handler, job)));
      if (jobs.length === 0 && !stopping) await pause();
    }
  })();

  return {
    nudge() {
      nudged = true;
      wake();
    },
    stop() {
      stopping = true;
      wake();
      return done;
    },
  };
}

async function runJob<Q extends Queue>(queue: Q, handler: Handler<Q>, job: Job<Q>): Promise<void> {
  try {
    await inTime(handler(job.data, getClock().now()));
  } catch (error) {
    getLogger().warn({ queue, job: job.id, err: error }, "a job failed");
    await failJob(queue, job.id, reasonOf(error)).catch(() => undefined);
    return;
  }
  // Not written down: the job expires and runs again, without effect.
  await completeJob(queue, job.id).catch(() => undefined);
}

function reasonOf(error: unknown): string {
  if (error instanceof JobRefused) return error.message;
  const { type, code } = describeError(error);
  return code ? `${type} ${code}` : type;
}

async function inTime(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the job took too long")), JOB_TIMEOUT_MS);
    timer.unref();
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
