/** An account to pay to, so that its holder knows it again and nobody else does: its last four letters or digits. */
export function maskDestination(destination: string): string {
  const signs = destination.match(/[\p{L}\p{N}]/gu) ?? [];
  return `the account ending in ${signs.slice(-4).join("")}`;
}

/** What the difference between what was announced and what arrived is called; empty where there is none. */
export function differenceOf(announcedCents: bigint, arrivedCents: bigint): "" | "less" | "more" {
  if (arrivedCents === announcedCents) return "";
  return arrivedCents < announcedCents ? "less" : "more";
}
