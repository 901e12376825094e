import { useEffect } from "react";

const KEPT = "belay-keys-off";

/** Whether single keys move (a reader may turn them off; kept in this browser). */
export const areKeysOn = (): boolean => {
  try {
    return localStorage.getItem(KEPT) === null;
  } catch {
    return true;
  }
};

/** Turns single keys on or off in this browser. */
export function turnKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, "1");
  } catch {
    // A browser that keeps nothing has them on.
  }
}

const typesIn = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])"));

/** Calls `press` with each single key (no modifier, not while something is typed), unless the reader has turned them off. */
export function useKeys(press: (key: string) => boolean): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (typesIn(event.target) || !areKeysOn()) return;
      if (press(event.key)) event.preventDefault();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [press]);
}

/** In a list, j and k move the focus from one link of a row to the next and back. */
export function moveInList(key: string): boolean {
  if (key !== "j" && key !== "k") return false;
  const links = [...document.querySelectorAll<HTMLElement>("[data-row-link]")];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const to = key === "j" ? Math.min(links.length - 1, at + 1) : Math.max(0, at - 1);
  links[to]?.focus();
  return links.length > 0;
}
