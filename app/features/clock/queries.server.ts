import { getEnv } from "~/env.server";

/** Whether time can be moved in this installation: the embedded default's can, production's never. */
export const hasMovableClock = (): boolean => !getEnv().production;
