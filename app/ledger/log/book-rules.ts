/** What holds between the bodies of a bundle, whoever wrote them: a book that breaks it hides or counts something twice. */
import type { PublicBody } from "../bodies";
import { IRREVERSIBLE_KINDS } from "../kinds";
import { nameOf, type ProvenChain, type ProvenEntry } from "./chain";
import { Lie } from "./findings";
import { peopleNamedIn } from "./people";

/** Along one chain an instant may be this much before the latest so far. */
const CLOCK_SLACK_MS = 5_000;
/** An entry with more people is split into several. */
const MOST_PEOPLE = 256;

type Known = ProvenEntry & { body: PublicBody };

/** All entries of some chains in the log's order, each once; with its body where any of the chains has it. */
export function entriesInOrder(chains: readonly ProvenChain[]): ProvenEntry[] {
  const [only, ...more] = chains;
  if (only && more.length === 0) return [...only.entries];
  const found = new Map<number, ProvenEntry>();
  for (const { entries } of chains)
    for (const entry of entries) if (!found.get(entry.index)?.body) found.set(entry.index, entry);
  return [...found.values()].sort((a, b) => a.index - b.index);
}

/** A chain begins with its opening, under its handle, and is opened once; its instants do not fall. Throws Lie. */
export function checkChain({ person, handle, entries }: ProvenChain): void {
  const opening = entries[0];
  if (!opening) throw new Lie(`${handle}: the chain is empty`);
  let latest = Number.NEGATIVE_INFINITY;
  for (const entry of entries) {
    const { body } = entry;
    if (!body) continue;
    const isOpening = body.kind === "person_opened" && body.about === person;
    if (isOpening !== (entry === opening))
      throw new Lie(`${nameOf(entry)}: a chain begins with its person's opening, and nowhere else`);
    if (isOpening && body.data.handle !== handle)
      throw new Lie(`${nameOf(entry)}: the handle that was opened is ${body.data.handle}`);
    const recordedAt = Date.parse(body.recordedAt);
    if (recordedAt < latest - CLOCK_SLACK_MS)
      throw new Lie(
        `${nameOf(entry)}: recorded at ${body.recordedAt}, long before an entry before it`,
      );
    latest = Math.max(latest, recordedAt);
  }
}

/** Rules between entries, in the log's order. Throws Lie where one is broken. */
export function checkBook(entries: readonly ProvenEntry[]): void {
  const known = entries.filter((entry): entry is Known => entry.body !== null);
  const byId = new Map<string, Known>();
  for (const entry of known) {
    if (byId.has(entry.body.id)) throw new Lie(`${nameOf(entry)}: its id was used before`);
    byId.set(entry.body.id, entry);
  }
  const people = new PeopleRules();
  const reversed = new Set<string>();
  for (const entry of known) {
    if (entry.body.kind === "reversal") checkReversal(entry, byId, reversed);
    people.check(entry, byId);
  }
}

function checkReversal(
  entry: Known,
  byId: ReadonlyMap<string, Known>,
  reversed: Set<string>,
): void {
  const { body, index } = entry;
  if (body.kind !== "reversal") return;
  const name = nameOf(entry);
  if (body.about !== body.reverses) throw new Lie(`${name}: about another entry than it reverses`);
  if (reversed.has(body.reverses)) throw new Lie(`${name}: that entry was reversed before`);
  reversed.add(body.reverses);
  const of = byId.get(body.reverses);
  if (of && of.index >= index) throw new Lie(`${name}: it reverses what comes after it`);
  if (of && IRREVERSIBLE_KINDS.includes(of.body.kind))
    throw new Lie(`${name}: it reverses a ${of.body.kind}, which cannot be`);
}

/** A body names exactly the people that it must, as far as the bundle shows. */
class PeopleRules {
  /** The people of each gain's declarations. */
  readonly #ofGains = new Map<string, (readonly string[])[]>();

