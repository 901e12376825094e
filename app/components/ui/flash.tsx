import type { ReactNode } from "react";

/** That something went well, said once on top of the page that follows it. Stands within a `role="status"`. */
export function Flash({ children }: { children: ReactNode }) {
  return (
    <p className="mb-8 max-w-[68ch] border-l-4 border-gain bg-paper-2 p-4 print:hidden">
      {children}
    </p>
  );
}
