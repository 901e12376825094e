import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import { lt } from "drizzle-orm";
import { RateLimiterDrizzle, RateLimiterRes } from "rate-limiter-flexible";
import { getDb } from "#db/client.server";
import { rateLimits } from "#db/schema/index";
import { err, ok, type Result } from "~/lib/result";

type Limit = { points: number; windowS: number };

/** How often what may be tried: by the address of the sender, and by the account (known or not) it is about. */
export const LIMITS = {
  "sign-in": { address: { points: 60, windowS: 900 }, account: { points: 10, windowS: 900 } },
  // A whole class signs up behind one address.
  "sign-up": { address: { points: 100, windowS: 3600 }, account: { points: 5, windowS: 3600 } },
  "account-mail": { address: { points: 20, windowS: 3600 }, account: { points: 5, windowS: 3600 } },
  "second-step": { address: { points: 60, windowS: 900 }, account: { points: 6, windowS: 900 } },
  proof: { address: { points: 60, windowS: 900 }, account: { points: 6, windowS: 900 } },
  "late-code": { address: { points: 60, windowS: 900 }, account: { points: 10, windowS: 900 } },
  "mailed-link": { address: { points: 60, windowS: 900 }, account: { points: 10, windowS: 900 } },
} as const satisfies Record<string, { address: Limit; account: Limit }>;

export type LimitName = keyof typeof LIMITS;
type About = { address: string; account: string };
/** Too often: when it may be tried again (real time), and in how many whole minutes. */
export type TooOften = { retryAt: Date; minutes: number };

const hashed = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** The part of an address that one sender commands: an IPv6 network of 64 bits, or the whole IPv4 address. */
export function senderOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  if (!isIPv6(plain)) return plain;
  const [head = "", tail] = plain.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill("0"), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}

const limiter = (name: LimitName, by: "address" | "account"): RateLimiterDrizzle => {
  const { points, windowS } = LIMITS[name][by];
  return new RateLimiterDrizzle({
    storeClient: getDb(),
    schema: rateLimits,
    keyPrefix: `${name}-${by}`,
    points,
    duration: windowS,
    clearExpiredByTimeout: false,
  });
};

/**
 * Counts one try against both limits, for all processes on this database together. Refuses with when to try again.
 * Neither address nor account is stored: their hashes are, until the window has passed.
 */
export async function takeTry(name: LimitName, about: About): Promise<Result<void, TooOften>> {
  const keys = { address: hashed(senderOf(about.address)), account: hashed(about.account) };
  for (const by of ["address", "account"] as const) {
    try {
      const state = await limiter(name, by).consume(keys[by]);
      if (state.isFirstInDuration)
        await getDb().delete(rateLimits).where(lt(rateLimits.expire, new Date()));
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const waitMs = Math.max(refusal.msBeforeNext, 1000);
      return err({ retryAt: new Date(Date.now() + waitMs), minutes: Math.ceil(waitMs / 60_000) });
    }
  }
  return ok(undefined);
}

/** Forgets the tries counted against an account: its owner has just shown who they are. */
export async function forgiveTries(name: LimitName, account: string): Promise<void> {
  await limiter(name, "account").delete(hashed(account));
}

/** What a person is told who tried too often. */
export function tooOftenMessage({ minutes }: TooOften): string {
  return `Too many tries in a short time. Please wait ${minutes === 1 ? "a minute" : `${minutes} minutes`}, then try again.`;
}
