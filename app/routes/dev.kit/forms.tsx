import {
  Button,
  ButtonLook,
  Checkbox,
  Choice,
  ErrorSummary,
  Field,
  type FormProblem,
  IdempotencyKey,
  NextPath,
} from "~/components/ui/form";
import { LinkFields } from "~/components/ui/link-fields";
import { SortableList } from "~/components/ui/sortable";
import { DraftForm } from "~/components/ui/unsaved";
import { Piece } from "./piece";

const PROBLEM: FormProblem = {
  message: "Something needs a change",
  fields: {
    amountWrong: ["Enter an amount in dollars, such as 66,666.67."],
    consentWrong: ["Please consent, or decline the offer."],
    capWrong: ["Choose a payout cap."],
  },
  values: { amountWrong: "12,50" },
};
const CAPS = [
  { value: "none", label: "None" },
  { value: "3", label: "3 times" },
  { value: "5", label: "5 times" },
];

/** Every field as it begins, and as it is after a refusal. */
export function FormsOfKit() {
  return (
    <div className="grid gap-x-12 lg:grid-cols-2">
      <Piece name="As it begins">
        <form method="get">
          <IdempotencyKey value="kit" />
          <NextPath value="/home" />
          <Field
            name="amount"
            label="Amount in dollars"
            hint="As in 66,666.67."
            inputMode="decimal"
          />
          <Field name="pitch" label="Pitch" rows={3} defaultValue="Twelve weeks." />
          <Field name="zone" label="Time zone" options={[{ value: "UTC", label: "UTC" }]} />
          <Field name="paper" label="Document" type="file" accept="application/pdf" />
          <Choice name="cap" legend="Payout cap" options={CAPS} defaultValue="3" />
          <LinkFields count={1} links={[]} problem={undefined} />
          <Checkbox name="consent" label="I consent to the public line in the record." />
          <p className="mb-4 flex flex-wrap gap-3">
            <ButtonLook pending>Sign and reserve 100,000 shares</ButtonLook>
            <ButtonLook kind="plain" pending>
              Save the draft
            </ButtonLook>
            <ButtonLook kind="danger" pending>
              Withdraw my application
            </ButtonLook>{" "}
            pressed, and on their way
          </p>
          <p className="flex flex-wrap gap-3">
            <Button>Sign and reserve 100,000 shares</Button>
            <Button kind="plain">Save the draft</Button>
            <Button kind="danger">Withdraw my application</Button>
          </p>
        </form>
      </Piece>
      <Piece name="SortableList">
        <SortableList
          label="In order"
          intent="move"
          field="id"
          idempotencyKey="kit"
          items={[
            "The first",
            "The second",
            "The third, whose name is much longer than the others’",
          ].map((name) => ({ id: name, name, content: name }))}
        />
      </Piece>
      <Piece name="A form that asks before what is typed is lost">
        <DraftForm problem={undefined}>
          <Field name="did" label="What you did" rows={2} />
        </DraftForm>
      </Piece>
      <Piece name="After a refusal">
        <ErrorSummary problem={PROBLEM} />
        <form method="get">
          <Field name="amountWrong" label="Amount in dollars" problem={PROBLEM} />
          <Choice name="capWrong" legend="Payout cap" options={CAPS} problem={PROBLEM} />
          <Checkbox
            name="consentWrong"
            label="I consent to the public line in the record."
            problem={PROBLEM}
          />
        </form>
      </Piece>
    </div>
  );
}
