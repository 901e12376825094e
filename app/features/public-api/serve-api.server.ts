import { getDb } from "#db/client.server";
import { getEnv } from "~/env.server";
import { getPublished } from "~/ledger/log/published.server";
import { JSON_TYPE, openAnswer, type Problem, problemAnswer } from "~/lib/open-answer.server";
import type { z } from "~/lib/zod";
import type { At, Endpoint } from "./endpoint";
import { ENDPOINTS } from "./endpoints.server";
import { getOpenApi } from "./openapi.server";

export const NO_SUCH_ADDRESS: Problem = {
  kind: "no-such-address",
  status: 404,
  title: "No such address",
  detail: "The API has nothing at this address.",
  next: "Read /api/v1/openapi.json: it lists every address.",
};
export const NOT_FOUND: Problem = {
  kind: "not-found",
  status: 404,
  title: "Not found",
  detail: "There is none of that name here, or the newest checkpoint does not know it yet.",
  next: "Check the spelling; what is new appears within a minute.",
};
export const BAD_REQUEST: Problem = {
  kind: "bad-request",
  status: 400,
  title: "Not understood",
  detail: "A parameter is unknown or not what it may be.",
  next: "Read what this address takes in /api/v1/openapi.json. Take a cursor from `next`, unchanged.",
};
export const READ_ONLY: Problem = {
  kind: "read-only",
  status: 405,
  title: "Read only",
  detail: "Nothing can be written through the API.",
  next: "Use GET or HEAD.",
};

/** The parameters of a path that an endpoint's template fits; null where it does not. */
export function matchPath(template: string, path: string): Record<string, string> | null {
  const [wanted, given] = [template.split("/"), path.split("/")];
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const said = given[i] ?? "";
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name) params[name] = said;
    else if (part !== said) return null;
  }
  return params;
}

const saidWrong = (error: z.ZodError): string =>
  error.issues
    .slice(0, 3)
    .map(({ path, message, ...issue }) => {
      const names = "keys" in issue ? (issue.keys as string[]) : [path.join(".")];
      return `${names.join(", ")}: ${message}`;
    })
    .join("; ");

const MOST_TRIES = 3;

/** What `find` finds while no new tree is signed, so that all of it stands for the same one. */
async function findInOneTree<T>(find: () => Promise<T>): Promise<T> {
  const sizeOf = async () => (await getPublished(getDb()))?.size;
  for (let tries = 1; ; tries += 1) {
    const before = await sizeOf();
    const found = await find();
    if (tries === MOST_TRIES || (await sizeOf()) === before) return found;
  }
}

/** What an endpoint answers to an address: its data, all of it as of one signed tree, or the problem that it has with it. */
export async function askEndpoint(
  endpoint: Endpoint,
  asked: { params: Record<string, string>; query: URLSearchParams },
  at: At,
): Promise<{ answer: unknown } | { problem: Problem }> {
  const params = endpoint.params.safeParse(asked.params);
  if (!params.success) return { problem: NOT_FOUND };
  const names = [...asked.query.keys()];
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    return { problem: { ...BAD_REQUEST, detail: `${twice}: is there twice` } };
  const query = endpoint.query.safeParse(Object.fromEntries(asked.query));
  if (!query.success) return { problem: { ...BAD_REQUEST, detail: saidWrong(query.error) } };
  const given = { params: params.data, query: query.data };
  const answer = await findInOneTree(() => endpoint.find(given, at));
  return answer === null ? { problem: NOT_FOUND } : { answer };
}

/** What an address under `/api/v1` answers, with its query; null where there is no such address. */
export async function askAddress(
  address: string,
  at: At,
): Promise<{ answer: unknown } | { problem: Problem } | null> {
  const { pathname, searchParams: query } = new URL(address, at.site);
  for (const endpoint of ENDPOINTS) {
    const params = matchPath(endpoint.path, pathname);
    if (params) return askEndpoint(endpoint, { params, query }, at);
  }
  return null;
}

/** Answers everything under `/api/v1/`: JSON with a validator, problem details for what it cannot. */
export async function serveApi(path: string, request: Request, now: Date): Promise<Response> {
  const at = { now, site: getEnv().appUrl };
  if (path === "openapi.json") return jsonAnswer(request, getOpenApi(at.site));
  const told = await askAddress(`/${path}${new URL(request.url).search}`, at);
  if (told === null) return problemAnswer(request, NO_SUCH_ADDRESS);
  return "problem" in told
    ? problemAnswer(request, told.problem)
    : jsonAnswer(request, told.answer);
}

const jsonAnswer = (request: Request, value: unknown): Response =>
  openAnswer(request, {
    body: JSON.stringify(value),
    contentType: JSON_TYPE,
    keep: "revalidate",
  });
