import type { Jobs, Queue } from "#db/jobs.server";
import type { Refusal } from "~/auth/command.server";
import type { Result } from "~/lib/result";

/** What a queue's job does. It may run twice and beside another run of the same job. `now` is the product's time. */
export type Handler<Q extends Queue> = (data: Jobs[Q], now: Date) => Promise<unknown>;

/** Says that a job's command was refused, by its code. The job is tried again. */
export class JobRefused extends Error {
  constructor(readonly code: string) {
    super(`refused: ${code}`);
    this.name = "JobRefused";
  }
}

/** Refusals after which there is nothing to try again: asked too early, which the sweep makes good, or of nothing. */
const NOTHING_TO_DO = new Set(["not_due", "not_found"]);

/** Passes where a job's command did its work or has none; throws `JobRefused` where trying again may help. */
export function answered(result: Result<unknown, Refusal>): void {
  if (!result.ok && !NOTHING_TO_DO.has(result.error.code)) throw new JobRefused(result.error.code);
}
