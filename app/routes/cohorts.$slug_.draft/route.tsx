import type { ActionFunctionArgs } from "@remix-run/node";
import { answerDraft } from "~/features/applications/application-route.server";

/** What an application's form sends while somebody types. */
export const action = ({ request, params }: ActionFunctionArgs) =>
  answerDraft(request, params.slug);

/** Nothing is read here. */
export const loader = async () => {
  throw new Response("Not found", { status: 404 });
};
