import { Link } from "@remix-run/react";
import type { ChecklistItem } from "./checklist";

const WORDS = { done: "Done", missing: "Missing", may: "If you like" } as const;
const TONES = { done: "text-gain", missing: "text-loss", may: "text-ink-soft" } as const;

/** What is there and what is missing, each with the way to where it is done. */
export function ChecklistShown({ items }: { items: readonly ChecklistItem[] }) {
  return (
    <ul className="max-w-[68ch]">
      {items.map(({ name, state, note, at }) => (
        <li key={name} className="flex flex-wrap gap-x-4 border-t border-rule py-2">
          <span className={`w-24 shrink-0 font-semibold ${TONES[state]}`}>{WORDS[state]}</span>
          <span className="min-w-0 flex-1 basis-64">
            {state === "done" ? name : <Anchor to={at}>{name}</Anchor>}
            {note ? <span className="block text-sm text-ink-soft">{note}</span> : null}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Anchor({ to, children }: { to: string; children: string }) {
  return to.startsWith("#") ? <a href={to}>{children}</a> : <Link to={to}>{children}</Link>;
}
