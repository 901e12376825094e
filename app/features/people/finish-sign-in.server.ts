import { redirect } from "@remix-run/node";
import { withNext } from "~/auth/next-path";
import { startSession } from "~/auth/session.server";
import { beginSignInStep } from "~/auth/sign-in-step.server";
import { getSecondStep } from "./second-step.server";

/** Where somebody goes on whose password was right: to the second step where they have one, else signed in to `next`. */
export async function finishSignIn(
  personId: string,
  request: Request,
  next: string | null,
): Promise<Response> {
  const { on } = await getSecondStep(personId);
  if (!on) {
    const cookie = await startSession(personId, request);
    return redirect(next ?? "/home", { headers: { "Set-Cookie": cookie } });
  }
  const cookie = await beginSignInStep(personId);
  return redirect(withNext("/sign-in/code", next), { headers: { "Set-Cookie": cookie } });
}
