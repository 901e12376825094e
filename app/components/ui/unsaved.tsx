import { Form, useBlocker } from "@remix-run/react";
import { type ReactNode, useEffect, useState } from "react";
import type { FormProblem } from "~/lib/form-problem";
import { Dialog, DialogAnswers } from "./dialog";
import { ButtonLook } from "./form";

/**
 * A form for long texts: with scripts, whoever follows a link while something they typed is not saved is asked first.
 * Nothing typed is lost by a refusal: it stays unsaved.
 */
export function DraftForm({
  problem,
  children,
}: {
  problem: FormProblem | undefined;
  children: ReactNode;
}) {
  const [unsaved, setUnsaved] = useState(false);
  useEffect(() => {
    if (problem) setUnsaved(true);
  }, [problem]);
  return (
    <Form
      method="post"
      noValidate
      onChange={() => setUnsaved(true)}
      onSubmit={() => setUnsaved(false)}
    >
      {children}
      <LeaveGuard unsaved={unsaved} />
    </Form>
  );
}

function LeaveGuard({ unsaved }: { unsaved: boolean }) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      unsaved && currentLocation.pathname !== nextLocation.pathname,
  );
  const stay = () => {
    if (blocker.state === "blocked") blocker.reset();
  };
  return (
    <Dialog open={blocker.state === "blocked"} title="Leave without saving?" onClose={stay}>
      <p>What you have typed since you last saved is lost if you leave this page.</p>
      <DialogAnswers>
        <ButtonLook kind="plain" type="button" onClick={stay}>
          Stay and save it
        </ButtonLook>
        <ButtonLook kind="danger" type="button" onClick={() => blocker.proceed?.()}>
          Leave and lose it
        </ButtonLook>
      </DialogAnswers>
    </Dialog>
  );
}
