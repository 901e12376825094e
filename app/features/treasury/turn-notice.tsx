import type { Turn } from "./turn";

const SAID: Record<Turn["whose"], string> = {
  first: "You are the first of two operators. Nothing moves until another has confirmed the same.",
  mine: "You have recorded this. Another operator must confirm it; until then you can still correct or refuse it.",
  second: "You are the second of two operators: look for yourself before you confirm.",
};

/** Says whose turn it is. */
export function TurnNotice({ turn }: { turn: Turn }) {
  return <p className="mb-6 max-w-[68ch] text-ink-soft">{SAID[turn.whose]}</p>;
}
