/** Who asks: a signed-in person, as far as permissions need to know them. */
export type Actor = {
  id: string;
  handle: string;
  displayName: string;
  emailVerified: boolean;
  operator: boolean;
};

/** The platform itself: jobs that settle, lapse and end what has come due. */
export const SYSTEM = "system";
export type AnyActor = Actor | typeof SYSTEM | null;
