import type { Context } from "~/auth/command.server";

/** What the steps of a resale need of the command that takes them; the platform takes some of them itself. */
export type Acting = Pick<Context<unknown>, "actor" | "input" | "key" | "need" | "now" | "audit">;

/** Who asks, as entries name them: nobody where the platform does. */
export const actorOf = (ctx: Pick<Acting, "actor">): string | null =>
  typeof ctx.actor === "object" ? (ctx.actor?.id ?? null) : null;
