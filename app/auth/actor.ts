/** Who asks: a signed-in person, as far as permissions need to know them. */
export type Actor = {
  id: string;
  handle: string;
  displayName: string;
  emailVerified: boolean;
  /** Is an operator, and signed in with the second step that operators need. */
  operator: boolean;
  /** Gave the password, and the code where there is a second step, less than five minutes ago. */
  proved: boolean;
};

/** The platform itself: jobs that settle, lapse and end what has come due. */
export const SYSTEM = "system";
export type AnyActor = Actor | typeof SYSTEM | null;
