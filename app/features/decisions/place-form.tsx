import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { Button, IdempotencyKey } from "~/components/ui/form";

/** A place that waits to be confirmed: until when, and what happens then. `deadline` is shown as it comes. Posts `answer`. */
export function PlaceForm(props: {
  idempotencyKey: string;
  state: "offered" | "confirmed" | "declined" | "lapsed";
  deadline: ReactNode;
  mayDecline: boolean;
}) {
  if (props.state === "declined") return <p>You gave this place back.</p>;
  if (props.state === "lapsed") return <p>This place was not confirmed in time.</p>;
  const offered = props.state === "offered";
  return (
    <Form method="post">
      <IdempotencyKey value={`${props.idempotencyKey}-place`} />
      <p className="mb-4 max-w-[68ch]">
        {offered ? (
          <>
            Confirm your place by {props.deadline}. After that it goes to the next on the waitlist.
          </>
        ) : (
          "This place is yours."
        )}
      </p>
      <div className="flex flex-wrap gap-4">
        {offered ? (
          <Button name="answer" value="confirm">
            Confirm my place
          </Button>
        ) : null}
        {props.mayDecline ? (
          <Button kind="danger" name="answer" value="decline">
            Give my place back
          </Button>
        ) : null}
      </div>
    </Form>
  );
}
