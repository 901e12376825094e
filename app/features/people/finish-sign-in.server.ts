import { redirect } from "@remix-run/node";
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
  const query = next ? `?next=${encodeURIComponent(next)}` : "";
  const cookie = await beginSignInStep(personId);
  return redirect(`/sign-in/code${query}`, { headers: { "Set-Cookie": cookie } });
}
