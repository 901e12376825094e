import { useId, useState } from "react";
import { Dialog, DialogAnswers, DialogBody } from "~/components/ui/dialog";
import { ButtonLook } from "~/components/ui/form";

/** A dialog as it stands, and one to open. */
export function KitDialog() {
  const [open, setOpen] = useState(false);
  const id = useId();
  const close = () => setOpen(false);
  return (
    <>
      <div className="mb-6 max-w-lg rounded-md border border-ink p-6">
        <DialogBody id={id} title="Leave without saving?">
          <p>What you have typed since you last saved is lost if you leave this page.</p>
          <DialogAnswers>
            <ButtonLook kind="plain" type="button">
              Stay and save it
            </ButtonLook>
            <ButtonLook kind="danger" type="button">
              Leave and lose it
            </ButtonLook>
          </DialogAnswers>
        </DialogBody>
      </div>
      <ButtonLook kind="plain" type="button" onClick={() => setOpen(true)}>
        Open the dialog
      </ButtonLook>
      <Dialog open={open} title="Close me by Escape" onClose={close}>
        <p>The focus is kept in here, and goes back to the button afterwards.</p>
        <DialogAnswers>
          <ButtonLook kind="plain" type="button" onClick={close}>
            Close
          </ButtonLook>
        </DialogAnswers>
      </Dialog>
    </>
  );
}
