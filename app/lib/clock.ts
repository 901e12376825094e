/** The one source of the present instant; read once per request or job, then passed on as `now`. */
export type Clock = { now(): Date };

/** The machine's own time. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still at one instant. */
export function fixedClock(date: Date): Clock {
  const instant = date.getTime();
  return { now: () => new Date(instant) };
}

/** A clock that runs with another one, offsetMs milliseconds ahead of it (behind, if negative). */
export function offsetClock(base: Clock, offsetMs: number): Clock {
  return { now: () => new Date(base.now().getTime() + offsetMs) };
}
