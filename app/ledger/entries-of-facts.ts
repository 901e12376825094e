/** Journal entries that state what counts: marks, who is one person, years without a sale, deferrals. No money moves. */
import { type Act, act, type EntryInput, OUTSIDE, TOKEN_SHARES } from "./entries";

export type WriteDownCause = "statement" | "finding" | "missed_years";

type Mark = { tokenId: string; day: string; counts: string[] };

/**
 * The price of an investment or resale sets a mark (T25). `counts` names, by log id, the holders for whom it counts
 * although it is higher; a lower price counts for everybody. `event` is the log id of the entry that set the price.
 */
export function marked(
  a: Act,
  mark: Mark & { priceCents: bigint; shares: bigint; event: string },
): EntryInput {
  return {
    ...act(a),
    kind: "mark",
    about: { type: "token", id: mark.tokenId },
    data: {
      priceCents: String(mark.priceCents),
      shares: String(mark.shares),
      class: "price",
      date: mark.day,
      event: mark.event,
      counts: mark.counts,
    },
    postings: [],
  };
}

/** A token is carried at nothing until a later price counts: its owner's statement, an operator's finding, two missed years. */
export function writtenDown(a: Act, mark: Mark & { cause: WriteDownCause }): EntryInput {
  return {
    ...act(a),
    kind: "mark",
    about: { type: "token", id: mark.tokenId },
    data: {
      priceCents: "0",
      shares: String(TOKEN_SHARES),
      class: "written_down",
      date: mark.day,
      event: mark.cause,
      counts: mark.counts,
    },
    postings: [],
  };
}

/** From now on two people are one record (T18): an entity counts as who controls it. */
export function samePerson(a: Act, joined: { personId: string; otherLogId: string }): EntryInput {
  return {
    ...act(a),
    kind: "same_person",
    about: { type: "person", id: joined.personId },
    data: { other: joined.otherLogId },
    postings: [],
  };
}

/** An operator deferred the payment of a gain until an instant, for hardship (T11). */
export function gainDeferred(a: Act, gain: { id: string; until: Date }): EntryInput {
  return {
    ...act(a),
    kind: "gain_deferred",
    about: { type: "gain", id: gain.id },
    data: { until: gain.until.toISOString() },
    postings: [],
  };
}

/** The owner of a token declared that nothing was sold in a calendar year (T11). */
export function nothingSold(a: Act, token: { id: string; year: number }): EntryInput {
  return {
    ...act(a),
    kind: "nothing_declared",
    about: { type: "token", id: token.id },
    data: { year: token.year },
    postings: [],
  };
}

/** The public log is signed with a new key from now on, for 90 days beside the one before it. */
export function keyChanged(a: Act, vkey: string): EntryInput {
  return {
    ...act(a),
    kind: "key_changed",
    about: { type: "log", id: OUTSIDE },
    data: { vkey },
    postings: [],
  };
}

/** The body of an entry is shown no longer; whose chains it is in, they hold this too. */
export function withheld(a: Act, entryLogId: string): EntryInput {
  return {
    ...act(a),
    kind: "withheld",
    about: { type: "entry", id: entryLogId },
    data: {},
    postings: [],
  };
}
