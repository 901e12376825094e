import { createContext, useContext } from "react";
import { isTimeZone } from "./dates";

/** The cookie in which a browser says its time zone, for the next page to be rendered with. */
export const ZONE_COOKIE = "belay_zone";

/** The time zone that a request's cookies say; null where they say none that there is. */
export function readZone(cookies: string): string | null {
  const said = cookies.split(/;\s*/).find((cookie) => cookie.startsWith(`${ZONE_COOKIE}=`));
  const zone =
    said
      ?.slice(ZONE_COOKIE.length + 1)
      .replaceAll("%2F", "/")
      .replaceAll("%2B", "+") ?? "";
  return /^[\w+/-]{1,60}$/.test(zone) && isTimeZone(zone) ? zone : null;
}

/** The reader's time zone, as their browser said it on an earlier page; null while it is not known. */
export const ReadersZone = createContext<string | null>(null);

/** The reader's time zone for showing deadlines in it; null while it is not known. */
export const useReadersZone = (): string | null => useContext(ReadersZone);
