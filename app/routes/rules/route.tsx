import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Day } from "~/components/ui/numbers";
import { PageHead, Section } from "~/components/ui/page";
import { type RuleInWords, rulesInWords } from "./in-words.server";
import { GROUPS } from "./words.server";

export const meta: MetaFunction = () => [
  { title: "The rules and why · Belay" },
  {
    name: "description",
    content:
      "Every number that Belay goes by, in plain words, with its reason and the day since which it stands.",
  },
];

export function loader() {
  return rulesInWords().map(({ group, rules }) => ({ group, ...GROUPS[group], rules }));
}

export default function Rules() {
  const groups = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="The rules and why">
        Every number that Belay goes by, why it is so, and since when. This page is printed from the
        same file that the forms ask; what a rule forbids, the database refuses as well.
      </PageHead>
      <div className="max-w-[68ch] space-y-3">
        <p>
          A share of a token carries no vote and no claim on wages, home or estate. It gives its
          part of each capital gain that the owner realises by selling equity in a company or
          another person’s token, and nothing else. If nothing is sold at a gain, nothing is owed.
        </p>
        <p>
          A place in a cohort, its feedback and its certificate never depend on selling shares. The
          two are decided one after the other, the place first.
        </p>
      </div>
      <nav aria-label="Groups of rules" className="mt-8 print:hidden">
        <ul className="flex flex-wrap gap-x-6 gap-y-2">
          {groups.map(({ group, title }) => (
            <li key={group}>
              <a href={`#${group}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      {groups.map(({ group, title, about, rules }) => (
        <Section key={group} id={group} title={title}>
          <p className="mb-4 text-ink-soft">{about}</p>
          <Rows rules={rules} />
        </Section>
      ))}
      <p className="mt-12">
        <Link to="/method">How a record is computed</Link>, worked through on an example.{" "}
        <Link to="/cohorts">See the cohorts</Link> that go by these rules.
      </p>
    </>
  );
}

function Rows({ rules }: { rules: readonly RuleInWords[] }) {
  return (
    <dl className="max-w-3xl">
      {rules.map((rule) => (
        <div
          key={rule.name}
          id={rule.name}
          className="grid scroll-mt-4 gap-x-8 border-t border-rule py-4 target:bg-paper-2 sm:grid-cols-[12rem_1fr]"
        >
          <dt className="font-semibold">{rule.title}</dt>
          <dd>
            <p className="max-w-[60ch]">{rule.says}</p>
            <p className="mt-1 max-w-[60ch] text-ink-soft">Why: {rule.why}</p>
            <p className="mt-1 text-sm text-ink-soft">
              Since <Day day={rule.since} />
            </p>
          </dd>
        </div>
      ))}
    </dl>
  );
}
