/**
 * Tables for one calculation at a time, kept for the next: to clear fresh ones and to collect them
 * takes as long as what is worked out in them. Whoever asks for a place again takes it away from who
 * had it, so nothing that is handed on may stand in one.
 */

type Table = Float64Array | Int32Array;

function places<T extends Table>(
  make: (length: number) => T,
): (place: string, length: number) => T {
  const kept = new Map<string, T>();
  return (place, length) => {
    const known = kept.get(place);
    if (known !== undefined && known.length >= length) return known.subarray(0, length) as T;
    const fresh = make(length);
    kept.set(place, fresh);
    return fresh;
  };
}

/** Floats in a place of this name, holding whatever was left there. */
export const floatsIn = places((length) => new Float64Array(length));
/** Integers in a place of this name, holding whatever was left there. */
export const integersIn = places((length) => new Int32Array(length));
