import { policy } from "~/policy";
import { GROUPS, type Group, type Said } from "./words.server";
import { WORDS_OF_DEALS } from "./words-of-deals.server";
import { WORDS_OF_RECORDS } from "./words-of-records.server";

type Rules = typeof policy;
type Name = keyof Rules;

/** A new number of `policy` does not compile without its words. */
const WORDS: { readonly [K in Name]: Said<Rules[K]["value"]> } = {
  ...WORDS_OF_DEALS,
  ...WORDS_OF_RECORDS,
};

export type RuleInWords = { name: Name; title: string; says: string; why: string; since: string };

function inWords<K extends Name>(name: K): RuleInWords & { group: Group } {
  const { group, title, says } = WORDS[name];
  const rule: Rules[K] = policy[name];
  return { group, name, title, says: says(rule.value), why: rule.why, since: rule.since };
}

/** Every number of `policy` in plain words with its reason and date, by group. */
export function rulesInWords(): { group: Group; rules: RuleInWords[] }[] {
  const all = (Object.keys(WORDS) as Name[]).map(inWords);
  return (Object.keys(GROUPS) as Group[]).map((group) => ({
    group,
    rules: all.filter((rule) => rule.group === group).map(({ group: _, ...rule }) => rule),
  }));
}
