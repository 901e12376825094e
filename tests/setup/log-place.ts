import { type Env, getEnv } from "~/env.server";
import { setSingleton } from "~/lib/singleton.server";

/** Changes some settings of this process. */
export function singletonEnv(changes: Partial<Env>): void {
  setSingleton<Env>("env", { ...getEnv(), ...changes });
}
