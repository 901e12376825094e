import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requirePerson } from "~/auth/session.server";
import { PageHead, Section } from "~/components/ui/page";
import { AccountTabs } from "~/features/people/account-tabs";
import { OWN_TABLES } from "~/features/people/own-tables";

export const meta: MetaFunction = () => [{ title: "Your data · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePerson(request);
  return { holds: Object.values(OWN_TABLES).map(({ says }) => says) };
}

export default function OwnData() {
  const { holds } = useLoaderData<typeof loader>();
  return (
    <>
      <AccountTabs at="/account/data" />
      <PageHead title="Your data">
        Everything of your own in one archive: tables as JSON, files as you handed them in. What
        others wrote in confidence, and what is decided but not yet told, is not in it.
      </PageHead>
      <p>
        {/* A file, not a page. */}
        <a
          href="/account/data.zip"
          className="inline-block min-h-11 rounded-md border border-accent bg-accent px-4 py-2 font-semibold text-accent-ink no-underline"
        >
          Download my data
        </a>
      </p>
      <Section title="What is in it">
        <ul className="max-w-[68ch] list-disc pl-5 sm:columns-2 sm:gap-8">
          {holds.map((says) => (
            <li key={says} className="break-inside-avoid py-0.5">
              {says}
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
