import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { Markdown } from "~/components/ui/markdown";
import { Empty, PageHead, Section } from "~/components/ui/page";
import { getPersonPage } from "~/features/records/queries.server";
import { PublicGains, TokenHolders } from "~/features/records/token-holders";
import { formatDate } from "~/lib/dates";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.person.displayName ?? "Not found"} · Belay` },
];

export async function loader({ params }: LoaderFunctionArgs) {
  const page = await getPersonPage(params.handle, getClock().now());
  if (!page) throw new Response("Not found", { status: 404 });
  return page;
}

export default function Person() {
  const {
    person,
    headline,
    workHtml,
    explorationHtml,
    links,
    teaches,
    token,
    holdersChart,
    gains,
  } = useLoaderData<typeof loader>();
  const name = person.displayName;
  return (
    <>
      <PageHead title={name} over={`@${person.handle}`}>
        {headline || null}
      </PageHead>
      {teaches ? (
        <p>
          <Link to={`/teachers/${person.handle}`}>{name}'s record as a teacher</Link>
        </p>
      ) : null}
      {links.length > 0 ? (
        <ul className="mt-4 flex flex-wrap gap-x-6 gap-y-2">
          {links.map((link) => (
            <li key={`${link.title} ${link.url}`} className="[overflow-wrap:anywhere]">
              <a href={link.url} rel="nofollow noopener">
                {link.title || link.url}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      <Section title="Work">
        {workHtml ? (
          <Markdown html={workHtml} />
        ) : (
          <Empty>{name} has not written about their work yet.</Empty>
        )}
      </Section>
      {explorationHtml ? (
        <Section title="If money were no matter">
          <Markdown html={explorationHtml} />
        </Section>
      ) : null}
      <Section title="Token">
        {token ? (
          <>
            <p className="max-w-[68ch] text-ink-soft">
              Minted on {formatDate(new Date(token.mintedAt))}: 10,000,000 shares, for ever. Whoever
              holds 1% gets 1% of each capital gain that {name} realises. At most 20% may be with
              others.
            </p>
            <TokenHolders chart={holdersChart} holders={token.holders} />
          </>
        ) : (
          <Empty>{name} has no token. One is minted when a person signs their first offer.</Empty>
        )}
      </Section>
      {token ? (
        <Section title="Gains">
          <PublicGains name={name} gains={gains} />
        </Section>
      ) : null}
    </>
  );
}
