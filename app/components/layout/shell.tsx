import type { ReactNode } from "react";
import { Flash } from "~/components/ui/flash";
import { useFocusAfterNavigation } from "./after-navigation";
import { ProgressLine, useDoing } from "./progress";
import { SiteFooter } from "./site-footer";
import { SiteHeader, type Viewer } from "./site-header";

/** What stands around every page: a link past the head, the head, what is said, the page itself, the foot. */
export function Shell({
  viewer,
  practice,
  said,
  children,
}: {
  viewer: Viewer;
  practice: boolean;
  /** What is said once of the action before this page. */
  said: string | null;
  children: ReactNode;
}) {
  useFocusAfterNavigation();
  const doing = useDoing();
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10 focus:bg-paper focus:px-4 focus:py-3"
      >
        Skip to the page
      </a>
      {doing ? <ProgressLine /> : null}
      <SiteHeader viewer={viewer} />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-6xl flex-1 px-4 pt-8 outline-none sm:px-6 sm:pt-12"
      >
        <div role="status">
          {said ? <Flash>{said}</Flash> : null}
          {doing ? <span className="sr-only">{doing}</span> : null}
        </div>
        {children}
      </main>
      <SiteFooter practice={practice} />
    </div>
  );
}
