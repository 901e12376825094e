import { escapeHtml } from "~/lib/escape-html";
import { JSON_TYPE, openAnswer, openRefusal } from "~/lib/open-answer.server";
import { BADGE } from "./badge";
import { findHeadline, headlineSentence } from "./headline.server";

const PATH = /^\/teachers\/([a-z0-9-]{3,30})\/?$/;
const LEAST_WIDTH = 120;

/** The handle that an address of ours is the record of; null for any other address. */
function handleOf(text: string | null, siteUrl: string): string | null {
  if (!text || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.origin === new URL(siteUrl).origin ? (PATH.exec(url.pathname)?.[1] ?? null) : null;
}

/** The badge's size within what a page has room for; null where it has too little. */
function sizeWithin(params: URLSearchParams): { width: number; height: number } | null {
  const most = (name: string) => {
    const text = params.get(name);
    return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
  };
  const scale = Math.min(1, most("maxwidth") / BADGE.width, most("maxheight") / BADGE.height);
  const width = Math.floor(BADGE.width * scale);
  return width < LEAST_WIDTH ? null : { width, height: Math.floor(BADGE.height * scale) };
}

/**
 * What another site shows in the place of a record's address (oEmbed 1.0, JSON): the badge, which leads to where the record is
 * verified. 404 for an address that is no record here, 501 for XML, as oEmbed has it.
 */
export async function answerOembed(
  request: Request,
  siteUrl: string,
  now: Date,
): Promise<Response> {
  const params = new URL(request.url).searchParams;
  if (![null, "json"].includes(params.get("format")))
    return openRefusal(request, 501, "Only JSON is given: leave format away.\n");
  const headline = await findHeadline(handleOf(params.get("url"), siteUrl) ?? undefined, now);
  const size = sizeWithin(params);
  if (!headline || !size)
    return openRefusal(
      request,
      404,
      `Ask for url=${siteUrl}/teachers/HANDLE, 120 pixels wide or more.\n`,
    );
  const page = `${siteUrl}/teachers/${headline.handle}`;
  const sentence = headlineSentence(headline);
  const { width, height } = size;
  const image = `<img src="${page}/badge.svg" width="${width}" height="${height}" alt="${escapeHtml(sentence)}">`;
  const body = JSON.stringify({
    ...{ version: "1.0", type: "rich", title: `${headline.name}: record on Belay` },
    ...{ author_name: headline.name, author_url: page },
    ...{ provider_name: "Belay", provider_url: siteUrl },
    ...{ html: `<a href="${page}#verify">${image}</a>`, width, height },
  });
  return openAnswer(request, { body, contentType: JSON_TYPE, keep: "revalidate" });
}
