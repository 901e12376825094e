import { setSingleton, singleton } from "~/lib/singleton.server";

type Sweep = () => Promise<void>;

/** Called by the worker of this process: how to do at once what has come due. */
export function setSweep(sweep: Sweep): void {
  setSingleton<Sweep>("sweep", sweep);
}

/** Does at once what has come due; nothing where this process has no worker. Resolves when it is done. */
export async function requestSweep(): Promise<void> {
  await singleton<Sweep>("sweep", () => async () => {})();
}
