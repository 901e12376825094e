/** An expected outcome as a value: what was asked for, or why not (a closed union of codes). */
export type Result<T, E> = { ok: true; value: T } | { ok: false; error: E };

/** The outcome that holds what was asked for. */
export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

/** The outcome that holds a refusal. */
export function err<const E>(error: E): { ok: false; error: E } {
  return { ok: false, error };
}
