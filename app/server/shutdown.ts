import { setTimeout as sleep } from "node:timers/promises";

const ECHO_MS = 1_000;
const HURRIED_CLOSE_MS = 3_000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

type Closer = { name: string; close(): Promise<void> | void; hurry?: () => void };

/** Thrown at the next step of a start that was told to stop. */
export class Stopped extends Error {}

/**
 * Closes what has been opened, last first, once: on a signal or when asked. A signal more than a second
 * after the first hurries what is slow. (npm passes the terminal's Ctrl-C on, so one key press can arrive
 * twice.) The process ends when all is closed.
 */
export class Shutdown {
  #closers: Closer[] = [];
  #startedAt: number | undefined;
  #hurried = false;
  #log: (line: string) => void;

  constructor(log: (line: string) => void) {
    this.#log = log;
    for (const name of SIGNALS) process.on(name, () => this.#onSignal());
  }

  /** Remembers how to close something that is open now. */
  add(closer: Closer): void {
    this.#closers.push(closer);
    if (this.#hurried) closer.hurry?.();
  }

  /** Whether the end has begun. */
  get begun(): boolean {
    return this.#startedAt !== undefined;
  }

  /** Throws `Stopped` when the end has begun: called between the steps of a start. */
  check(): void {
    if (this.begun) throw new Stopped();
  }

  #onSignal(): void {
    if (this.#startedAt === undefined) {
      this.#log("Stopping");
      void this.end(0);
      return;
    }
    if (performance.now() - this.#startedAt < ECHO_MS || this.#hurried) return;
    this.#hurried = true;
    this.#log("Hurrying");
    for (const closer of this.#closers) closer.hurry?.();
  }

  /** Closes everything and ends the process with this exit code. The second call waits for ever. */
  async end(code: number): Promise<never> {
    if (this.#startedAt !== undefined) return new Promise<never>(() => {});
    this.#startedAt = performance.now();
    let exitCode = code;
    for (let closer = this.#closers.pop(); closer; closer = this.#closers.pop()) {
      // One that is being closed can still be hurried.
      const current = closer;
      const hurriedClose = this.#untilHurried().then(() => {
        current.hurry?.();
        return sleep(HURRIED_CLOSE_MS);
      });
      try {
        await Promise.race([current.close(), hurriedClose]);
      } catch (error) {
        exitCode = 1;
        this.#log(
          `Could not stop ${current.name} cleanly (${error instanceof Error ? error.name : "unknown"})`,
        );
      }
    }
    process.exit(exitCode);
  }

  async #untilHurried(): Promise<void> {
    while (!this.#hurried) await sleep(50, undefined, { ref: false });
  }
}
