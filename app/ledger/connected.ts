/**
 * Who is connected to an investor, and for whom a price counts (T24a, T25): pure answers to plain
 * facts. What is undeclared and happens off the platform cannot be seen here.
 */
import { addMonths } from "~/lib/dates";
import { policy } from "~/policy";

/** Somebody paid somebody, or somebody's price raised somebody's mark, on a UTC day. */
export type Tie = { from: string; to: string; day: string };
export type Pair = readonly [string, string];

/** People by id. Pairs hold both ways, whichever comes first. */
export type ConnectionFacts = {
  /** The day of the question. */
  day: string;
  /** Who is one person with whom (entities that a person controls and the like). */
  samePersons: readonly Pair[];
  /** Declared relatives and controlled entities. */
  declared: readonly Pair[];
  /** Teachers of one cohort. */
  partners: readonly Pair[];
  /** Investors and scouts who referred somebody to them. */
  scouts: readonly Pair[];
  /** Who holds whose token. */
  holdings: readonly Pair[];
  /** From who paid to who was paid, on the platform. */
  payments: readonly Tie[];
  /** From whose price it was to the holder for whom it counted. */
  marks: readonly Tie[];
};

/** The facts, ready to be asked. */
export type Connections = {
  personOf: (id: string) => string;
  tied: ReadonlyMap<string, ReadonlySet<string>>;
  paid: ReadonlyMap<string, ReadonlySet<string>>;
  /** Payments and marks together, in their direction and against it. */
  steps: ReadonlyMap<string, ReadonlySet<string>>;
  stepsBack: ReadonlyMap<string, ReadonlySet<string>>;
};

type Links = Map<string, Set<string>>;

/** Puts facts in order; payments and marks of more than 24 months before the day, or after it, are left out. */
export function connectionsOf(facts: ConnectionFacts): Connections {
  const personOf = personsOf(facts.samePersons);
  const since = addMonths(facts.day, -policy.connectedByPaymentMonths.value);
  const recent = ({ day }: Tie) => day >= since && day <= facts.day;
  const tied: Links = new Map();
  const { declared, partners, scouts, holdings } = facts;
  for (const [a, b] of [...declared, ...partners, ...scouts, ...holdings]) {
    link(tied, personOf(a), personOf(b));
    link(tied, personOf(b), personOf(a));
  }
  const paid: Links = new Map();
  for (const { from, to } of facts.payments.filter(recent))
    link(paid, personOf(from), personOf(to));
  const steps: Links = new Map();
  const stepsBack: Links = new Map();
  for (const { from, to } of [...facts.payments, ...facts.marks].filter(recent)) {
    link(steps, personOf(from), personOf(to));
    link(stepsBack, personOf(to), personOf(from));
  }
  return { personOf, tied, paid, steps, stepsBack };
}

function link(links: Links, from: string, to: string): void {
  const known = links.get(from);
  if (known) known.add(to);
  else links.set(from, new Set([to]));
}

/** Each id's person: the first id, in order, of all that are one person with it. */
function personsOf(pairs: readonly Pair[]): (id: string) => string {
  const above = new Map<string, string>();
  const personOf = (id: string): string => {
    let person = id;
    for (let next = above.get(person); next !== undefined; next = above.get(person)) person = next;
    return person;
  };
  for (const [a, b] of pairs) {
    const [first, second] = [personOf(a), personOf(b)].sort() as [string, string];
    if (first !== second) above.set(second, first);
  }
  return personOf;
}

/**
 * Whether `other` is connected to `investor` (T25): one person with them, a relative, a controlled
 * entity, a cohort partner, their scout or whose scout they are, a holder of their token or whose
 * token they hold, whom they paid in 24 months, or with them on a circle of at most four payments or
 * marks. `present`: what the deal in question itself pays and marks; it closes circles too.
 */
export function isConnected(
  connections: Connections,
  investor: string,
  other: string,
  present: readonly Omit<Tie, "day">[] = [],
): boolean {
  const { personOf, tied, paid } = connections;
  const [a, b] = [personOf(investor), personOf(other)];
  if (a === b || tied.get(a)?.has(b) || paid.get(a)?.has(b)) return true;
  return isOnCircle(withPresent(connections, present), a, b, policy.circleOfPayments.value);
}

