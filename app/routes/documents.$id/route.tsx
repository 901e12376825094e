import type { LoaderFunctionArgs } from "@remix-run/node";
import { requirePerson } from "~/auth/session.server";
import { getDocumentFor } from "~/features/gains/queries.server";
import { attachment } from "~/lib/attachment.server";

/** Hands a document to its owner or an operator. 404 for everybody else. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const document = await getDocumentFor(actor, params.id);
  if (!document) throw new Response("Not found", { status: 404 });
  return attachment(document);
}
