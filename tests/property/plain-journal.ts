import { utcDay } from "~/lib/dates";
import {
  type Code,
  type Move,
  PlainAccounts,
  type PlainClaim,
  shares,
  type Wait,
} from "./plain-accounts";
import { type PlainFlow, type PlainGain, type PlainLot, PlainLots } from "./plain-lots";

/** An entry of the model's journal: what it moved, and how its consequences are taken back. */
export type PlainEntry = {
  n: number;
  kind: string;
  moves: Move[];
  waits: Wait[];
  stands: boolean;
  /** What of the reversal of this entry belongs to whom, by escrow. */
  undo(now: Date, back: Move[], claims: PlainClaim[]): void;
  hasDependents(): boolean;
  /** The real entry, once it is there. */
  ref?: { entryId: bigint; logId: string };
};
export type OpenClaim = PlainClaim & {
  repaid: bigint;
  reversalOf: PlainEntry;
  reversal: PlainEntry;
};
type Given = {
  moves?: Move[];
  waits?: Wait[];
  asked?: Code;
  undo?: PlainEntry["undo"];
  hasDependents?: PlainEntry["hasDependents"];
};
export type NewLot = Pick<
  PlainLot,
  "id" | "holder" | "bought" | "paid" | "cap" | "sunset" | "locked" | "finder"
>;

const no = () => false;

/** The journal of the plain model: what an entry moves and changes, and what later entries depend on it. It knows no SQL. */
export class PlainJournal {
  readonly accounts = new PlainAccounts();
  readonly lots = new PlainLots();
  readonly journal: PlainEntry[] = [];
  readonly claims: OpenClaim[] = [];
  readonly same = new Map<string, string>();
  readonly ownerOfEscrow = new Map<string, string>();
  /** By token: its owner. */
  readonly tokens = new Map<string, string>();
  private n = 0;

  /** Weighs an entry; when it is accepted, writes it down. */
  enter(kind: string, given: Given = {}): { code: Code; entry: PlainEntry | null } {
    const { moves = [], waits = [], asked = "ok", undo = () => {}, hasDependents = no } = given;
    const paid = moves.filter((m) => m.amount > 0n);
    const code = this.accounts.move(paid, waits, asked);
    if (code !== "ok") return { code, entry: null };
    this.n += 1;
    const entry = { n: this.n, kind, moves: paid, waits, stands: true, undo, hasDependents };
    this.journal.push(entry);
    return { code, entry };
  }

  mint(token: string, owner: string): void {
    this.tokens.set(token, owner);
    this.accounts.owners.add(shares(owner, token));
    this.enter("token_minted", {
      moves: [{ from: `mint/${token}`, to: shares(owner, token), amount: 10_000_000n }],
    });
  }
  ownTokenOf(person: string): string | undefined {
    return [...this.tokens].find(([, owner]) => owner === person)?.[0];
  }

