import type { policy } from "~/policy";

/** The rules by what they are about, in the order in which they are read. */
export const GROUPS = {
  token: { title: "The token", about: "What may be sold of a person’s future, and what never." },
  offer: { title: "Offers and signing", about: "How long everybody has to think, and to leave." },
  gain: { title: "Gains and distributions", about: "When holders are paid." },
  resale: { title: "Resale", about: "How a holder sells shares on." },
  teacher: { title: "Teachers and investors", about: "Who may invest, and how long they stay." },
  record: { title: "Track records", about: "What counts in a teacher’s record, and for how much." },
  scout: { title: "Scouts", about: "What a referral is worth, and for how long." },
  account: { title: "Accounts", about: "What protects the money that waits here." },
} as const;
export type Group = keyof typeof GROUPS;

/** What a number is about, and what it forbids or gives, around the number itself. */
export type Said<T> = { group: Group; title: string; says: (value: T) => string };
/** Words for some of the numbers of `policy`. */
export type Words = { readonly [K in keyof typeof policy]?: Said<(typeof policy)[K]["value"]> };

/** A count with its unit, as read. */
export const days = (n: number): string => (n === 1 ? "1 day" : `${n} days`);
/** Likewise. */
export const months = (n: number): string => (n === 1 ? "1 month" : `${n} months`);
