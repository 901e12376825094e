const FLOOR_MS = 400;

/**
 * Answers after 400 ms at least, whatever the work was: how long it took then says nothing about whether an address
 * is known. Real time, since it is about the network.
 */
export async function inEvenTime<T>(work: () => Promise<T>): Promise<T> {
  const floor = new Promise((resolve) => setTimeout(resolve, FLOOR_MS));
  const [outcome] = await Promise.allSettled([work(), floor]);
  if (outcome.status === "rejected") throw outcome.reason;
  return outcome.value;
}
