import { useNavigation } from "@remix-run/react";
import { useEffect, useState } from "react";

/** What is quicker than this needs no word. */
const PATIENCE_MS = 400;

/** What the site is doing for the reader right now; null while it does nothing, or has only just begun. */
export function useDoing(): string | null {
  const { state } = useNavigation();
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    setWaited(false);
    if (state === "idle") return;
    const timer = setTimeout(() => setWaited(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [state]);
  if (!waited || state === "idle") return null;
  return state === "submitting" ? "Sending…" : "Loading the next page…";
}

/** A line on top of the window, while the next page is on its way. */
export function ProgressLine() {
  return (
    <div aria-hidden="true" className="fixed inset-x-0 top-0 z-30 h-1 bg-accent print:hidden" />
  );
}
