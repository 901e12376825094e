import type { LoaderFunctionArgs } from "@remix-run/node";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { preflightAnswer, problemAnswer } from "~/lib/open-answer.server";
import { singleton } from "~/lib/singleton.server";
import { senderOf } from "./limits.server";

/**
 * How often one sender may read what is open to all: the API, files that are made at each request, the log's tiles, of
 * which a monitor needs many. Each process counts for itself, in memory: a read costs no write.
 */
export const READ_LIMITS = {
  api: { points: 300, windowS: 60 },
  files: { points: 60, windowS: 60 },
  log: { points: 1200, windowS: 60 },
} as const;

export type ReadLimit = keyof typeof READ_LIMITS;

const limiterOf = (name: ReadLimit): RateLimiterMemory =>
  singleton(`reads-${name}`, () => {
    const { points, windowS } = READ_LIMITS[name];
    return new RateLimiterMemory({ points, duration: windowS });
  });

async function takeRead(name: ReadLimit, address: string) {
  try {
    return { state: await limiterOf(name).consume(senderOf(address)), refused: false };
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    return { state: refusal, refused: true };
  }
}

/**
 * A loader of something open to all: answers preflights, counts the read against the sender's limit and says in each answer
 * how much is left (RateLimit, RateLimit-Policy of draft-ietf-httpapi-ratelimit-headers); over it 429 with Retry-After.
 */
export function openLoader(
  name: ReadLimit,
  answer: (args: LoaderFunctionArgs) => Promise<Response>,
): (args: LoaderFunctionArgs) => Promise<Response> {
  return async (args) => {
    const { request, context } = args;
    if (request.method === "OPTIONS") return preflightAnswer();
    const { state, refused } = await takeRead(name, context.clientAddress);
    const seconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
    const response = refused ? tooManyReads(request, name, seconds) : await answer(args);
    const { points, windowS } = READ_LIMITS[name];
    response.headers.set("ratelimit-policy", `"${name}";q=${points};w=${windowS}`);
    response.headers.set("ratelimit", `"${name}";r=${state.remainingPoints};t=${seconds}`);
    return response;
  };
}

function tooManyReads(request: Request, name: ReadLimit, seconds: number): Response {
  const { points, windowS } = READ_LIMITS[name];
  return problemAnswer(
    request,
    {
      kind: "too-many-requests",
      status: 429,
      title: "Too many requests",
      detail: `One address may send ${points} of these requests in ${windowS} seconds.`,
      next: `Wait ${seconds} s (Retry-After) and go on. Send If-None-Match: an answer that has not changed is small.`,
    },
    { "retry-after": String(seconds) },
  );
}
