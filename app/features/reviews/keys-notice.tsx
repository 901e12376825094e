import { useEffect, useState } from "react";
import { areKeysOn, turnKeys } from "./use-list-keys";

/** What the keys do, and the switch that turns them off. Without scripts there are none, and this says nothing. */
export function KeysNotice({ children }: { children: string }) {
  const [on, setOn] = useState<boolean | null>(null);
  useEffect(() => setOn(areKeysOn()), []);
  if (on === null) return <p className="min-h-6 text-sm print:hidden" />;
  const turn = () => {
    turnKeys(!on);
    setOn(!on);
  };
  return (
    <p className="min-h-6 text-sm text-ink-soft print:hidden">
      {on ? `${children} ` : "Single keys are off. "}
      <button type="button" onClick={turn} className="underline">
        {on ? "Turn these keys off" : "Turn them on"}
      </button>
    </p>
  );
}