  /** Whether shares or money that an entry put somewhere have gone on by an entry that stands. */
  protected hasGoneOn(entry: PlainEntry): boolean {
    const into = entry.moves.map((m) => m.to).filter((to) => /^(escrow|reserved)\//.test(to));
    return this.journal.some(
      (later) =>
        later.n > entry.n &&
        later.stands &&
        later.kind !== "reversal" &&
        later.moves.some((m) => into.includes(m.from)),
    );
  }
  protected later(n: number, kinds: string[], about: (e: PlainEntry) => boolean): boolean {
    return this.journal.some((e) => e.n > n && e.stands && kinds.includes(e.kind) && about(e));
  }

  protected addLots(
    n: number,
    token: string,
    now: Date,
    apart: boolean,
    lots: NewLot[],
  ): PlainLot[] {
    const made = lots.map((l) => ({
      ...l,
      n,
      token,
      left: l.bought,
      cost: l.paid,
      apart,
      day: utcDay(now),
      moved: [{ at: now.getTime(), shares: l.bought }],
      ended: null,
      reversed: false,
    }));
    this.lots.lots.push(...made);
    return made;
  }
  protected unmake(lots: PlainLot[], now: Date): void {
    for (const lot of lots) {
      lot.moved.push({ at: now.getTime(), shares: -lot.left });
      Object.assign(lot, { left: 0n, cost: 0n, cap: lot.cap === null ? null : 0n, reversed: true });
    }
  }
  /** Whether something that stands came later to one of these lots. */
  protected touched(lots: PlainLot[], n: number, own: PlainLot[]): boolean {
    const { gains, sales, marks } = this.lots;
    return (
      sales.some((s) => s.n > n && s.stands && s.taken.some((t) => lots.includes(t.lot))) ||
      gains.some((g) => g.n > n && g.stands && g.parts.some((p) => lots.includes(p.lot))) ||
      this.journal.some(
        (e) => e.n > n && e.stands && (this.paidLots.get(e) ?? []).some((l) => lots.includes(l)),
      ) ||
      this.journal.some(
        (e) => e.n > n && e.stands && lots.some((l) => l === this.endedLot.get(e)),
      ) ||
      own.some((l) => this.reservedBy.get(`${l.holder}/${l.token}`)) ||
      marks.some((m) => m.of === n && m.stands)
    );
  }
  /** Whether a mark that stands was set while somebody held nothing of the token, and so does not name them. */
  protected markedMeanwhile(holder: string, token: string, n: number): boolean {
    return this.lots.marks.some(
      (m) => m.stands && m.n > n && m.token === token && !m.holders.has(holder),
    );
  }
  protected readonly paidLots = new Map<PlainEntry, PlainLot[]>();
  protected readonly endedLot = new Map<PlainEntry, PlainLot>();
  /** How many shares of a token a seller has reserved for sale. */
  readonly reservedBy = new Map<string, bigint>();

  protected flow(
    lot: PlainLot,
    flow: Omit<PlainFlow, "lot" | "own"> & { own?: bigint },
  ): PlainFlow {
    const whole = { own: 0n, ...flow, lot };
    this.lots.flows.push(whole);
    return whole;
  }
  protected takeBack(flows: PlainFlow[]): void {
    this.lots.flows.push(...flows.map((f) => ({ ...f, cents: -f.cents, own: -f.own })));
  }
  /** Cash that comes back to a buyer because of a reversal stands with the first lot that they had bought. */
  protected cameBack(lots: PlainLot[], person: string, cents: bigint): PlainFlow | null {
    const first = lots.find((l) => l.holder === person && !l.finder);
    if (!first || cents === 0n) return null;
    return this.flow(first, { cents, distribution: false, early: false, confirmed: () => true });
  }
  protected readonly madeBy = new Map<PlainEntry, PlainLot[]>();
  protected readonly aboutGain = new Map<PlainEntry, PlainGain>();
  protected readonly endedByCap = new Set<PlainEntry>();

  /** Whether a later result of a token was counted after this one. */
  protected countedLater(n: number): boolean {
    const { gains, sales } = this.lots;
    const mine = gains.find((g) => g.n === n);
    if (!mine) return false;
    const parted = sales.filter((s) => s.parting && s.n < n).flatMap((s) => s.taken);
    return gains.some(
      (g) =>
        g.n > n &&
        g.stands &&
        g.token === mine.token &&
        (g.year === mine.year || g.parts.some((p) => parted.some((t) => t.lot === p.lot))),
    );
  }
  protected gain(entry: PlainEntry, gain: Omit<PlainGain, "n" | "stands" | "evidence">): PlainGain {
    const kept = { ...gain, n: entry.n, stands: true, evidence: [] };
    this.lots.gains.push(kept);
    return kept;
  }

  reserve(seller: string, token: string, count: bigint): void {
    const key = `${seller}/${token}`;
    const now = (this.reservedBy.get(key) ?? 0n) + count;
    if (now === 0n) this.reservedBy.delete(key);
    else this.reservedBy.set(key, now);
  }
}
