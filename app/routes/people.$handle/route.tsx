import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { findPerson } from "~/auth/session.server";
import { Markdown } from "~/components/ui/markdown";
import { Day, Money, Multiple } from "~/components/ui/numbers";
import { Empty, Facts, PageHead, Section } from "~/components/ui/page";
import { RoleTabs } from "~/features/people/role-tabs";
import { getPersonPage } from "~/features/records/queries.server";
import { KeptObligations, PublicGains, TokenHolders } from "~/features/records/token-holders";
import { hasReferred } from "~/features/scouting/queries.server";
import { TeachersBehind } from "./teachers-behind";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.person.displayName ?? "Not found"} · Belay` },
  {
    name: "description",
    content: `${data?.person.displayName ?? "A person"} on Belay: work, token, holders, and what was distributed.`,
  },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const reader = await findPerson(request);
  const now = getClock().now();
  const [page, scouts] = await Promise.all([
    getPersonPage(params.handle, now, reader),
    hasReferred(params.handle),
  ]);
  if (!page) throw new Response("Not found", { status: 404 });
  return { ...page, scouts };
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Person() {
  const page = useLoaderData<typeof loader>();
  const { person, headline, work, exploration } = page;
  const name = person.displayName;
  return (
    <>
      <PageHead
        title={name}
        over={
          <>
            @{person.handle}, here since <Day day={page.since} />
          </>
        }
      >
        {headline || null}
      </PageHead>
      <RoleTabs handle={person.handle} at="person" teaches={page.teaches} scouts={page.scouts} />
      {page.own ? (
        <p className="mb-6 max-w-[68ch] text-ink-soft">
          This is your public page. <Link to="/profile">Change it, and who reads what</Link>.
        </p>
      ) : null}
      <Links links={page.links} />
      <Section title="Work">
        <ProfilePart part={work} name={name} empty="has not written about their work yet." />
      </Section>
      {exploration.html || exploration.keptFor ? (
        <Section title="If money were no matter">
          <ProfilePart part={exploration} name={name} empty="" />
        </Section>
      ) : null}
      {page.teaches ? <AsTeacher page={page} /> : null}
      <TeachersBehind teachers={page.teachersBehind} />
      <Token page={page} />
    </>
  );
}

function Links({ links }: { links: Page["links"] }) {
  if (links.length === 0) return null;
  return (
    <ul className="mt-4 flex flex-wrap gap-x-6 gap-y-2">
      {links.map((link) => (
        <li key={`${link.title} ${link.url}`} className="[overflow-wrap:anywhere]">
          <a href={link.url} rel="nofollow noopener">
            {link.title || link.url}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** A part of the profile; where it is kept from the reader, for whom it is. */
function ProfilePart({ part, name, empty }: { part: Page["work"]; name: string; empty: string }) {
  if (part.keptFor)
    return (
      <Empty>
        {name} shows this to {part.keptFor} only.
      </Empty>
    );
  return part.html ? (
    <Markdown html={part.html} />
  ) : (
    <Empty>
      {name} {empty}
    </Empty>
  );
}

function AsTeacher({ page }: { page: Page }) {
  const { person, record, cohorts } = page;
  return (
    <Section title="As a teacher">
      {record ? (
        <Facts
          items={[
            {
              name: "DPI in confirmed cash",
              value: <Multiple ratio={record.dpi} />,
              note: "came back for each dollar paid in",
            },
            { name: "Paid in", value: <Money cents={record.paidInCents} whole /> },
            {
              name: "Investments",
              value: String(record.investments),
              note: record.students === 1 ? "in 1 student" : `in ${record.students} students`,
            },
            { name: "Cohorts", value: String(cohorts.length) },
          ]}
        />
      ) : (
        <Empty>{person.displayName} has not invested in a student yet.</Empty>
      )}
      <p className="mt-4">
        <Link to={`/teachers/${person.handle}`}>{person.displayName}’s record as a teacher</Link>
      </p>
    </Section>
  );
}

function Token({ page }: { page: Page }) {
  const { person, token, gains } = page;
  const name = person.displayName;
  if (!token)
    return (
      <Section title="Token" id="token">
        <Empty>{name} has no token. One is minted when a person signs their first offer.</Empty>
      </Section>
    );
  return (
    <>
      <Section title="Whose money stands behind them" id="token">
        <p className="mb-4 max-w-[68ch] text-ink-soft">
          {name}’s token was minted on <Day day={token.mintedAt} />: 10,000,000 shares, for ever.
          Whoever holds 1% gets 1% of each capital gain that {name} realises, and nothing else. At
          most 20% may be <Link to="/rules#maxSharesOut">with others</Link>.
        </p>
        <TokenHolders
          chart={page.holdersChart}
          holders={token.holders}
          name={name}
          publicId={token.publicId}
        />
      </Section>
      <Section title="What came of it">
        <Facts
          items={[
            {
              name: "Paid for shares",
              value: <Money cents={token.raisedCents} plain />,
              note: `by investors, to ${name}`,
            },
            {
              name: "Distributed to holders",
              value: <Money cents={token.distributedCents} plain />,
              note: "their parts of gains, paid out",
            },
          ]}
        />
        <KeptObligations kept={page.kept} />
        <PublicGains name={name} gains={gains} />
      </Section>
    </>
  );
}
