const store = globalThis as typeof globalThis & { __belay?: Map<string, unknown> };

/**
 * Returns the one value of that name in this process, making it on first use. It lives on `globalThis`
 * because the built Remix bundle and the server around it are two module graphs in one process.
 */
export function singleton<T>(name: string, make: () => T): T {
  store.__belay ??= new Map();
  if (!store.__belay.has(name)) store.__belay.set(name, make());
  return store.__belay.get(name) as T;
}

/** Puts a value in the place of the singleton of that name (start-up and tests). */
export function setSingleton<T>(name: string, value: T): void {
  store.__belay ??= new Map();
  store.__belay.set(name, value);
}

/** Forgets the singleton of that name. */
export function clearSingleton(name: string): void {
  store.__belay?.delete(name);
}