  check(entry: Known, byId: ReadonlyMap<string, Known>): void {
    const { body } = entry;
    const due = peopleNamedIn(body);
    if (body.kind === "gain")
      this.#ofGains.set(body.about, [...(this.#ofGains.get(body.about) ?? []), body.people]);
    const given = new Set(body.people);
    const left = [...due].find((one) => !given.has(one));
    if (left !== undefined)
      throw new Lie(`${nameOf(entry)}: it does not name ${left}, whom it concerns`);
    if (body.kind === "mark") return;
    if (body.kind === "evidence") {
      this.#checkEvidence(entry, given);
      return;
    }
    if (body.kind === "reversal" || body.kind === "withheld") {
      const of = byId.get(body.kind === "reversal" ? body.reverses : body.about);
      // What is reversed may be nobody's but its parties', what is withheld is not shown.
      if (!of) return;
      for (const one of of.body.people) due.add(one);
      if (due.size > MOST_PEOPLE) return;
    }
    if (given.size !== due.size || [...due].some((one) => !given.has(one)))
      throw new Lie(`${nameOf(entry)}: it names others than it concerns`);
  }

  /** A gain with too many people is declared in several entries, and each has its evidence. */
  #checkEvidence(entry: Known, given: ReadonlySet<string>): void {
    const declared = this.#ofGains.get(entry.body.about);
    const isWhole = declared?.some((people) => people.every((one) => given.has(one)));
    if (declared && !isWhole)
      throw new Lie(`${nameOf(entry)}: it does not name everybody of its gain`);
  }
}

/**
 * How many entries have no body. Each must have a later entry that says so, with the very same people. Throws Lie where one
 * has none.
 */
export function countWithheld(entries: readonly ProvenEntry[]): number {
  const saying = new Map<string, number[]>();
  for (const { index, body } of entries) {
    if (body?.kind !== "withheld") continue;
    const key = body.people.join();
    saying.set(key, [...(saying.get(key) ?? []), index]);
  }
  let missing = 0;
  for (const entry of entries.toReversed()) {
    const { index, body, people } = entry;
    if (body) continue;
    const said = saying.get(people.join())?.pop();
    if (said === undefined || said <= index)
      throw new Lie(`${nameOf(entry)}: its body is missing, and no entry says that it is withheld`);
    missing += 1;
  }
  return missing;
}

type Ties = Map<string, string[]>;

/** Whoever can be reached from a person. */
function reachedFrom(person: string, ties: Ties): Set<string> {
  const found = new Set([person]);
  for (const one of found) for (const other of ties.get(one) ?? []) found.add(other);
  return found;
}

/**
 * The chains of everybody who is said to be the same as the owner are given, and no stranger's. Answers whose record holds
 * the owner's and is not given: the owner is theirs, not the other way round. Throws Lie.
 */
export function checkPersons(
  owner: string,
  chains: readonly ProvenChain[],
  entries: readonly ProvenEntry[],
): string[] {
  const [theirs, joined, perhaps]: [Ties, Ties, Ties] = [new Map(), new Map(), new Map()];
  const tie = (of: Ties, one: string, other: string): void => {
    of.set(one, [...(of.get(one) ?? []), other]);
  };
  for (const { body, people } of entries) {
    const isJoin = body?.kind === "same_person";
    if (isJoin) tie(theirs, body.about, body.data.other);
    // What is withheld may have joined two people.
    if (!isJoin && (body || people.length !== 2)) continue;
    const [one, other] = people as [string, string];
    for (const of of isJoin ? [joined, perhaps] : [perhaps]) {
      tie(of, one, other);
      tie(of, other, one);
    }
  }
  const given = new Set(chains.map(({ person }) => person));
  if (given.size !== chains.length) throw new Lie("a person's chain is there twice");
  const missing = [...reachedFrom(owner, theirs)].find((one) => !given.has(one));
  if (missing) throw new Lie(`${missing} is the same person, and that chain is not in the bundle`);
  const possible = reachedFrom(owner, perhaps);
  const stranger = chains.find(({ person }) => !possible.has(person));
  if (stranger) throw new Lie(`${stranger.handle} is not said to be the same person`);
  return [...reachedFrom(owner, joined)].filter((one) => !given.has(one));
}
