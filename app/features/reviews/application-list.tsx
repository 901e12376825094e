import { Form, Link } from "@remix-run/react";
import { ButtonLook } from "~/components/ui/form";
import { Badge, Empty, Table } from "~/components/ui/page";
import type { ListQuery } from "./list-query";

export type ShownApplication = {
  id: string;
  name: string;
  to: string;
  state: string;
  submittedOn: string;
  own: string;
  mean: string;
  normal: string;
  assigned: boolean;
  tags: readonly string[];
  decision: string | null;
};

const BOX =
  "mt-1 block min-h-11 w-full rounded-md border border-ink-soft bg-paper px-3 text-base text-ink";

function Select(props: {
  name: keyof ListQuery;
  label: string;
  value: string | undefined;
  options: readonly (readonly [string, string])[];
}) {
  return (
    <div className="min-w-0">
      <label htmlFor={props.name} className="text-sm font-semibold">
        {props.label}
      </label>
      <select id={props.name} name={props.name} defaultValue={props.value ?? ""} className={BOX}>
        {props.options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

function Text(props: { name: "tag" | "q"; label: string; value: string | undefined }) {
  return (
    <div className="min-w-0">
      <label htmlFor={props.name} className="text-sm font-semibold">
        {props.label}
      </label>
      <input id={props.name} name={props.name} defaultValue={props.value ?? ""} className={BOX} />
    </div>
  );
}

const DECISIONS = [
  ["", "Whatever is decided"],
  ["none", "Nothing decided yet"],
  ["any", "Decided, not out yet"],
  ["admit", "To be admitted"],
  ["waitlist", "To be waitlisted"],
  ["decline", "To be declined"],
  ["revise", "To be revised"],
  ["defer", "To be deferred"],
  ["hold", "On hold"],
] as const;

/** What a list of applications is narrowed to: a form that is an address, and needs no scripts. */
export function ApplicationFilter({ query, teacher }: { query: ListQuery; teacher: boolean }) {
  const inForce = Object.values(query).filter(Boolean).length;
  // Where there is room the form stands open, whatever the reader folded, for browsers that can say so; elsewhere it unfolds.
  return (
    <details className="mb-6 border-y border-rule py-2 lg:border-0 lg:details-content:[content-visibility:visible] lg:details-content:block print:hidden">
      <summary className="min-h-11 cursor-pointer py-2 font-semibold lg:supports-[selector(::details-content)]:hidden">
        Narrow or order the list{inForce > 0 ? ` (${inForce} chosen)` : ""}
      </summary>
      <FilterForm query={query} teacher={teacher} />
    </details>
  );
}

function FilterForm({ query, teacher }: { query: ListQuery; teacher: boolean }) {
  return (
    <Form method="get" className="pt-2">
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <Select
          name="mine"
          label="Whose"
          value={query.mine}
          options={[
            ["", "All that you may read"],
            ["waiting", "Yours, waiting for your score"],
            ["done", "Yours, done"],
            ["all", "All of yours"],
          ]}
        />
        <Select
          name="state"
          label="State"
          value={query.state}
          options={[
            ["", "Any"],
            ["submitted", "Submitted"],
            ["admitted", "Admitted"],
            ["waitlisted", "On the waitlist"],
            ["declined", "Not admitted"],
            ["revise", "To be revised"],
            ["deferred", "Kept for the next cohort"],
            ["withdrawn", "Withdrawn"],
          ]}
        />
        <Select
          name="sort"
          label="Order"
          value={query.sort}
          options={[
            ["", "First submitted first"],
            ["score", "Best normalised mean first"],
            ["raw", "Best raw mean first"],
          ]}
        />
        {teacher ? (
          <Select name="decision" label="Decision" value={query.decision} options={DECISIONS} />
        ) : null}
        <Text name="tag" label="Tag" value={query.tag} />
        <Text name="q" label="Name" value={query.q} />
      </div>
      <div className="mt-4">
        <ButtonLook kind="plain">Show these</ButtonLook>
      </div>
    </Form>
  );
}

/** A page of applications. `decisions`: teachers see what is decided. */
export function ApplicationTable(props: {
  applications: readonly ShownApplication[];
  decisions: boolean;
  narrowed: boolean;
}) {
  if (props.applications.length === 0) {
    return (
      <Empty>
        {props.narrowed
          ? "No application fits. Choose less above."
          : "Nobody has submitted an application yet. Drafts are not shown: they belong to whoever writes them."}
      </Empty>
    );
  }
  return (
    <Table
      caption="Applications"
      crowded
      columns={[
        { name: "Applicant" },
        { name: "Submitted" },
        { name: "Your score", numeric: true },
        { name: "Mean (reviews)", numeric: true },
        { name: "Normalised", numeric: true },
        { name: "State" },
      ]}
      rows={props.applications.map((one) => ({
        key: one.id,
        cells: [
          <span key="name">
            <Link to={one.to} className="[overflow-wrap:anywhere]" data-row-link="">
              {one.name}
            </Link>
            {one.tags.map((tag) => (
              <span key={tag} className="ml-2 text-sm text-ink-soft">
                #{tag}
              </span>
            ))}
          </span>,
          one.submittedOn,
          one.own,
          one.mean,
          one.normal,
          <span key="state" className="inline-flex flex-wrap gap-2">
            <Badge tone={one.state === "admitted" ? "gain" : "plain"}>{one.state}</Badge>
            {props.decisions && one.decision ? <Badge tone="accent">{one.decision}</Badge> : null}
          </span>,
        ],
      }))}
    />
  );
}
