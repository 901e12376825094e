/** What holds between the bodies of a bundle, whoever wrote them: a book that breaks it hides or counts something twice. */
import type { BodyOf, PublicBody } from "../bodies";
import { IRREVERSIBLE_KINDS } from "../kinds";
import { nameOf, type ProvenEntry } from "./chain";
import { Lie } from "./findings";
import { peopleNamedIn } from "./people";

/** An entry with more people is split into several. */
const MOST_PEOPLE = 256;

type Known = ProvenEntry & { body: PublicBody };
/** What must be remembered of an entry: later ones may speak of it. */
type Remembered = { index: number; kind: PublicBody["kind"]; people: readonly string[] };
type Ties = Map<string, string[]>;

/** Whoever can be reached from a person. */
function reachedFrom(person: string, ties: Ties): Set<string> {
  const found = new Set([person]);
  for (const one of found) for (const other of ties.get(one) ?? []) found.add(other);
  return found;
}

function add<T>(to: Map<string, T[]>, key: string, one: T): void {
  const there = to.get(key);
  if (there) there.push(one);
  else to.set(key, [one]);
}

/** Rules between the entries of a bundle, told them in the log's order. Every method throws Lie where one is broken. */
export class BookRules {
  count = 0;
  readonly #byId = new Map<string, Remembered>();
  readonly #reversed = new Map<string, ProvenEntry>();
  /** The people of each gain's declarations. */
  readonly #ofGains = new Map<string, (readonly string[])[]>();
  readonly #missing: ProvenEntry[] = [];
  /** Entries that say that something is withheld, by the people whom it concerns. */
  readonly #saying = new Map<string, number[]>();
  /** Who is somebody else's, who are one, and who may be: what is withheld may have joined two people. */
  readonly #theirs: Ties = new Map();
  readonly #joined: Ties = new Map();
  readonly #perhaps: Ties = new Map();
  /** One string a person, however often it was read. */
  readonly #persons = new Map<string, string>();

  check(entry: ProvenEntry): void {
    this.count += 1;
    const { body } = entry;
    if (!body) {
      this.#missing.push(entry);
      const [one, other, ...more] = entry.people;
      if (one && other && more.length === 0) this.#tie(this.#perhaps, one, other);
      return;
    }
    this.#checkBody({ ...entry, body });
  }

  #checkBody(entry: Known): void {
    const { body, index } = entry;
    const { id, kind } = body;
    if (this.#byId.has(id)) throw new Lie(`${nameOf(entry)}: its id was used before`);
    const backward = this.#reversed.get(id);
    if (backward) throw new Lie(`${nameOf(backward)}: it reverses what comes after it`);
    if (body.kind === "reversal") this.#checkReversal(entry, body);
    if (body.kind === "withheld") add(this.#saying, body.people.join(), index);
    if (body.kind === "same_person") {
      add(this.#theirs, body.about, body.data.other);
      this.#tie(this.#joined, body.about, body.data.other);
      this.#tie(this.#perhaps, body.about, body.data.other);
    }
    this.#checkPeople(entry);
    const people = body.people.map((one) => this.#once(one));
    if (kind === "gain") add(this.#ofGains, body.about, people);
    this.#byId.set(id, { index, kind, people });
  }

  #once(person: string): string {
    const known = this.#persons.get(person);
    if (known === undefined) this.#persons.set(person, person);
    return known ?? person;
  }

  #tie(ties: Ties, one: string, other: string): void {
    add(ties, one, other);
    add(ties, other, one);
  }

  #checkReversal(entry: Known, body: BodyOf<"reversal">): void {
    const { about, reverses } = body;
    const name = nameOf(entry);
    if (about !== reverses) throw new Lie(`${name}: about another entry than it reverses`);
    if (this.#reversed.has(reverses)) throw new Lie(`${name}: that entry was reversed before`);
    this.#reversed.set(reverses, { ...entry, body: null });
    const of = this.#byId.get(reverses);
    if (of && IRREVERSIBLE_KINDS.includes(of.kind))
      throw new Lie(`${name}: it reverses a ${of.kind}, which cannot be`);
  }

  /** A body names exactly the people that it must, as far as the bundle shows. */
  #checkPeople(entry: Known): void {
    const { body } = entry;
    const due = peopleNamedIn(body);
    const given = new Set(body.people);
    for (const one of due)
      if (!given.has(one))
        throw new Lie(`${nameOf(entry)}: it does not name ${one}, whom it concerns`);
    if (body.kind === "mark") return;
    if (body.kind === "evidence") {
      this.#checkEvidence(entry, given);
      return;
    }
    if (body.kind === "reversal" || body.kind === "withheld") {
      const of = this.#byId.get(body.about);
      // What is reversed may be nobody's but its parties', what is withheld is not shown.
      if (!of) return;
      for (const one of of.people) due.add(one);
      if (due.size > MOST_PEOPLE) return;
      if (of.people.some((one) => !given.has(one)))
        throw new Lie(`${nameOf(entry)}: it does not name everybody of what it is about`);
    }
    if (given.size !== due.size)
      throw new Lie(`${nameOf(entry)}: it names others than it concerns`);
  }

  /** A gain with too many people is declared in several entries, and each has its evidence. */
  #checkEvidence(entry: Known, given: ReadonlySet<string>): void {
    const declared = this.#ofGains.get(entry.body.about);
    const isWhole = declared?.some((people) => people.every((one) => given.has(one)));
    if (declared && !isWhole)
      throw new Lie(`${nameOf(entry)}: it does not name everybody of its gain`);
  }

  /** How many entries have no body. Each must have a later entry that says so, with the very same people. */
  countWithheld(): number {
    for (const entry of this.#missing.toReversed()) {
      const said = this.#saying.get(entry.people.join())?.pop();
      if (said === undefined || said <= entry.index)
        throw new Lie(
          `${nameOf(entry)}: its body is missing, and no entry says that it is withheld`,
        );
    }
    return this.#missing.length;
  }

  /**
   * Everybody who is said to be the same as the owner is given, and no stranger. Answers whose record holds the owner's and
   * is not given: the owner is theirs, not the other way round.
   */
  checkPersons(owner: string, chains: readonly { person: string; handle: string }[]): string[] {
    const given = new Set(chains.map(({ person }) => person));
    if (given.size !== chains.length) throw new Lie("a person's chain is there twice");
    const missing = [...reachedFrom(owner, this.#theirs)].find((one) => !given.has(one));
    if (missing)
      throw new Lie(`${missing} is the same person, and that chain is not in the bundle`);
    const possible = reachedFrom(owner, this.#perhaps);
    const stranger = chains.find(({ person }) => !possible.has(person));
    if (stranger) throw new Lie(`${stranger.handle} is not said to be the same person`);
    return [...reachedFrom(owner, this.#joined)].filter((one) => !given.has(one));
  }
}
