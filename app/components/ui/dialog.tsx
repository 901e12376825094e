import { type ReactNode, useEffect, useId, useRef } from "react";

/**
 * A question over the page, for what scripts alone can ask: the browser keeps the focus in it, Escape closes it, and the
 * focus goes back to where it was. Decisions about money have pages of their own instead.
 */
export function Dialog({
  open,
  title,
  onClose,
  children,
}: {
  open: boolean;
  title: string;
  /** Called when it closes by Escape. */
  onClose: () => void;
  children: ReactNode;
}) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = box.current;
    if (open && !dialog?.open) dialog?.showModal();
    if (!open && dialog?.open) dialog.close();
  }, [open]);
  return (
    <dialog
      ref={box}
      aria-labelledby={id}
      onClose={onClose}
      className="m-auto w-[min(32rem,calc(100vw-2rem))] rounded-md border border-ink bg-paper p-6 text-ink backdrop:bg-black/50"
    >
      <DialogBody id={id} title={title}>
        {children}
      </DialogBody>
    </dialog>
  );
}

/** What stands in a dialog: its question, what follows from each answer, the answers. */
export function DialogBody({
  id,
  title,
  children,
}: {
  id: string;
  title: string;
  children: ReactNode;
}) {
  return (
    <>
      <h2 id={id} className="mb-3">
        {title}
      </h2>
      {children}
    </>
  );
}

/** The answers of a dialog, the one that changes nothing first. */
export function DialogAnswers({ children }: { children: ReactNode }) {
  return <div className="mt-6 flex flex-wrap gap-4">{children}</div>;
}
