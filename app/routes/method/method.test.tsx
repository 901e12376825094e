import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { getMethodPage } from "~/features/records/method.server";
import { METHOD_BOOK, type MethodBook } from "~/features/records/method-book";
import { rankTeachers } from "~/ledger/rank";
import { computeRecord } from "~/ledger/returns";
import { formatCents, formatIrr, formatMultiple, formatPercent } from "~/lib/money";
import { policy } from "~/policy";
import { CashPart, TheBook } from "./parts";
import { CarriedPart, SpreadPart } from "./parts-held";
import { DoubtPart, NetPart, RankPart, RatePart } from "./parts-rates";

// Links need a whole application around them.
vi.mock("@remix-run/react", () => ({
  Link: ({ to, ...rest }: { to: string }) => <a href={to} {...rest} />,
}));

const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, "")
    .replaceAll("&#x27;", "'")
    .replaceAll("&gt;", ">");
const recordOf = (book: MethodBook) =>
  computeRecord({
    valuationDate: book.valuationDate,
    lots: book.investments.map(({ lot }) => lot),
    cash: book.investments.flatMap(({ cash }) => cash),
  });

function shown(book: MethodBook): Record<string, string> {
  const page = getMethodPage(book);
  const parts: Record<string, ReactElement> = {
    book: <TheBook page={page} />,
    cash: <CashPart page={page} />,
    carried: <CarriedPart page={page} />,
    spread: <SpreadPart page={page} />,
    rate: <RatePart page={page} />,
    net: <NetPart page={page} />,
    rank: <RankPart page={page} />,
    doubt: <DoubtPart page={page} />,
  };
  return Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [name, textOf(renderToStaticMarkup(part))]),
  );
}

/** The example with one investment's cash ten times as much, and another year for its first day. */
function changed(): MethodBook {
  const [first, ...rest] = METHOD_BOOK.investments;
  if (!first) throw new Error("the example has investments");
  const cash = first.cash.map((event) => ({ ...event, cents: event.cents * 10n }));
  const [best, ...teachers] = METHOD_BOOK.teachers;
  const dpis = (best?.dpis ?? []).map((one) => ({ ...one, dpi: "9" }));
  return {
    ...METHOD_BOOK,
    investments: [{ ...first, cash, lot: { ...first.lot, acquiredDay: "2018-03-01" } }, ...rest],
    teachers: [{ name: best?.name ?? "", dpis }, ...teachers],
  };
}

describe.each([
  ["as it is", METHOD_BOOK],
  ["changed", changed()],
])("the example, %s", (_name, book) => {
  const page = shown(book);
  const { gross, net, medianTvpi, bestShare } = recordOf(book);

  it("shows the figures of a record computed from its book", () => {
    const cash = BigInt(gross.distributionsCents) + BigInt(gross.proceedsCents);
    expect(page.cash).toContain(
      `${formatCents(cash)} confirmed ÷ ${formatCents(gross.paidInCents)} paid in = ${formatMultiple(gross.dpi)}`,
    );
    expect(page.cash).toContain(`${formatCents(gross.unconfirmedCents)} unconfirmed`);
    expect(page.carried).toContain(`${formatCents(gross.valueCents)} carried`);
    expect(page.carried).toContain(`÷ paid in = ${formatMultiple(gross.tvpi)}`);
    expect(page.spread).toContain(
      `Median = ${formatMultiple(medianTvpi)}, best share = ${formatPercent(bestShare ?? "")}`,
    );
    expect(page.spread?.match(/half is reached here/g)).toHaveLength(1);
    expect(page.rate).toContain(`At ${formatIrr(gross.irr)}`);
    expect(page.net).toContain(`${gross.dpi} and ${net.dpi} exactly`);
  });

  it("proves its rate: all flows are worth nothing together on the first day", () => {
    expect(page.rate).toContain("the last column adds up to $0.");
  });

  it("marks the median at the position that has it", () => {
    const { steps } = getMethodPage(book);
    expect(steps.find(({ isMedian }) => isMedian)?.tvpi).toBe(medianTvpi);
  });

  it("ranks by the estimate", () => {
    const positions = book.teachers.flatMap(({ name, dpis }) =>
      dpis.map(({ year, dpi }) => ({
        ...{ person: name, vintage: year, logReturn: Math.log1p(Number(dpi)) },
      })),
    );
    const [best] = rankTeachers(positions);
    const times = (log: string | undefined) => `${Math.exp(Number(log)).toFixed(2)}×`;
    expect(page.rank).toContain(
      `the estimate ${times(best?.estimate)}, from ${times(best?.low)} to ${times(best?.high)}`,
    );
    expect(page.rank).toContain(`${best?.person}: the plain mean of`);
  });
});

it("says other figures where the book is another", () => {
  const [one, other] = [shown(METHOD_BOOK), shown(changed())];
  for (const part of ["book", "cash", "carried", "spread", "rate", "net", "rank"])
    expect(one[part], part).not.toBe(other[part]);
});

it("each line of the example teaches what it says", () => {
  const { totals, lines, unguardedDpi, rates } = getMethodPage();
  expect(Number(unguardedDpi)).toBeGreaterThan(Number(totals.gross.dpi));
  expect(BigInt(totals.gross.unconfirmedCents)).toBeGreaterThan(0n);
  expect(BigInt(totals.gross.earlyCents)).toBeGreaterThan(0n);
  expect(totals.net.dpi).not.toBe(totals.gross.dpi);
  expect(new Set(lines.map(({ markClass }) => markClass))).toEqual(
    new Set(["cost", "price", "written_down", null]),
  );
  expect(rates).toMatchObject({
    several: { kind: "multiple" },
    lost: { kind: "total_loss" },
    oneDay: { kind: "none" },
    short: { kind: "irr" },
    shortReturn: "0.050000000000",
  });
});

it("goes by the numbers of the policy", () => {
  const page = shown(METHOD_BOOK);
  const { positions, months, teachers } = policy.rankedFrom.value;
  expect(page.rank).toContain(
    `fewer than ${positions} unconnected positions of at least ${months} months`,
  );
  expect(page.rank).toContain(`fewer than ${teachers} teachers`);
  expect(page.cash).toContain(`within ${policy.earlyDistributionDays.value} days`);
  expect(page.carried).toContain(
    `stands in full for ${policy.carriedByAge.value.fullMonths} months`,
  );
  expect(page.carried).toContain("at least 50%");
  expect(page.carried).toContain("75% of it is left after each further year");
});
