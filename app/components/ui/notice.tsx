import type { ReactNode } from "react";

const TONES = { plain: "border-rule", gain: "border-gain", loss: "border-loss" } as const;

/**
 * Something to know before going on, set apart: bad news (`loss`), good news (`gain`), or neither. `announced` where it
 * answers what was just done, so that screen readers say it.
 */
export function Notice({
  tone = "plain",
  announced = false,
  children,
}: {
  tone?: keyof typeof TONES;
  announced?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      role={announced ? "status" : "note"}
      className={`my-8 max-w-[68ch] border-l-4 bg-paper-2 p-4 first:mt-0 ${TONES[tone]}`}
    >
      {children}
    </div>
  );
}
