import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { SearchForm } from "~/components/layout/search-form";
import { Badge, Empty, PageHead, Section } from "~/components/ui/page";
import { CohortList } from "~/features/cohorts/cohort-list";
import { listTaughtBy } from "~/features/cohorts/find-cohorts.server";
import { presentCohort } from "~/features/cohorts/present";
import { searchCohorts } from "~/features/cohorts/search-cohorts.server";
import { searchPeople } from "~/features/people/search-people.server";
import { QUESTION_LENGTH, searchQuery } from "~/lib/search-words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.asked ? `“${data.asked}” · Search · Belay` : "Search · Belay" },
  { name: "description", content: "Find people and cohorts on Belay." },
  { name: "robots", content: "noindex" },
];

export async function loader({ request }: LoaderFunctionArgs) {
  const typed = new URL(request.url).searchParams.get("q") ?? "";
  const asked = typed.trim().slice(0, QUESTION_LENGTH);
  const now = getClock().now();
  const [{ people, more }, found] = await Promise.all([searchPeople(asked), searchCohorts(asked)]);
  const taught = await listTaughtBy(
    found.cohorts.map(({ id }) => id),
    now,
  );
  return {
    asked,
    askable: searchQuery(asked) !== null,
    people,
    morePeople: more,
    cohorts: found.cohorts.map((cohort) => ({
      ...presentCohort(cohort, now),
      taught: taught.get(cohort.id) ?? [],
    })),
    moreCohorts: found.more,
  };
}

type Found = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Search() {
  const found = useLoaderData<typeof loader>();
  const { asked } = found;
  return (
    <>
      <PageHead title={asked === "" ? "Search" : `Search: ${asked}`} />
      <div className="max-w-xl">
        <SearchForm asked={asked} place="page" />
      </div>
      {found.askable ? <Results found={found} /> : <NothingAsked asked={asked} />}
    </>
  );
}

function NothingAsked({ asked }: { asked: string }) {
  return (
    <div className="mt-8">
      <Empty>
        {asked === ""
          ? "Type the beginning of a name, a handle, a skill or a word of a cohort’s title."
          : "There is no letter or digit in this to search for. Type the beginning of a name, a skill or a title."}{" "}
        Or look through <Link to="/cohorts">all cohorts</Link> and{" "}
        <Link to="/teachers">all teachers</Link>.
      </Empty>
    </div>
  );
}

function Results({ found }: { found: Found }) {
  const { people, cohorts, asked } = found;
  if (people.length + cohorts.length === 0)
    return (
      <div className="mt-8" role="status">
        <Empty>
          Nobody and no cohort is found for “{asked}”. Every word must begin one of theirs: try
          fewer words, or only their first letters. What people keep to themselves is not searched.
        </Empty>
      </div>
    );
  return (
    <>
      <Section title="People">
        {people.length === 0 ? <Empty>Nobody by these words.</Empty> : <People found={found} />}
      </Section>
      <Section title="Cohorts">
        {cohorts.length === 0 ? (
          <Empty>No cohort by these words.</Empty>
        ) : (
          <CohortList cohorts={cohorts} />
        )}
        {found.moreCohorts ? <More /> : null}
      </Section>
    </>
  );
}

function People({ found }: { found: Found }) {
  return (
    <>
      <ul className="max-w-[68ch]">
        {found.people.map((person) => (
          <li key={person.handle} className="border-t border-rule py-3 [overflow-wrap:anywhere]">
            <Link to={`/people/${person.handle}`} className="font-semibold">
              {person.displayName}
            </Link>{" "}
            <span className="text-sm text-ink-soft">@{person.handle}</span>{" "}
            {person.hasToken ? <Badge>has a token</Badge> : null}{" "}
            {person.teaches ? <Link to={`/teachers/${person.handle}`}>Record</Link> : null}
            {person.headline ? <p className="text-ink-soft">{person.headline}</p> : null}
          </li>
        ))}
      </ul>
      {found.morePeople ? <More /> : null}
    </>
  );
}

function More() {
  return (
    <p className="mt-3 text-ink-soft">
      There are more than twenty. Add a word, and fewer are left.
    </p>
  );
}
