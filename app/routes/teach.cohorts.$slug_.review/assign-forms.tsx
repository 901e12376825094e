import { Form, useSubmit } from "@remix-run/react";
import { useEffect } from "react";
import { Button, IdempotencyKey } from "~/components/ui/form";
import { Section } from "~/components/ui/page";

/** Who takes part, and the buttons that assign and remind. */
export function Assign(props: {
  reviewers: readonly { id: string; displayName: string }[];
  short: number;
  idempotencyKey: string;
}) {
  const { reviewers, short, idempotencyKey } = props;
  return (
    <Section title="Assign">
      <p className="mb-4 max-w-[68ch]">
        {short === 0
          ? "Every application has its reviewers. Whoever abstains or declares a conflict is replaced when you assign again."
          : `${short} applications lack a reviewer. All get alike to do, nobody gets a person whom they must not review, and what is assigned stays.`}
      </p>
      <Form method="post">
        <IdempotencyKey value={`${idempotencyKey}-assign`} />
        <fieldset className="mb-4">
          <legend className="font-semibold">Who takes part</legend>
          {reviewers.map(({ id, displayName }) => (
            <div key={id} className="mt-2 flex gap-3">
              <input
                id={`r-${id}`}
                name="reviewerIds"
                type="checkbox"
                value={id}
                defaultChecked
                className="mt-1 size-5 shrink-0"
              />
              <label htmlFor={`r-${id}`}>{displayName}</label>
            </div>
          ))}
        </fieldset>
        <div className="flex flex-wrap gap-4">
          <Button name="intent" value="assign">
            Assign reviewers
          </Button>
          <Button kind="plain" name="intent" value="remind">
            Remind who has some left
          </Button>
        </div>
      </Form>
    </Section>
  );
}

/** What a run assigned; with more to do it goes on by itself, or by the button without scripts. */
export function Assigned(props: {
  assigned: number;
  short: number;
  after: string | null;
  reviewerIds: readonly string[];
  idempotencyKey: string;
}) {
  const submit = useSubmit();
  const { after, idempotencyKey } = props;
  useEffect(() => {
    const form = document.getElementById("go-on");
    if (after && form instanceof HTMLFormElement) submit(form);
  }, [after, submit]);
  return (
    <div role="status" className="mb-8 max-w-[68ch] border-l-4 border-gain bg-paper-2 p-4">
      <p>
        {props.assigned} assigned.
        {props.short > 0
          ? ` ${props.short} applications still lack a reviewer: too few may read them. Invite more.`
          : ""}
      </p>
      {after ? (
        <Form method="post" id="go-on">
          <IdempotencyKey value={`${idempotencyKey}-on`} />
          <input type="hidden" name="after" value={after} />
          {props.reviewerIds.map((id) => (
            <input key={id} type="hidden" name="reviewerIds" value={id} />
          ))}
          <Button kind="plain" name="intent" value="assign">
            Go on with the next
          </Button>
        </Form>
      ) : null}
    </div>
  );
}
