import { Form } from "@remix-run/react";

/** A question to the whole site, which needs no client code. `place` tells the header's box from the page's own. */
export function SearchForm({ asked = "", place }: { asked?: string; place: "header" | "page" }) {
  return (
    <Form
      role="search"
      aria-label={place === "header" ? "Search the site" : "Search again"}
      action="/search"
      method="get"
      className="flex min-w-0 items-stretch gap-2"
    >
      <input
        type="search"
        name="q"
        key={asked}
        defaultValue={asked}
        maxLength={100}
        placeholder="People and cohorts"
        aria-label="People and cohorts"
        className="min-h-11 w-full min-w-0 flex-1 rounded-md border border-ink-soft bg-paper px-3 text-base text-ink placeholder:text-ink-soft"
      />
      <button
        type="submit"
        className="min-h-11 shrink-0 rounded-md border border-ink-soft px-3 text-ink"
      >
        Search
      </button>
    </Form>
  );
}
