import { useLocation, useNavigation } from "@remix-run/react";
import { useEffect, useRef } from "react";

/**
 * Puts the focus where reading goes on, as a browser would that loads a page: on the heading of a new page, on what the
 * address points to, and on the heading wherever a form has gone together with the button that had the focus.
 */
export function useFocusAfterNavigation(): void {
  const { pathname, hash } = useLocation();
  const { state } = useNavigation();
  const at = useRef({ pathname, hash });
  const left = useRef(false);
  useEffect(() => {
    if (state !== "idle") {
      left.current = true;
      return;
    }
    const arrived = left.current;
    left.current = false;
    const elsewhere = at.current.pathname !== pathname;
    const pointed = hash !== "" && (elsewhere || at.current.hash !== hash);
    at.current = { pathname, hash };
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (pointed) focus(document.getElementById(hash.slice(1)));
    else if (arrived && (elsewhere || lost)) focus(document.querySelector("main h1"));
  }, [pathname, hash, state]);
}

/** What takes no focus by itself takes it this once. */
function focus(element: HTMLElement | null): void {
  if (!element) return;
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
