import { formatPlainDollars } from "~/lib/money";
import { openRefusal } from "~/lib/open-answer.server";
import { findHeadline, type Headline } from "./headline.server";
import { answerPicture, drawable, type Shown } from "./picture.server";
import { getSoFar } from "./so-far.server";

function recordCard(headline: Headline): Shown {
  const { dpi, tvpi, irr, median, basis, asOf } = headline;
  const foot = `${basis === null ? "A teacher" : capital(basis)}. As of ${asOf}; every investment counts, and anyone can verify it.`;
  const title = drawable(headline.name, `@${headline.handle}`);
  if (basis === null) return { title, large: "No investment yet", note: "", facts: [], foot };
  const facts = Object.entries({ TVPI: tvpi, IRR: irr, Median: median });
  return {
    ...{ title, large: dpi, note: "DPI in confirmed cash", foot },
    facts: facts.map(([name, value]) => ({ name, value })),
  };
}

const capital = (text: string) => `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}`;

/** A record's card for link previews as PNG, drawn once for each headline; 404 for who has no record, 503 where it cannot be drawn. */
export async function answerCard(
  request: Request,
  handle: string | undefined,
  now: Date,
): Promise<Response> {
  const headline = await findHeadline(handle, now);
  return headline ? answerPicture(request, recordCard(headline)) : openRefusal(request, 404);
}

/** The card of the site itself: what all records come to. 503 where it cannot be drawn. */
export async function answerSiteCard(request: Request, now: Date): Promise<Response> {
  const { confirmedCents, paidInCents, investments, students, teachers } = await getSoFar(now);
  const facts = {
    "Paid in": formatPlainDollars(paidInCents),
    Investments: String(investments),
    Students: String(students),
    Teachers: String(teachers),
  };
  return answerPicture(request, {
    title: "Teachers who hold the rope of their students",
    large: formatPlainDollars(confirmedCents),
    note: "came back in confirmed cash",
    facts: Object.entries(facts).map(([name, value]) => ({ name, value })),
    foot: "Their own money, their whole record, in public.",
  });
}
