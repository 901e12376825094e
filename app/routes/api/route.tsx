import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { PageHead, Section, Table } from "~/components/ui/page";
import { type Documented, getApiPage } from "~/features/public-api/api-page.server";

export const meta: MetaFunction = () => [
  { title: "For programs · Belay" },
  {
    name: "description",
    content:
      "Read teachers, records, cohorts, tokens and the public log with a program: every address, with an example of this site’s own data.",
  },
];

export const loader = () => getApiPage(getClock().now());

const FILES = [
  ["/teachers/HANDLE/track-record.json", "a record with everything that proves it"],
  ["/teachers/HANDLE/track-record.csv", "a record as a table, one line a flow"],
  ["/teachers/HANDLE/track-record.journal", "a record as plain-text accounting, for hledger"],
  ["/tokens/TOKEN/cap-table.ocf.zip", "a token’s history in Open Cap Table Format 1.2.0"],
  ["/log/checkpoint", "the newest signed state of the log"],
] as const;

export default function ForPrograms() {
  const { documented, limit, site } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="For programs">
        Everything public on Belay can be read by a program, without a key. Nothing can be written.
      </PageHead>
      <div className="max-w-[68ch] space-y-3">
        <p>
          Addresses begin with <code className="[overflow-wrap:anywhere]">{site}/api/v1</code> and
          answer JSON. <a href="/api/v1/openapi.json">The OpenAPI 3.1 file</a> says exactly what
          each takes and answers; this page is made of it.
        </p>
        <p>
          Money is in cents, and like shares and ratios a string, so that no program rounds it.
          Records and tokens stand for a signed state of <Link to="/log">the public log</Link>:{" "}
          <code>checkpoint</code> says which.
        </p>
      </div>
      <nav aria-label="Addresses" className="mt-8 print:hidden">
        <ul className="flex flex-wrap gap-x-6 gap-y-2">
          {documented.map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      {documented.map((endpoint) => (
        <Endpoint key={endpoint.id} {...endpoint} />
      ))}
      <HowToRead limit={limit} />
      <Section title="Files" id="files">
        <Table
          caption="Files"
          columns={[{ name: "Address" }, { name: "What it is" }]}
          rows={FILES.map(([path, what]) => ({
            key: path,
            cells: [<code key={path}>{path}</code>, what],
          }))}
        />
      </Section>
    </>
  );
}

function Endpoint({ id, path, title, about, parameters, example }: Documented) {
  return (
    <Section title={title} id={id}>
      <p>
        <code className="[overflow-wrap:anywhere]">GET {path}</code>
      </p>
      <p className="mt-2 max-w-[68ch]">{about}</p>
      {parameters.length > 0 ? (
        <div className="mt-4">
          <Table
            caption={`What ${path} takes`}
            columns={[{ name: "Parameter" }, { name: "Where" }, { name: "What it is" }]}
            rows={parameters.map(({ name, place, about }) => ({
              key: name,
              cells: [<code key={name}>{name}</code>, place, about],
            }))}
          />
        </div>
      ) : null}
      {example ? (
        <details className="mt-4">
          <summary>An answer of this site, its lists cut after the first</summary>
          <p className="mt-2 text-sm [overflow-wrap:anywhere]">
            <a href={example.url}>{example.url}</a>
          </p>
          <pre className="mt-2 text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
            <code>{example.answer}</code>
          </pre>
        </details>
      ) : null}
    </Section>
  );
}

const PROBLEMS = [
  [
    "not-found",
    "404",
    "There is none of that name, or the newest checkpoint does not know it yet.",
  ],
  ["no-such-address", "404", "The API has nothing at this address."],
  ["bad-request", "400", "A parameter is unknown or not what it may be."],
  ["read-only", "405", "Nothing can be written."],
  ["too-many-requests", "429", "Wait as many seconds as Retry-After says."],
] as const;

function HowToRead({ limit }: { limit: { points: number; windowS: number } }) {
  return (
    <>
      <Section title="How to read on" id="pages">
        <p className="max-w-[68ch]">
          Lists come in pages of 20, or of <code>limit</code>, 100 at most. Follow <code>next</code>{" "}
          until it is null. A page begins after the last line of the one before, so nothing is told
          twice and nothing left out when lines are added meanwhile.
        </p>
      </Section>
      <Section title="What may be kept" id="cache">
        <p className="max-w-[68ch]">
          Keep an answer with its <code>ETag</code> and send that as <code>If-None-Match</code>: 304
          says that nothing changed. Pages of other sites may read here, from any origin.
        </p>
      </Section>
      <Section title="How much, and what is refused" id="limits">
        <p className="mb-4 max-w-[68ch]">
          One address may send {limit.points} requests in {limit.windowS} seconds;{" "}
          <code>RateLimit</code> says how many are left. A refusal is{" "}
          <code>application/problem+json</code> (RFC 9457): <code>detail</code> says what is wrong,{" "}
          <code>next</code> what to do.
        </p>
        <Table
          caption="Refusals"
          columns={[{ name: "Its type" }, { name: "Status" }, { name: "What it means" }]}
          rows={PROBLEMS.map(([kind, status, what]) => ({
            key: kind,
            cells: [
              <code key={kind} id={kind}>
                {kind}
              </code>,
              status,
              what,
            ],
          }))}
        />
      </Section>
    </>
  );
}
