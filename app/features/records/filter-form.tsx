import { Form, Link } from "@remix-run/react";
import { FilterSelect, FilterWords } from "~/components/ui/filters";
import { ButtonLook } from "~/components/ui/form";
import { EVERYBODY, isNarrowed, SIZES, SORTS, type TeacherQuery, YEARS } from "./find-query";

/** What the list of teachers is asked for: a form that is an address, and needs no scripts. On a phone its filters fold away. */
export function FilterForm({ query, skills }: { query: TeacherQuery; skills: readonly string[] }) {
  const years = YEARS.map((n) => [n, n === 1 ? "1 year or more" : `${n} years or more`] as const);
  const sizes = SIZES.map((n) => [n, n === 1 ? "1 or more" : `${n} or more`] as const);
  const narrowed = isNarrowed({ ...query, q: "" }) || query.sort !== EVERYBODY.sort;
  return (
    <Form method="get" action="/teachers" aria-label="Find teachers" role="search">
      <FilterWords label="Name, skill or a word of what they do" value={query.q} />
      <details className="peer mt-2 sm:hidden" open={narrowed}>
        <summary className="inline-flex min-h-11 items-center underline">Filter and sort</summary>
      </details>
      <div className="mt-3 hidden grid-cols-2 gap-x-4 gap-y-3 peer-open:grid sm:grid sm:grid-cols-3 lg:grid-cols-5">
        <FilterSelect
          name="skill"
          label="Teaches"
          value={skills.find((s) => s.toLowerCase() === query.skill.toLowerCase()) ?? ""}
          options={[["", "Anything"], ...skills.map((skill) => [skill, skill] as const)]}
        />
        <FilterSelect
          name="years"
          label="Record of"
          value={query.years}
          options={[[0, "Any length"], ...years]}
        />
        <FilterSelect
          name="size"
          label="Investments"
          value={query.size}
          options={[[0, "Any number"], ...sizes]}
        />
        <FilterSelect
          name="sort"
          label="In order of"
          value={query.sort}
          options={Object.entries(SORTS)}
        />
        <div className="flex min-h-11 items-center gap-3 self-end">
          <input
            id="open"
            type="checkbox"
            name="open"
            value="1"
            defaultChecked={query.open}
            className="size-5 shrink-0"
          />
          <label htmlFor="open">Open for applications</label>
        </div>
      </div>
      <p className="mt-4 flex flex-wrap items-center gap-x-6 gap-y-2">
        <ButtonLook kind="plain">Find teachers</ButtonLook>
        {isNarrowed(query) ? (
          <Link to="/teachers" className="inline-flex min-h-11 items-center">
            Show all teachers
          </Link>
        ) : null}
      </p>
    </Form>
  );
}