type Steps = { ahead: (id: string) => string[]; back: (id: string) => string[] };

function withPresent(
  { personOf, steps, stepsBack }: Connections,
  present: readonly Omit<Tie, "day">[],
): Steps {
  const ahead: Links = new Map();
  const back: Links = new Map();
  for (const { from, to } of present) {
    link(ahead, personOf(from), personOf(to));
    link(back, personOf(to), personOf(from));
  }
  return {
    ahead: (id) => [...(steps.get(id) ?? []), ...(ahead.get(id) ?? [])],
    back: (id) => [...(stepsBack.get(id) ?? []), ...(back.get(id) ?? [])],
  };
}

/** How many steps everybody who can is from `target`, up to so many. */
function distancesTo(target: string, { back }: Steps, most: number): Map<string, number> {
  const distances = new Map([[target, 0]]);
  let edge = [target];
  for (let distance = 1; distance <= most && edge.length > 0; distance++) {
    const next: string[] = [];
    for (const id of edge.flatMap(back)) {
      if (distances.has(id)) continue;
      distances.set(id, distance);
      next.push(id);
    }
    edge = next;
  }
  return distances;
}

/** Whether a circle of at most so many steps, nobody on it twice, goes from a through b back to a. */
function isOnCircle(steps: Steps, a: string, b: string, longest: number): boolean {
  const toA = distancesTo(a, steps, longest - 1);
  const toB = distancesTo(b, steps, longest - 1);
  const fromB = toA.get(b);
  if (fromB === undefined || !toB.has(a)) return false;
  /** Whether the walk can end within `left` steps from `at`, having passed b or not. */
  const walk = (at: string, passed: readonly string[], metB: boolean, left: number): boolean =>
    steps.ahead(at).some((id) => {
      if (id === a) return metB;
      if (passed.includes(id)) return false;
      const met = metB || id === b;
      const needed = met ? toA.get(id) : sumOf(toB.get(id), fromB);
      if (needed === undefined || needed > left - 1) return false;
      return walk(id, [...passed, id], met, left - 1);
    });
  return walk(a, [], false, longest);
}

function sumOf(a: number | undefined, b: number): number | undefined {
  return a === undefined ? undefined : a + b;
}

/** Whether a resale counts in full (T24a): the buyer is not connected to the seller, this payment included. */
export function isUnconnectedSale(
  connections: Connections,
  seller: string,
  buyer: string,
): boolean {
  return !isConnected(connections, seller, buyer, [{ from: buyer, to: seller }]);
}

/** Shares of a token that changed hands for a price. */
export type Price = {
  priceCents: bigint;
  shares: bigint;
  /** Who was paid: the holder who sold, or the token's owner. */
  seller: string;
  buyers: readonly {
    person: string;
    paidCents: bigint;
    /** What they got for it, a scout's part not included. */
    shares: bigint;
    /** Whether they held no shares of the token before. */
    isNew: boolean;
  }[];
};

/**
 * Whether a price may raise a holder's mark (T25): new holders who are not connected to the holder
 * paid at least half of it, at least $10,000, for at least 50,000 shares, and the holder is not the
 * seller. What the deal pays, and the mark that it would set, close circles too.
 */
export function priceCounts(connections: Connections, price: Price, holder: string): boolean {
  const { personOf } = connections;
  if (personOf(holder) === personOf(price.seller)) return false;
  const payments = price.buyers.map(({ person }) => ({ from: person, to: price.seller }));
  let paid = 0n;
  let shares = 0n;
  for (const buyer of price.buyers) {
    const present = [...payments, { from: buyer.person, to: holder }];
    if (!buyer.isNew || isConnected(connections, holder, buyer.person, present)) continue;
    paid += buyer.paidCents;
    shares += buyer.shares;
  }
  const from = policy.priceCountsFrom.value;
  const [part, of] = from.part;
  return paid * of >= price.priceCents * part && paid >= from.cents && shares >= from.shares;
}

/** The holders for whom a price counts, in the order given. */
export function holdersCounted(
  connections: Connections,
  price: Price,
  holders: readonly string[],
): string[] {
  return holders.filter((holder) => priceCounts(connections, price, holder));
}
