import type { ReactNode } from "react";
import { Notice } from "./notice";

/** That something went well, said once on top of the page that follows it. Stands within a `role="status"`. */
export function Flash({ children }: { children: ReactNode }) {
  return (
    <div className="print:hidden">
      <Notice tone="gain">{children}</Notice>
    </div>
  );
}
