const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/** What the guard looks at. Headers are undefined when the request has none. */
export type GuardedRequest = {
  method: string;
  path: string;
  origin?: string | undefined;
  secFetchSite?: string | undefined;
  host?: string | undefined;
};

/** What mailboxes ask for on their own (RFC 8058): the link's signature is all the authority there, no cookie counts. */
const WITHOUT_SOURCE = new Set(["/unsubscribe"]);

/** Which origins are ours: the public address; without a database of one's own, also the host that was asked. */
export type OwnOrigins = { appUrl: string; production: boolean };

export type GuardRefusal = "foreign_origin" | "foreign_site" | "unknown_source";

function ownOrigins(host: string | undefined, own: OwnOrigins): string[] {
  const canonical = new URL(own.appUrl).origin;
  const asked = host === undefined ? null : `http://${host.toLowerCase()}`;
  if (own.production || asked === null || !URL.canParse(asked)) return [canonical];
  return [canonical, new URL(asked).origin];
}

/**
 * The one guard against requests that another site makes a browser send. Null for what may pass: reading,
 * and writing whose Origin is ours and whose Sec-Fetch-Site says so, as far as they are sent. Refuses a
 * write that carries neither, because every browser sends one of them; but for the one path that mailboxes ask for.
 */
export function refuseForeign(request: GuardedRequest, own: OwnOrigins): GuardRefusal | null {
  if (SAFE_METHODS.has(request.method)) return null;
  if (WITHOUT_SOURCE.has(request.path)) return null;
  const { origin, secFetchSite, host } = request;
  if (origin === undefined && secFetchSite === undefined) return "unknown_source";
  if (origin !== undefined && !ownOrigins(host, own).includes(origin)) return "foreign_origin";
  if (secFetchSite !== undefined && secFetchSite !== "same-origin" && secFetchSite !== "none")
    return "foreign_site";
  return null;
}
