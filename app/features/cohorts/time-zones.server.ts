import { instantInZone } from "./rules";
/** The names of all time zones that this machine knows, `UTC` first. */
export function listTimeZones(): string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone.includes("/"))];
}

/** The instant at which the clocks of a zone show a local time (`2026-12-01T17:00`); null where they never do. */
export function findInstant(local: string, zone: string): Date | null {
  const found = instantInZone(local, zone);
  return found.ok ? found.value : null;
}
