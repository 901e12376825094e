import { createContext, useContext } from "react";

/** The cookie in which a browser says its time zone, for the next page to be rendered with. */
export const ZONE_COOKIE = "belay_zone";

/** The reader's time zone, as their browser said it on an earlier page; null while it is not known. */
export const ReadersZone = createContext<string | null>(null);

/** The reader's time zone for showing deadlines in it; null while it is not known. */
export const useReadersZone = (): string | null => useContext(ReadersZone);
