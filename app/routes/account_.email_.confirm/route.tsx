import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson, requireSession } from "~/auth/session.server";
import { Button, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { ActionLink, PageHead } from "~/components/ui/page";
import { tooOften } from "~/features/people/account-form.server";
import { changeEmail, findEmailChange } from "~/features/people/change-email.server";
import { ProveForm } from "~/features/people/prove-form";
import { askProof } from "~/features/people/prove-identity.server";

export const meta: MetaFunction = () => [{ title: "Use a new e-mail address · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const person = await requirePerson(request);
  const token = new URL(request.url).searchParams.get("token") ?? "";
  const newEmail = await findEmailChange(person.id, token, getClock().now());
  return { token, newEmail, idempotencyKey: newIdempotencyKey() };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request);
  const asked = await askProof(request, form, context);
  if (asked) return asked;
  const { person, sessionId } = await requireSession(request);
  const wait = await tooOften("mailed-link", form, context, person.id);
  if (wait) return wait;
  const result = await changeEmail({
    actor: person,
    input: { token: form.values.token, keptSessionId: sessionId },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  if (result.ok) return redirectSaying("/account", "address-changed");
  return refused(result.error, form, {
    link_spent: "This link has been used or is too old. Ask for a new one.",
    address_taken: "Another account uses this address already. Choose another address.",
  });
}

export default function ConfirmNewAddress() {
  const { token, newEmail, idempotencyKey } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer && "asked" in answer) return <ProveForm asked={answer.asked} />;
  if (!newEmail)
    return (
      <>
        <PageHead title="This link does not work here">
          <p>
            It has been used, is older than a day, or belongs to another account than the one you
            are signed in to. Nothing has changed.
          </p>
        </PageHead>
        <ActionLink to="/account/email">Ask for a new link</ActionLink>
      </>
    );
  return (
    <>
      <PageHead title="Use this address">
        <p>
          From now on you sign in as {newEmail}, and our mail goes there. Nothing can be taken out
          of your wallet for 72 hours, and all other browsers are signed out.
        </p>
      </PageHead>
      <ErrorSummary problem={answer?.problem} />
      <Form method="post">
        <IdempotencyKey value={idempotencyKey} />
        <input type="hidden" name="token" value={token} />
        <Button>Use {newEmail}</Button>
      </Form>
    </>
  );
}
