import { Form, Link } from "@remix-run/react";
import { Button, IdempotencyKey } from "~/components/ui/form";

/** The end of the form of a question or criterion: it is saved, or added where it is new. */
export function SaveButtons({ what, isNew }: { what: string; isNew: boolean }) {
  return (
    <div className="flex flex-wrap items-center gap-4">
      <Button name="intent" value={isNew ? "add" : "edit"}>
        {isNew ? "Add" : "Save"} this {what}
      </Button>
      <Link to="?">Back without saving</Link>
    </div>
  );
}

/** The form that takes a question or criterion away; `name` is the field of its id. */
export function RemoveForm(props: {
  what: string;
  name: string;
  id: string;
  idempotencyKey: string;
}) {
  return (
    <Form method="post" className="mt-8">
      <IdempotencyKey value={`${props.idempotencyKey}:remove`} />
      <input type="hidden" name={props.name} value={props.id} />
      <Button kind="danger" name="intent" value="remove">
        Remove this {props.what}
      </Button>
    </Form>
  );
}
