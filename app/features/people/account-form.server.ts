import { data } from "@remix-run/node";
import type { ReadForm } from "~/auth/form.server";
import { type LimitName, takeTry, tooOftenMessage } from "~/auth/limits.server";
import type { FormProblem } from "~/lib/form-problem";

/** What a route's action is given of where a request came from. */
type Sender = { clientAddress: string };

/** A form whose answer may be shown again: without the password, which never goes back to the browser. */
export function withoutPassword(form: ReadForm): ReadForm {
  const { password: _, ...values } = form.values;
  return { ...form, values };
}

/** A problem with one field, or with the form as a whole, and everything typed but the password. */
export function problemWith(
  form: ReadForm,
  status: 400 | 409 | 429,
  said: { message: string } | { field: string; text: string },
) {
  const values = withoutPassword(form).values;
  const problem: FormProblem =
    "message" in said
      ? { message: said.message, fields: {}, values }
      : { fields: { [said.field]: [said.text] }, values };
  return data({ problem }, { status });
}

/** Counts a try by sender and account. Null: go on. Otherwise the answer to give, saying when to try again. */
export async function tooOften(name: LimitName, form: ReadForm, sender: Sender, account: string) {
  const taken = await takeTry(name, {
    address: sender.clientAddress,
    account: account.trim().toLowerCase(),
  });
  return taken.ok ? null : problemWith(form, 429, { message: tooOftenMessage(taken.error) });
}
