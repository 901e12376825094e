/** A record as its page says it: every figure with its exact value and the address of its ledger lines. Pure. */
import type { Figures, RecordSummary } from "~/ledger/returns";
import { formatIrrBasis } from "~/lib/money";
import type { FigureName, Part } from "./figures";
import type { InvestmentLine } from "./get-record.server";
import { type Shown, shownCents, shownCount, shownPart, shownRate, shownRatio } from "./shown";

/** A named figure with what it means; `net` beside the gross one. */
export type Fact = { name: string; value: Shown; note: string; net?: Shown };

const cashOf = ({ distributionsCents, proceedsCents }: Figures): string =>
  String(BigInt(distributionsCents) + BigInt(proceedsCents));

/** Time as people say it: `5 years`, `1.5 years`, `200 days`. */
export function spanOf(days: number): string {
  return formatIrrBasis(days, 0)
    .replace(/^over /, "")
    .replace(/, 0 investments$/, "");
}

/** One group of a record: all of it, a vintage, a cohort. */
type Group = { handle: string; part: Part; days: number };

const side = (group: Group, name: "gross" | "net", figures: Figures) => {
  const of = (figure: FigureName) => ({ of: figure, side: name, ...group.part });
  const { handle, days } = group;
  return {
    dpi: shownRatio(handle, of("dpi"), figures.dpi),
    rvpi: shownRatio(handle, of("rvpi"), figures.rvpi),
    tvpi: shownRatio(handle, of("tvpi"), figures.tvpi),
    irr: shownRate(handle, of("irr"), figures.irr, days),
    cash: shownCents(handle, of("cash"), cashOf(figures)),
    distributions: shownCents(handle, of("distributions"), figures.distributionsCents),
    proceeds: shownCents(handle, of("proceeds"), figures.proceedsCents),
    unconfirmed: shownCents(handle, of("unconfirmed"), figures.unconfirmedCents),
    early: shownCents(handle, of("early"), figures.earlyCents),
    value: shownCents(handle, of("value"), figures.valueCents),
    paidIn: shownCents(handle, of("paid-in"), figures.paidInCents),
  };
};

/** Gross and net of the whole record, line by line. */
export function presentSides(handle: string, summary: RecordSummary, days: number) {
  const group = { handle, part: {}, days };
  const [gross, net] = [side(group, "gross", summary.gross), side(group, "net", summary.net)];
  const own = BigInt(cashOf(summary.gross)) - BigInt(cashOf(summary.net));
  const rows: { name: string; note: string; gross: Shown; net: Shown }[] = [
    { name: "Paid in", note: "all cash paid for shares", gross: gross.paidIn, net: net.paidIn },
    {
      name: "Distributions",
      note: "confirmed gains of students",
      gross: gross.distributions,
      net: net.distributions,
    },
    {
      name: "Proceeds",
      note: "shares sold on, bought back, or given back",
      gross: gross.proceeds,
      net: net.proceeds,
    },
    { name: "Carried value", note: "what is still held", gross: gross.value, net: net.value },
    { name: "DPI", note: "cash back over paid in", gross: gross.dpi, net: net.dpi },
    { name: "RVPI", note: "carried value over paid in", gross: gross.rvpi, net: net.rvpi },
    { name: "TVPI", note: "the two together", gross: gross.tvpi, net: net.tvpi },
    {
      name: "IRR",
      note: `yearly return ${formatIrrBasis(days, summary.investments)}`,
      gross: gross.irr,
      net: net.irr,
    },
    {
      name: "Unconfirmed cash",
      note: "in no ratio",
      gross: gross.unconfirmed,
      net: net.unconfirmed,
    },
    {
      name: "Early distributions",
      note: "within 180 days of the investment, in no ratio",
      gross: gross.early,
      net: net.early,
    },
  ];
  return { rows, ownHolders: shownCents(handle, { of: "own-holders" }, own) };
}

/** The head of the page: DPI large, the sentence that it is made of, and the strip beside it. */
export function presentHead(handle: string, summary: RecordSummary, days: number) {
  const { gross, net, investments, students } = summary;
  const whole = { whole: true };
  const basis = formatIrrBasis(days, investments);
  const [g, n] = [
    side({ handle, part: {}, days }, "gross", gross),
    side({ handle, part: {}, days }, "net", net),
  ];
  const strip: Fact[] = [
    { name: "TVPI", value: g.tvpi, net: n.tvpi, note: "cash back and carried value over paid in" },
    { name: "IRR", value: g.irr, net: n.irr, note: basis },
    {
      name: "Median outcome",
      value: shownRatio(handle, { of: "median" }, summary.medianTvpi),
      note: "half of the money did no better",
    },
    {
      name: "Best position’s share",
      value: shownPart(handle, { of: "best" }, summary.bestShare),
      note: "of all that came and is held",
    },
    {
      name: "Years",
      value: { ...shownCount(handle, { of: "years" }, days), text: spanOf(days) },
      note: "since the first investment",
    },
    {
      name: "Investments",
      value: shownCount(handle, { of: "investments" }, investments),
      note: "every one since the first",
    },
    {
      name: "Students",
      value: shownCount(handle, { of: "students" }, students),
      note: "whose shares were bought",
    },
  ];
  const some = (of: "unconfirmed" | "early", cents: string) =>
    cents === "0" ? null : shownCents(handle, { of }, cents, whole);
  return {
    dpi: g.dpi,
    net: n.dpi,
    paidIn: shownCents(handle, { of: "paid-in" }, gross.paidInCents, whole),
    cash: shownCents(handle, { of: "cash" }, cashOf(gross), whole),
    value: shownCents(handle, { of: "value" }, gross.valueCents, whole),
    unconfirmed: some("unconfirmed", gross.unconfirmedCents),
    early: some("early", gross.earlyCents),
    strip,
  };
}

