/** Whom a public body must name, and so whose chains its leaf is a link of. */
import type { PublicBody } from "../bodies";
import type { Json } from "../canonical";
import { OUTSIDE } from "../entries";

/** Members of a body's data that name a person, at any depth. */
const PERSON_MEMBERS = new Set([
  ...["owner", "investor", "holder", "seller", "buyer", "debtor", "creditor", "other"],
]);
/** Accounts that are a person's own; what others hold belongs to a deal. */
const PERSONAL = ["cash/", "shares/", "claim/"];

function addPersons(value: Json, found: Set<string>): void {
  if (Array.isArray(value)) for (const one of value) addPersons(one, found);
  else if (typeof value === "object" && value !== null)
    for (const key of Object.keys(value)) {
      const member = value[key] as Json;
      if (typeof member === "string") {
        if (PERSON_MEMBERS.has(key)) found.add(member);
      } else if (key === "counts" && Array.isArray(member))
        for (const one of member) found.add(String(one));
      else if (typeof member === "object") addPersons(member, found);
    }
}

/**
 * The people that a body names by itself: the owners of cash, shares and claims in its postings, the persons in its data,
 * and the one that it is about. The world beyond the platform is nobody.
 */
export function peopleNamedIn(
  body: Pick<PublicBody, "about" | "data" | "kind" | "postings">,
): Set<string> {
  const found = new Set<string>();
  for (const { from, to } of body.postings)
    for (const account of [from, to]) {
      const purpose = PERSONAL.find((one) => account.startsWith(one));
      if (purpose) found.add(account.slice(purpose.length));
    }
  addPersons(body.data, found);
  if (body.kind === "person_opened" || body.kind === "same_person") found.add(body.about);
  found.delete(OUTSIDE);
  return found;
}
