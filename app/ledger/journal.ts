/** A track record as plain-text accounting that hledger, ledger and beancount's importers read. */
import { addDays } from "~/lib/dates";
import { decimalString, ratioString } from "~/lib/ratio";
import {
  type HeldLine,
  heldLines,
  type LinedRecord,
  type RecordLine,
  recordLines,
} from "./record-lines";

/** Accounts of what counts; the default query (`assets:positions`) sees these and nothing else. */
const COUNTED = {
  positions: "assets:positions",
  distributions: "income:distributions",
  repayments: "income:repayments",
  "own-holders": "expenses:own-holders",
  cash: "assets:cash",
  carried: "equity:carried",
};
type Name = keyof typeof COUNTED;

/** An account of a token's, or the one of all tokens: what does not count has accounts under its standing. */
function accountOf({ standing, tokenHandle }: RecordLine | HeldLine, name: Name): string {
  const base = standing === "counted" ? COUNTED[name] : `${standing}:${name}`;
  return name === "cash" || name === "carried" ? base : `${base}:${tokenHandle}`;
}

const usd = (cents: bigint): string => `${decimalString(cents, 2)} USD`;
const posting = (account: string, amount: string): string => `  ${account}  ${amount}`;
const commodity = (handle: string): string => `"${handle}"`;

/**
 * One line of the record as a transaction. Cash without shares passes through the position, so that tools see it as that
 * position's; shares that leave are priced at what came for them, those that enter at what was paid.
 */
function transaction(line: RecordLine): string {
  const account = (name: Name) => accountOf(line, name);
  const { shares, standing, ownHoldersCents: own } = line;
  const rows: string[] = [];
  const through = (from: Name, cents: bigint) => {
    if (cents === 0n) return;
    rows.push(posting(account(from), usd(-cents)));
    if (standing !== "counted") return;
    for (const both of [cents, -cents]) rows.push(posting(account("positions"), usd(both)));
  };
  if (shares === 0n) through("repayments", line.proceedsCents);
  else {
    const price = shares > 0n ? line.paidCents - line.proceedsCents : line.proceedsCents;
    rows.push(
      posting(account("positions"), `${shares} ${commodity(line.tokenHandle)} @@ ${usd(price)}`),
    );
  }
  through("distributions", line.receivedCents);
  if (own !== 0n) rows.push(posting(account("own-holders"), usd(own)));
  const cash = line.receivedCents + line.proceedsCents - line.paidCents - own;
  rows.push(posting(account("cash"), usd(cash)));
  const beside = standing === "counted" || standing === "unconfirmed" ? [] : [`${standing}:`];
  const tags = line.unconfirmed ? [...beside, "unconfirmed:"] : beside;
  const note = tags.length === 0 ? "" : `  ; ${tags.join(", ")}`;
  const paid = own > 0n ? ", own holders paid" : "";
  const title = `${line.day} ${line.kind.replaceAll("_", " ")} ${line.entry}${paid}${note}`;
  return [title, ...rows].join("\n");
}

/** What is still held leaves at its carried value on the valuation date, so that the last flow falls on that day. */
function carried(day: string, line: HeldLine): string {
  const note = line.standing === "counted" ? "" : `  ; ${line.standing}:`;
  const amount = `-${line.shares} ${commodity(line.tokenHandle)} @@ ${usd(line.valueCents)}`;
  return [
    `${day} carried value${note}`,
    posting(accountOf(line, "positions"), amount),
    posting(accountOf(line, "carried"), usd(line.valueCents)),
  ].join("\n");
}

/** A price for every commodity ever held, on the valuation date; 0 where nothing is left. */
function prices(day: string, held: readonly HeldLine[]): string[] {
  const handles = [...new Set(held.map((line) => line.tokenHandle))];
  return handles.map((handle) => {
    const lines = held.filter((line) => line.tokenHandle === handle);
    const shares = lines.reduce((sum, line) => sum + line.shares, 0n);
    const cents = lines.reduce((sum, line) => sum + line.valueCents, 0n);
    const price = shares === 0n ? decimalString(0n, 12) : ratioString(cents, shares * 100n, 12);
    return `P ${day} ${commodity(handle)} ${price} USD`;
  });
}

function head(book: LinedRecord, first: string | undefined): string {
  const title = `; Track record of ${book.handle} as of ${book.valuationDate}.`;
  if (first === undefined) return `${title} No investments.`;
  const roi = `hledger -f FILE roi --inv assets:positions -b ${first} -e ${addDays(book.valuationDate, 1)} -V`;
  return [
    title,
    `; Gross IRR: ${roi} --pnl income`,
    `; Net IRR:   ${roi} --pnl 'income|expenses'`,
    "; Unconfirmed and early cash, positions apart and finder's stakes are on accounts of their own, out of these queries.",
  ].join("\n");
}

/**
 * The record as a plain-text accounting journal: `hledger check` passes on it, and `hledger roi` gives the gross and the
 * net IRR. Ordered by day; a record without investments is a valid journal with a comment alone.
 */
export function journalText(book: LinedRecord): string {
  const lines = recordLines(book);
  const held = heldLines(book);
  const left = held.filter((line) => line.shares > 0n);
  const first = lines.find((line) => line.standing === "counted")?.day ?? lines[0]?.day;
  return `${[
    head(book, first),
    ...lines.map(transaction),
    ...left.map((line) => carried(book.valuationDate, line)),
    prices(book.valuationDate, held).join("\n"),
  ]
    .filter((block) => block !== "")
    .join("\n\n")}\n`;
}
