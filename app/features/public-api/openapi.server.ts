import { READ_LIMITS } from "~/auth/open-loader.server";
import { singleton } from "~/lib/singleton.server";
import { z } from "~/lib/zod";
import type { Endpoint } from "./endpoint";
import { ENDPOINTS } from "./endpoints.server";
import * as shapes from "./shapes";

type Json = { [key: string]: unknown };
const REF = "#/components/schemas/";

/** Members that say nothing more: Zod's own names, patterns that a format says shorter, bounds that every number here has. */
const isNoise = (key: string, value: unknown, of: Json): boolean =>
  (key === "id" && typeof value === "string") ||
  (key === "pattern" && typeof of.format === "string") ||
  Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER;

function placed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(placed);
  if (value === null || typeof value !== "object") return value;
  const members = Object.entries(value).filter(
    ([key, inner]) => !isNoise(key, inner, value as Json),
  );
  return Object.fromEntries(
    members.map(([key, inner]) =>
      key === "$ref" ? [key, String(inner).replace("#/$defs/", REF)] : [key, placed(inner)],
    ),
  );
}

/** JSON Schema (2020-12) of a Zod schema; what it names goes to `named` and is referred to. */
function schemaOf(schema: z.ZodType, io: "input" | "output", named: Map<string, Json>): Json {
  const made = z.toJSONSchema(schema, { io, target: "draft-2020-12" }) as Json;
  const { $schema: _, $defs = {}, ...top } = made;
  for (const [id, of] of Object.entries($defs as Record<string, Json>))
    named.set(id, placed(of) as Json);
  const id = z.globalRegistry.get(schema)?.id;
  if (!id) return placed(top) as Json;
  if (!("$ref" in top)) named.set(id, placed(top) as Json);
  return { $ref: `${REF}${id}` };
}

function parametersOf(where: "path" | "query", of: z.ZodObject, named: Map<string, Json>): Json[] {
  const { properties = {}, required = [] } = schemaOf(of, "input", named);
  return Object.entries(properties as Record<string, Json>).map(
    ([name, { description, ...schema }]) => ({
      name,
      in: where,
      required: (required as string[]).includes(name),
      ...(description ? { description } : {}),
      schema,
    }),
  );
}

const headersOf = (...names: string[]): Json =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

function operationOf(endpoint: Endpoint, named: Map<string, Json>): Json {
  const refused = (status: string) =>
    [status, { $ref: `#/components/responses/${status}` }] as const;
  return {
    operationId: endpoint.title.toLowerCase().replaceAll(/[^a-z]+/g, "_"),
    summary: endpoint.title,
    description: endpoint.about,
    parameters: [
      ...parametersOf("path", endpoint.params, named),
      ...parametersOf("query", endpoint.query, named),
      { $ref: "#/components/parameters/IfNoneMatch" },
    ],
    responses: {
      200: {
        description: endpoint.title,
        headers: headersOf("ETag", "RateLimit", "RateLimit-Policy"),
        content: { "application/json": { schema: schemaOf(endpoint.answer, "output", named) } },
      },
      304: { description: "You have it already", headers: headersOf("ETag") },
      ...Object.fromEntries(["400", "404", "429"].map(refused)),
    },
  };
}

const header = (description: string): Json => ({ description, schema: { type: "string" } });
const refusal = (description: string, headers?: Json): Json => ({
  description,
  ...(headers ? { headers } : {}),
  content: { "application/problem+json": { schema: { $ref: `${REF}Problem` } } },
});

function makeOpenApi(site: string): Json {
  const named = new Map<string, Json>();
  const paths = Object.fromEntries(
    ENDPOINTS.map((endpoint) => [endpoint.path, { get: operationOf(endpoint, named) }]),
  );
  schemaOf(shapes.problem, "output", named);
  const { points, windowS } = READ_LIMITS.api;
  return {
    openapi: "3.1.0",
    info: {
      title: "Belay",
      version: "1",
      description: `Read what is public on Belay: teachers, their records, cohorts, tokens and the log. Records stand for a signed checkpoint. Money in cents, shares and ratios are strings. ${points} requests in ${windowS} seconds from one address.`,
    },
    servers: [{ url: `${site}/api/v1` }],
    paths,
    components: {
      schemas: Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1))),
      parameters: {
        IfNoneMatch: {
          name: "If-None-Match",
          in: "header",
          required: false,
          description: "The ETag of what you have",
          schema: { type: "string" },
        },
      },
      headers: {
        ETag: header("The validator of this answer"),
        RateLimit: header("How many requests are left, and for how many seconds"),
        "RateLimit-Policy": header("How many requests there are in how many seconds"),
        "Retry-After": header("In how many seconds to ask again"),
      },
      responses: {
        400: refusal("A parameter is unknown or not what it may be"),
        404: refusal("There is no such thing"),
        429: refusal("Too many requests", headersOf("Retry-After", "RateLimit")),
      },
    },
  };
}

/** The OpenAPI 3.1 description of the API, made of the same schemas that it reads and answers by. */
export function getOpenApi(site: string): Json {
  return singleton(`openapi ${site}`, () => makeOpenApi(site));
}