/** What stands beside the headline: relatives' positions and finder's stakes. Null where there is none of it. */
export function presentBeside(handle: string, summary: RecordSummary) {
  const apart = summary.positions.filter((position) => position.apart);
  const total = apart.reduce(
    (sum, { gross }) => sum + BigInt(cashOf(gross)) + BigInt(gross.valueCents),
    0n,
  );
  const { lots, receivedCents, valueCents } = summary.findersStakes;
  return {
    apart:
      apart.length === 0
        ? null
        : { count: apart.length, total: shownCents(handle, { of: "apart" }, total) },
    stakes:
      lots === 0
        ? null
        : {
            count: lots,
            total: shownCents(handle, { of: "stakes" }, BigInt(receivedCents) + BigInt(valueCents)),
          },
  };
}

/** Cash of one investment with one standing, and the grades of its evidence. */
export type CashShown = {
  standing: "counted" | "unconfirmed" | "early";
  value: Shown;
  grades: string[];
};

function cashShown(handle: string, line: InvestmentLine): CashShown[] {
  const part = { lot: line.lotId };
  const grades = (standing: CashShown["standing"]) =>
    line.payments
      .filter(
        ({ early, confirmed }) =>
          (early ? "early" : confirmed ? "counted" : "unconfirmed") === standing,
      )
      .map(({ grade }) => grade ?? "platform");
  const all: CashShown[] = [
    {
      standing: "counted",
      value: shownCents(handle, { of: "cash", ...part }, line.confirmedCents),
      grades: grades("counted"),
    },
    {
      standing: "unconfirmed",
      value: shownCents(handle, { of: "unconfirmed", ...part }, line.unconfirmedCents),
      grades: grades("unconfirmed"),
    },
    {
      standing: "early",
      value: shownCents(handle, { of: "early", ...part }, line.earlyCents),
      grades: grades("early"),
    },
  ];
  return all.filter(({ standing, value }) => standing === "counted" || value.exact !== "$0.00");
}

/** One investment as a line of the page. */
export function presentInvestment(handle: string, line: InvestmentLine) {
  const part = { lot: line.lotId };
  const { student, day, shares, markClass, markDate, endedCause, reversed, apart } = line;
  return {
    key: line.lotId,
    ...{
      student,
      handle: line.handle,
      day,
      shares,
      markClass,
      markDate,
      endedCause,
      reversed,
      apart,
    },
    isSold: line.sharesLeft === "0",
    hasPaid: line.payments.length > 0,
    paidIn: shownCents(handle, { of: "paid-in", ...part }, line.paidCents),
    cash: cashShown(handle, line),
    value: shownCents(handle, { of: "value", ...part }, line.carriedCents),
    multiple: shownRatio(handle, { of: "tvpi", ...part }, line.multiple),
  };
}
export type InvestmentShown = ReturnType<typeof presentInvestment>;

/** A vintage or a cohort of a record as a line of the page, with the year in whose company it is compared. */
export function presentGroup(
  handle: string,
  group: {
    name: string;
    to: string | null;
    part: Part;
    year: number;
    days: number;
    positions: number;
    investments: number;
  },
  figures: { gross: Figures; net: Figures },
) {
  const { name, to, part, year, days, positions, investments } = group;
  const [gross, net] = [
    side({ handle, part, days }, "gross", figures.gross),
    side({ handle, part, days }, "net", figures.net),
  ];
  return {
    ...{ name, to, year },
    dpiValue: figures.gross.dpi === null ? null : Number(figures.gross.dpi),
    tvpiValue: figures.gross.tvpi === null ? null : Number(figures.gross.tvpi),
    students: shownCount(handle, { of: "students", ...part }, positions),
    paidIn: gross.paidIn,
    dpi: gross.dpi,
    netDpi: net.dpi,
    tvpi: gross.tvpi,
    irr: gross.irr,
    basis: formatIrrBasis(days, investments),
  };
}
export type GroupShown = ReturnType<typeof presentGroup>;
