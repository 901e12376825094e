import { formatInstant } from "~/lib/dates";

/** Whose turn it is at a money act that takes two operators, for the one who looks. */
export type Turn = {
  whose: "first" | "mine" | "second";
  /** Who recorded it first. */
  first: string | null;
  note: string;
};

/** Nobody has recorded it yet (`first`), the one who looks has (`mine`), or another, whom they can confirm (`second`). */
export function turnOf(
  actor: { id: string },
  firstBy: string | null,
  first: string | null,
  firstAt: Date | null,
): Turn {
  const note = first && firstAt ? `by ${first}, ${formatInstant(firstAt, "UTC")}` : "";
  if (firstBy === null) return { whose: "first", first: null, note };
  return { whose: firstBy === actor.id ? "mine" : "second", first, note };
}
