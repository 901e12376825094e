import type { ReactNode } from "react";

/** One component with its name. */
export function Piece({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="border-t border-rule py-6">
      <h3 className="mb-3 text-ink-soft">{name}</h3>
      {children}
    </div>
  );
}

/** A name that is too long for most places. */
export const LONG = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh of the Upper Valley";
