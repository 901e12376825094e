import type { LoaderFunctionArgs } from "@remix-run/node";
import { requirePerson } from "~/auth/session.server";
import { findFileFor } from "~/features/applications/files.server";
import { attachment } from "~/lib/attachment.server";

/** Hands a file of an application to its owner, or to who reads it without a conflict. 404 for everybody else. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const file = await findFileFor(actor, params.id);
  if (!file) throw new Response("Not found", { status: 404 });
  return attachment(file);
}
