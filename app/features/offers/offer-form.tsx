import { Form, Link } from "@remix-run/react";
import { Button, Choice, Field, IdempotencyKey } from "~/components/ui/form";
import { Facts } from "~/components/ui/page";
import type { FormProblem } from "~/lib/form-problem";
import type { OfferPreview } from "./preview-offer.server";

const CAPS = [
  { value: "none", label: "None" },
  { value: "3", label: "3 times the cash: then the shares go back" },
  { value: "5", label: "5 times the cash: then the shares go back" },
];
const SUNSETS = [
  { value: "none", label: "None" },
  { value: "10", label: "After 10 years the shares go back" },
  { value: "20", label: "After 20 years the shares go back" },
];

/** The form of an offer. It leads to the preview, never further. `values`: what was typed before. */
export function OfferForm(props: {
  problem: FormProblem | undefined;
  values: Record<string, string>;
  balance: string;
  coInvestors: readonly { handle: string; name: string }[];
  idempotencyKey: string;
}) {
  const values = props.problem?.values ?? props.values;
  const field = (name: string) => ({ name, problem: props.problem, defaultValue: values[name] });
  return (
    <Form method="post" noValidate>
      <IdempotencyKey value={props.idempotencyKey} />
      <input type="hidden" name="step" value="preview" />
      <Field
        {...field("amount")}
        label="Amount in dollars"
        inputMode="decimal"
        hint={`Your balance is ${props.balance}. At least $1,000 for each 1%.`}
      />
      <Field
        {...field("percent")}
        label="Percent of the token"
        inputMode="decimal"
        hint="Such as 1 or 0.95, at most 10."
      />
      <CoInvestors {...props} values={values} />
      <Choice
        name="payoutCap"
        legend="Payout cap"
        options={CAPS}
        problem={props.problem}
        defaultValue={values.payoutCap ?? "none"}
      />
      <Choice
        name="sunset"
        legend="Sunset"
        options={SUNSETS}
        problem={props.problem}
        defaultValue={values.sunset ?? "none"}
      />
      <Field {...field("message")} label="Message" hint="May stay empty." rows={5} />
      <Button>See what will move</Button>
    </Form>
  );
}

/** The parts of the cohort's other teachers; nothing where the maker is alone. */
function CoInvestors(props: {
  coInvestors: readonly { handle: string; name: string }[];
  problem: FormProblem | undefined;
  values: Record<string, string>;
}) {
  if (props.coInvestors.length === 0) return null;
  return (
    <fieldset className="mb-6 max-w-xl border-l-2 border-rule pl-4">
      <legend className="font-semibold">Together with others</legend>
      <p className="mb-4 text-sm text-ink-soft">
        May stay empty. Each funds their own part within 7 days; the offer goes out when all parts
        are there. At most 10% each and 20% together.
      </p>
      {props.coInvestors.map(({ handle, name }, row) => {
        const field = (of: string) => ({
          name: `parts.${row}.${of}`,
          problem: props.problem,
          defaultValue: props.values[`parts.${row}.${of}`],
        });
        return (
          <div key={handle}>
            <input type="hidden" name={`parts.${row}.handle`} value={handle} />
            <Field
              {...field("amount")}
              label={`Amount of ${name} in dollars`}
              inputMode="decimal"
            />
            <Field
              {...field("percent")}
              label={`Percent of the token for ${name}`}
              inputMode="decimal"
            />
          </div>
        );
      })}
    </fieldset>
  );
}

/** What an offer moves and gives up, before the button that makes it. */
export function OfferCheck(props: {
  preview: OfferPreview;
  values: Record<string, string>;
  idempotencyKey: string;
}) {
  const { preview, values } = props;
  const hidden = Object.entries(values).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ));
  return (
    <>
      <p className="mb-8 max-w-[68ch] text-lg">{preview.funding}</p>
      <Facts
        items={[
          { name: preview.parts.length > 0 ? "You all pay" : "You pay", value: preview.amount },
          { name: "For", value: preview.percent, note: `${preview.shares} shares` },
          { name: "Your balance now", value: preview.balanceBefore },
          { name: "Your balance after it", value: preview.balanceAfter },
        ]}
      />
      <ul className="my-8 max-w-[68ch] list-disc pl-5">
        {preview.parts.map((part) => (
          <li key={part.name}>
            {part.name}: {part.amount} for {part.percent}.
          </li>
        ))}
        {preview.finder ? <li>{preview.finder}</li> : null}
        <li>At this price the whole token would cost {preview.wholeToken}.</li>
        <li>
          Of a first gain of $1,000,000 the shares would get {preview.ofAMillion}. If{" "}
          {preview.studentName} never sells company equity at a gain, you get nothing, and the{" "}
          {preview.amount} is gone.
        </li>
        <li>{preview.cap}</li>
        <li>{preview.sunset}</li>
        <li>
          {preview.studentName} has 7 days to answer. Once signed, it settles 7 days later; you may
          leave in the first 4 days, {preview.studentName} until it settles.
        </li>
        <li>You cannot sell the shares until 12 months after the end of the cohort.</li>
      </ul>
      <div className="flex flex-wrap gap-4">
        <Form method="post">
          <IdempotencyKey value={props.idempotencyKey} />
          {hidden}
          <Button name="step" value="make">
            Offer {preview.amount} to {preview.studentName}
          </Button>
        </Form>
        <Form method="post">
          {hidden}
          <Button kind="plain" name="step" value="edit">
            Change something
          </Button>
        </Form>
      </div>
    </>
  );
}

/** Why an offer cannot be made at all just now, and what to do. */
export function CannotOffer({ admitted, name }: { admitted: boolean; name: string }) {
  return admitted ? (
    <p className="max-w-[68ch]">
      Only verified investors can offer money.{" "}
      <Link to="/invest/verification">Ask to be verified</Link>: an operator decides, with a reason,
      and it lasts 12 months.
    </p>
  ) : (
    <p className="max-w-[68ch]">
      {name} has no place in the cohort yet. Admit them first: a place and money are two decisions.
    </p>
  );
}
