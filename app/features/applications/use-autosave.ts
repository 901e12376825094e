import { useNavigation } from "@remix-run/react";
import { type FormEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { Kept } from "./application-route.server";
import { answerField, seenField } from "./rules";

/** How long nothing is typed before it is saved, and how long until a failed save is tried again. */
const QUIET_MS = 900;
const AGAIN_MS = 5_000;
const WORKS = "works";

export type SaveStatus =
  | { state: "idle" | "typing" | "saving" }
  | { state: "saved"; at: string }
  | { state: "failed"; why: string };

type Answer = { kept?: Kept & { savedAt: string }; code?: string; message?: string };
type Conflicts = Kept["conflicts"];

const OFFLINE = "Not saved: there is no connection. It is tried again by itself.";
const SIGNED_OUT =
  "Not saved: you are signed out. Sign in in another tab, then go on here: nothing on this page is lost.";

/** The fields of these questions, with the save that their writer has seen, as a form to send. */
function formOf(form: HTMLFormElement, ids: Iterable<string>): FormData {
  const all = new FormData(form);
  const sent = new FormData();
  sent.set("idempotencyKey", crypto.randomUUID());
  for (const id of ids) {
    const names = id === WORKS ? [WORKS, "works-asked"] : [answerField(id), seenField(id)];
    for (const name of names) for (const value of all.getAll(name)) sent.append(name, value);
  }
  return sent;
}

async function post(path: string, body: FormData): Promise<Answer | null> {
  try {
    const response = await fetch(path, { method: "POST", body });
    if (response.status === 413)
      return { code: "too_large", message: "Not saved: this is too large." };
    return (await response.json()) as Answer;
  } catch {
    return null;
  }
}

/**
 * Sends what is typed in a form to be saved, a moment after the last key, on its own: a page that is left, a lost connection and
 * an ended session lose nothing that the server has not been given or that is not still in the fields. An answer that was saved
 * elsewhere meanwhile is sent no more until its writer has chosen.
 */
export function useAutosave(
  form: RefObject<HTMLFormElement>,
  path: string,
  onKept: (kept: Kept) => void,
) {
  const [status, setStatus] = useState<SaveStatus>({ state: "idle" });
  const unsaved = useRef(new Set<string>());
  const held = useRef(new Set<string>());
  const sending = useRef(false);
  const timer = useRef(0);
  const kept = useRef(onKept);
  kept.current = onKept;
  const away = useRef(false);
  away.current = useNavigation().state !== "idle";

  const send = useCallback(async () => {
    clearTimeout(timer.current);
    const ids = [...unsaved.current].filter((id) => !held.current.has(id));
    if (!form.current || ids.length === 0 || sending.current) return;
    const later = (ms: number) => {
      timer.current = window.setTimeout(() => void send(), ms);
    };
    // The whole form is on its way: until it is answered, what it saves would count as saved elsewhere.
    if (away.current) return later(QUIET_MS);
    sending.current = true;
    for (const id of ids) unsaved.current.delete(id);
    setStatus({ state: "saving" });
    const answer = await post(path, formOf(form.current, ids));
    sending.current = false;
    if (!answer?.kept) {
      for (const id of ids) unsaved.current.add(id);
      const why = answer?.code === "sign_in" ? SIGNED_OUT : (answer?.message ?? OFFLINE);
      setStatus({ state: "failed", why });
      if (!answer || answer.code === "sign_in") later(AGAIN_MS);
      return;
    }
    hold(held.current, answer.kept.conflicts);
    kept.current(answer.kept);
    setStatus({ state: "saved", at: answer.kept.savedAt });
    if (unsaved.current.size > 0) later(QUIET_MS);
  }, [form, path]);

  useFlush(form, path, unsaved, send);
  const settle = useSettled(sending, timer, unsaved);

  const note = useCallback(
    (id: string, ms = QUIET_MS) => {
      unsaved.current.add(id);
      held.current.delete(id);
      setStatus((before) => (before.state === "failed" ? before : { state: "typing" }));
      clearTimeout(timer.current);
      timer.current = window.setTimeout(() => void send(), ms);
    },
    [send],
  );
  const release = useCallback((id: string) => held.current.delete(id), []);
  const onInput = useCallback(
    (event: FormEvent<HTMLFormElement>) => {
      const { name } = event.target as HTMLInputElement;
      const id = name === WORKS ? WORKS : /^answer-(.+)$/.exec(name)?.[1];
      if (!id) return;
      if (held.current.has(id)) unsaved.current.add(id);
      else note(id);
    },
    [note],
  );
  return { status, onInput, note, release, settle };
}

/**
 * Lets the form be sent by its buttons: what is on its way arrives first, so that the form does not find its own save in the way.
 * False where there is nothing to wait for.
 */
function useSettled(
  sending: RefObject<boolean>,
  timer: RefObject<number>,
  unsaved: RefObject<Set<string>>,
): (then: () => void) => boolean {
  return useCallback(
    (then) => {
      clearTimeout(timer.current ?? 0);
      unsaved.current?.clear();
      if (!sending.current) return false;
      const look = () => (sending.current ? window.setTimeout(look, 50) : window.setTimeout(then));
      look();
      return true;
    },
    [sending, timer, unsaved],
  );
}

function hold(held: Set<string>, conflicts: Conflicts): void {
  for (const { questionId } of conflicts) held.add(questionId);
}

/** Sends what is left when the page is put away, and when there is a connection again. */
function useFlush(
  form: RefObject<HTMLFormElement>,
  path: string,
  unsaved: RefObject<Set<string>>,
  send: () => Promise<void>,
): void {
  useEffect(() => {
    const element = form.current;
    const leave = () => {
      if (!element || !unsaved.current?.size) return;
      navigator.sendBeacon(path, formOf(element, unsaved.current));
      unsaved.current.clear();
    };
    const again = () => void send();
    window.addEventListener("pagehide", leave);
    window.addEventListener("online", again);
    return () => {
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("online", again);
      leave();
    };
  }, [form, path, unsaved, send]);
}
