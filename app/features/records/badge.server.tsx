import { renderToStaticMarkup } from "react-dom/server";
import { openAnswer, openRefusal } from "~/lib/open-answer.server";
import { Badge } from "./badge";
import { findHeadline } from "./headline.server";

/** A record's badge as SVG; 404 for who has no record. */
export async function answerBadge(
  request: Request,
  handle: string | undefined,
  now: Date,
): Promise<Response> {
  const headline = await findHeadline(handle, now);
  if (!headline) return openRefusal(request, 404);
  const body = renderToStaticMarkup(<Badge headline={headline} />);
  return openAnswer(request, { body, contentType: "image/svg+xml", keep: "revalidate" });
}
