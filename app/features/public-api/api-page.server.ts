import { READ_LIMITS } from "~/auth/open-loader.server";
import { getEnv } from "~/env.server";
import { getOpenApi } from "./openapi.server";
import { askAddress } from "./serve-api.server";

type Schema = { description?: string; enum?: string[]; default?: unknown; type?: string };
type Parameter = {
  name: string;
  in: string;
  required: boolean;
  description?: string;
  schema: Schema;
};
type Operation = {
  summary: string;
  description: string;
  parameters: (Parameter | { $ref: string })[];
};
type Described = { paths: Record<string, { get: Operation }> };

/** One address as the page shows it, with an answer of this site's own data, its lists cut after the first. */
export type Documented = {
  id: string;
  path: string;
  title: string;
  about: string;
  parameters: { name: string; place: string; about: string }[];
  example: { url: string; answer: string } | null;
};

const aboutOf = ({ description, schema, required }: Parameter): string =>
  [
    description ?? schema.description ?? "",
    schema.enum ? `One of ${schema.enum.join(", ")}.` : "",
    schema.default !== undefined && schema.default !== ""
      ? `${schema.default} where it is not given.`
      : "",
    required ? "Needed." : "",
  ]
    .filter((part) => part !== "")
    .map((part) => (part.endsWith(".") ? part : `${part}.`))
    .join(" ");

/** What `/api` shows: everything out of the OpenAPI file itself, with examples that this site answers now. */
export async function getApiPage(now: Date) {
  const at = { now, site: getEnv().appUrl };
  const { paths } = getOpenApi(at.site) as unknown as Described;
  const known = await exampleNames(at);
  const documented: Documented[] = [];
  for (const [path, { get }] of Object.entries(paths)) {
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? "");
    const told =
      filled.includes("//") || filled.endsWith("/") ? null : await askAddress(filled, at);
    documented.push({
      id: get.summary.toLowerCase().replaceAll(/[^a-z]+/g, "-"),
      path,
      title: get.summary,
      about: get.description,
      parameters: get.parameters.flatMap((one) =>
        "$ref" in one ? [] : [{ name: one.name, place: one.in, about: aboutOf(one) }],
      ),
      example:
        told && "answer" in told
          ? { url: `${at.site}/api/v1${filled}`, answer: JSON.stringify(cut(told.answer), null, 2) }
          : null,
    });
  }
  const { points, windowS } = READ_LIMITS.api;
  return { documented, limit: { points, windowS }, site: at.site };
}

/** Names that the examples speak of: a teacher, one of their students, a cohort; none in an empty world. */
async function exampleNames(at: { now: Date; site: string }): Promise<Record<string, string>> {
  type Listed = { items: Record<string, unknown>[] };
  const listed = async (address: string): Promise<Record<string, unknown>[]> => {
    const told = await askAddress(address, at);
    return told && "answer" in told ? (told.answer as Listed).items : [];
  };
  const teachers = await listed("/teachers?limit=100");
  const teacher = teachers.find(({ investments }) => Number(investments) > 0) ?? teachers[0];
  const handle = teacher ? String(teacher.handle) : "";
  const [investment] = handle ? await listed(`/teachers/${handle}/investments?limit=1`) : [];
  const [cohort] = await listed("/cohorts?limit=1");
  const student = investment?.student as { handle: string } | undefined;
  return {
    handle,
    token: student?.handle ?? "",
    slug: cohort ? String(cohort.slug) : "",
  };
}

/** A value with each of its lists cut after the first. */
function cut(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(cut);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cut(inner)]));
}
