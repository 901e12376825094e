import { renderToStaticMarkup } from "react-dom/server";
import { DecayChart } from "~/components/charts/decay";
import { EstimatesChart } from "~/components/charts/estimates";
import { OutcomesChart } from "~/components/charts/outcomes";
import { formatCents, formatPercent, formatShares } from "~/lib/money";
import { policy } from "~/policy";
import { type Method, methodOf } from "./method";
import { METHOD_BOOK, type MethodBook } from "./method-book";

const percentOf = ([part, of]: readonly [bigint, bigint]): string =>
  formatPercent((Number(part) / Number(of)).toFixed(4));

/** The product's numbers that the method goes by, as read. */
export function methodRules() {
  const { carriedByAge, priceCountsFrom, rankedFrom, ...rest } = policy;
  return {
    early: rest.earlyDistributionDays.value,
    missedYears: rest.missedYears.value,
    paymentMonths: rest.connectedByPaymentMonths.value,
    circle: rest.circleOfPayments.value,
    fullMonths: carriedByAge.value.fullMonths,
    yearlyPart: percentOf(carriedByAge.value.yearlyPart),
    price: {
      cents: formatCents(priceCountsFrom.value.cents, { whole: true }),
      shares: formatShares(priceCountsFrom.value.shares),
      part: percentOf(priceCountsFrom.value.part),
    },
    rank: {
      positions: rankedFrom.value.positions,
      months: rankedFrom.value.months,
      cents: formatCents(rankedFrom.value.paidInCents, { whole: true }),
      teachers: rankedFrom.value.teachers,
    },
  };
}

/** Charts of the method's example, as HTML. */
function drawMethod(method: Method) {
  const source = "the example on this page, computed by the code that computes every record";
  return {
    decay: renderToStaticMarkup(<DecayChart points={method.decay} source={source} />, {
      identifierPrefix: "decay",
    }),
    estimates: renderToStaticMarkup(
      <EstimatesChart
        estimates={method.estimates.map(({ teacher, ...rest }) => ({ name: teacher, ...rest }))}
        source={source}
      />,
      { identifierPrefix: "estimates" },
    ),
    outcomes: renderToStaticMarkup(
      <OutcomesChart
        outcomes={method.outcomes}
        medianTvpi={method.totals.medianTvpi}
        bestShare={method.totals.bestShare}
        source={source}
      />,
      { identifierPrefix: "outcomes" },
    ),
  };
}

/** All that `/method` shows: the rules' numbers, and the example computed from its book. */
export function getMethodPage(book: MethodBook = METHOD_BOOK) {
  const method = methodOf(book);
  const { decay: _, outcomes: __, ...shown } = method;
  return { ...shown, rules: methodRules(), charts: drawMethod(method) };
}

export type MethodPage = ReturnType<typeof getMethodPage>;
