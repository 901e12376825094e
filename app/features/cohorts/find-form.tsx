import { Form, Link } from "@remix-run/react";
import { FILTER_BOX, FilterLabelled, FilterSelect, FilterWords } from "~/components/ui/filters";
import { ButtonLook } from "~/components/ui/form";
import { CAPS, type CohortQuery, isNarrowed, PARTS, RECORDS, SUNSETS } from "./find-query";

function Day(props: { name: "from" | "until"; label: string; value: string }) {
  return (
    <FilterLabelled id={props.name} label={props.label}>
      <input
        id={props.name}
        type="date"
        name={props.name}
        key={props.value}
        defaultValue={props.value}
        className={FILTER_BOX}
      />
    </FilterLabelled>
  );
}

/** What the list of cohorts is asked for: a form that is an address, and needs no scripts. On a phone its filters fold away. */
export function FindForm({ query, skills }: { query: CohortQuery; skills: readonly string[] }) {
  const skill = skills.find((one) => one.toLowerCase() === query.skill.toLowerCase()) ?? "";
  return (
    <Form method="get" action="/cohorts" aria-label="Find cohorts" role="search">
      <FilterWords label="Title, skill, teacher or a word of what it is" value={query.q} />
      <div className="mt-3 flex min-h-11 items-center gap-3">
        <input
          id="open"
          type="checkbox"
          name="open"
          value="1"
          key={String(query.open)}
          defaultChecked={query.open}
          className="size-5 shrink-0"
        />
        <label htmlFor="open">Open for applications now</label>
      </div>
      <details className="peer sm:hidden" open={isNarrowed({ ...query, q: "", open: false })}>
        <summary className="inline-flex min-h-11 items-center underline">More filters</summary>
      </details>
      <div className="mt-1 hidden gap-x-4 gap-y-3 peer-open:grid sm:grid sm:grid-cols-3 lg:grid-cols-4">
        <FilterSelect
          {...{ name: "skill", label: "Teaches", value: skill, any: "Anything" }}
          options={skills.map((one) => [one, one] as const)}
        />
        <FilterSelect
          {...{ name: "record", label: "Record of a teacher", value: query.record, any: "Any" }}
          options={Object.entries(RECORDS)}
        />
        <Day name="from" label="Begins on or after" value={query.from} />
        <Day name="until" label="Ends on or before" value={query.until} />
        <FilterSelect
          {...{ name: "part", label: "Part of your token", value: query.part, any: "Any part" }}
          options={Object.entries(PARTS)}
        />
        <FilterSelect
          {...{ name: "cap", label: "Payout cap", value: query.cap, any: "With or without" }}
          options={Object.entries(CAPS)}
        />
        <FilterSelect
          {...{ name: "sunset", label: "Sunset", value: query.sunset, any: "With or without" }}
          options={Object.entries(SUNSETS)}
        />
      </div>
      <p className="mt-2 hidden text-sm text-ink-soft peer-open:block sm:block">
        Record of a teacher: one of those who lead or co-teach the cohort is enough.
      </p>
      <p className="mt-4 flex flex-wrap items-center gap-x-6 gap-y-2">
        <ButtonLook kind="plain">Find cohorts</ButtonLook>
        {isNarrowed(query) ? (
          <Link to="/cohorts" className="inline-flex min-h-11 items-center">
            Show all cohorts
          </Link>
        ) : null}
      </p>
    </Form>
  );
}
