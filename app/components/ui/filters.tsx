import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { ButtonLook } from "./form";

/** How a field of a form that finds something looks. */
export const FILTER_BOX =
  "mt-1 block min-h-11 w-full rounded-md border border-ink-soft bg-paper px-3 text-base text-ink";

/** A field of a form that finds something, under its name. */
export function FilterLabelled(props: { id: string; label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <label htmlFor={props.id} className="text-sm font-semibold">
        {props.label}
      </label>
      {props.children}
    </div>
  );
}

/** One choice by which a list is narrowed or sorted; it follows the address. `any`: what no choice is called. */
export function FilterSelect(props: {
  name: string;
  label: string;
  value: string | number;
  any?: string;
  options: readonly (readonly [string | number, string])[];
}) {
  return (
    <FilterLabelled id={props.name} label={props.label}>
      <select
        id={props.name}
        name={props.name}
        key={props.value}
        defaultValue={props.value}
        className={FILTER_BOX}
      >
        {props.any === undefined ? null : <option value="">{props.any}</option>}
        {props.options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </FilterLabelled>
  );
}

/** The words by which a list is searched. */
export function FilterWords({ label, value }: { label: string; value: string }) {
  return (
    <FilterLabelled id="q" label={label}>
      <input
        id="q"
        type="search"
        name="q"
        key={value}
        defaultValue={value}
        maxLength={100}
        className={`${FILTER_BOX} max-w-2xl`}
      />
    </FilterLabelled>
  );
}

/** A list whose lines can be chosen and compared side by side, `most` of them. `id`: where its boxes stand outside of it. */
export function CompareForm(props: {
  action: string;
  label: string;
  most: number;
  id?: string;
  children?: ReactNode;
}) {
  return (
    <Form id={props.id} method="get" action={props.action} aria-label={props.label}>
      {props.children}
      <p className="mt-6 flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
        <ButtonLook kind="plain">Compare the chosen</ButtonLook>
        <span className="text-sm text-ink-soft">Two to {props.most} of them, side by side.</span>
      </p>
    </Form>
  );
}
