/** Names a running process so that a recycled pid is told apart; null when it does not run. */
export function processIdentity(pid: number): string | null;
/** The directory that holds the embedded database of a data directory, links resolved; it may not exist. */
export function databasePlace(dataDir: string): string;
/** The pid of the living process that holds this data directory, or null. */
export function findHolder(dataDir: string): number | null;
/** Takes the lock file, also from a dead holder; otherwise says who holds it. */
export function acquireLock(file: string): { release(): void } | { heldBy: number };
