import type { ReactNode } from "react";
import type { MethodPage } from "~/features/records/method.server";

export type PartProps = { page: MethodPage };

/** Text at a measure that reads well. */
export function Words({ children }: { children: ReactNode }) {
  return <div className="mb-4 max-w-[68ch] space-y-3">{children}</div>;
}

/** A computation, set off: what is divided by what. */
export function Worked({ children }: { children: ReactNode }) {
  return (
    <p className="my-4 max-w-[68ch] border-l-2 border-ink-soft py-1 pl-4 tabular-nums">
      {children}
    </p>
  );
}
