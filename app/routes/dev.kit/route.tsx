import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PageHead, Section } from "~/components/ui/page";
import { getEnv } from "~/env.server";
import { VerifyRecord } from "~/features/records/verify-record";
import { ChartsOfKit } from "./charts";
import { ChartsOfRecords } from "./charts-of-records";
import { FormsOfKit } from "./forms";
import { PagesOfKit } from "./pages";

export const meta: MetaFunction = () => [
  { title: "Kit · Belay" },
  { name: "robots", content: "noindex" },
];

/** Exists in the embedded default alone. */
export function loader() {
  if (getEnv().production) throw new Response("Not found", { status: 404 });
  return { siteUrl: getEnv().appUrl };
}

export default function Kit() {
  const { siteUrl } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="Kit" over="Every component in every state">
        Light or dark follows the system. Decisions about money have pages of their own; what went
        well is said once, on top of the next page.
      </PageHead>
      <Section title="Words, numbers and lists">
        <PagesOfKit />
      </Section>
      <Section title="Forms">
        <FormsOfKit />
      </Section>
      <Section title="Verify this record">
        <VerifyRecord
          bundlePath="/teachers/ann/track-record.json"
          vkeyPath="/log/vkey"
          siteUrl={siteUrl}
        />
      </Section>
      <Section title="Charts">
        <ChartsOfKit />
        <ChartsOfRecords />
      </Section>
    </>
  );
}
