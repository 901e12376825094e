import type { Tx } from "#db/client.server";
import { applicationEvents } from "#db/schema/index";

type ApplicationEvent = {
  applicationId: string;
  at: Date;
  /** Null: the platform itself. */
  actorId: string | null;
  kind: string;
  audience: "applicant" | "staff";
  data?: Record<string, string | number | boolean | null>;
};

/** Writes what happened to an application, in the transaction in which it happens. `staff`: the applicant never sees it. */
export async function recordEvent(tx: Tx, event: ApplicationEvent): Promise<void> {
  await tx.insert(applicationEvents).values(event);
}
