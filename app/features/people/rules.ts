/** What a handle looks like. It never changes once taken. */
export const HANDLE_PATTERN = /^[a-z0-9-]{3,30}$/;

/** Words that are paths of the site or could pass for its voice. The database holds the same list. */
export const RESERVED_HANDLES: ReadonlySet<string> = new Set([
  "about",
  "account",
  "admin",
  "administrator",
  "api",
  "app",
  "apply",
  "assets",
  "belay",
  "billing",
  "cohort",
  "cohorts",
  "compare",
  "contact",
  "dev",
  "desk",
  "feed",
  "gains",
  "healthz",
  "help",
  "home",
  "info",
  "legal",
  "log",
  "login",
  "logout",
  "mail",
  "me",
  "method",
  "moderator",
  "new",
  "offers",
  "operator",
  "people",
  "person",
  "privacy",
  "public",
  "readyz",
  "root",
  "rules",
  "scout",
  "scouts",
  "search",
  "security",
  "settings",
  "sign-in",
  "sign-out",
  "sign-up",
  "staff",
  "static",
  "status",
  "student",
  "students",
  "support",
  "system",
  "teach",
  "teacher",
  "teachers",
  "terms",
  "token",
  "tokens",
  "wallet",
  "www",
]);

/** What is wrong with a handle, or null. Whether it is taken is the database's to say. */
export function handleProblem(handle: string): "shape" | "reserved" | null {
  if (!HANDLE_PATTERN.test(handle)) return "shape";
  return RESERVED_HANDLES.has(handle) ? "reserved" : null;
}

const EARLIEST_BIRTH = "1900-01-02";

/** Whether the text is a day of the calendar (YYYY-MM-DD) on which somebody living may have been born; not whether it is past. */
export function isBirthDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < EARLIEST_BIRTH) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Whether that day (YYYY-MM-DD) is later than today everywhere on Earth (UTC+14). */
export function isInFuture(day: string, now: Date): boolean {
  const AHEAD_MS = 14 * 3_600_000;
  return day > new Date(now.getTime() + AHEAD_MS).toISOString().slice(0, 10);
}

/** How many links a profile has room for. */
export const LINKS = 5;
