import type { HeadersFunction, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Empty, PageHead, Table } from "~/components/ui/page";
import { listDevCodes } from "~/features/people/dev-codes.server";
import { systemClock } from "~/lib/clock";

export const meta: MetaFunction = () => [
  { title: "Codes · Belay" },
  { name: "robots", content: "noindex" },
];
export const headers: HeadersFunction = () => ({
  "X-Robots-Tag": "noindex",
  "Cache-Control": "no-store",
});

export async function loader() {
  const codes = await listDevCodes(systemClock.now());
  if (!codes) throw new Response("Not found", { status: 404 });
  return { codes };
}

export default function DevCodes() {
  const { codes } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="Codes">
        What the authenticators of this practice world show now. With a database of your own this
        page is not there: operators then use an authenticator on their phone. A code works once;
        the next one comes within half a minute.
      </PageHead>
      {codes.length === 0 ? (
        <Empty>Nobody has set up a second step yet.</Empty>
      ) : (
        <Table
          caption="Codes, by person"
          columns={[{ name: "Account" }, { name: "Code now" }, { name: "Next code" }]}
          rows={codes.map((row) => ({
            key: row.email,
            cells: [row.email, row.used ? "used: take the next" : row.code, row.next],
          }))}
        />
      )}
    </>
  );
}
