import { listGainsToGrade, listOverdueGains } from "~/features/gains/queries.server";
import { listClosings } from "~/features/public-log/openings.server";
import { countMoneyToDecide } from "~/features/treasury/desk-queries.server";
import { countVerificationsToDecide } from "~/features/verification/queries.server";
import { formatFromNow } from "~/lib/dates";
import { counted, type Step } from "./step";

/** Things of one queue of the desk: how many wait, what is done, since when the oldest does. */
type Pile = { queue: string; n: number; name: string; since: Date | string | null | undefined };

/** What waits at the operators' desk, each with since when the oldest does. */
export async function deskSteps(now: Date): Promise<Step[]> {
  const [investors, first, second, evidence, overdue, closings] = await Promise.all([
    countVerificationsToDecide(),
    countMoneyToDecide("first"),
    countMoneyToDecide("second"),
    listGainsToGrade(),
    listOverdueGains(now),
    listClosings(),
  ]);
  const asked = closings.filter(({ closedAt }) => closedAt === null);
  const money = (turn: typeof first, nth: "first" | "second"): Pile[] => [
    pile(`deposits-${nth}`, turn.deposits, (n) => `${n} for the ${nth} operator`, "deposit"),
    pile(
      `withdrawals-${nth}`,
      turn.withdrawals,
      (n) => `${n} for the ${nth} operator`,
      "withdrawal",
    ),
  ];
  const piles: Pile[] = [
    pile("investors", investors, (n) => `Decide on ${n}`, "investor"),
    ...money(first, "first"),
    ...money(second, "second"),
    pile(
      "evidence",
      { waiting: evidence.length, since: evidence[0]?.declaredAt },
      (n) => `Grade the evidence of ${n}`,
      "gain",
    ),
    pile(
      "overdue",
      { waiting: overdue.length, since: overdue[0]?.dueAt },
      (n) => `See to ${n}`,
      "overdue distribution",
    ),
    pile(
      "openings",
      { waiting: asked.length, since: asked.at(-1)?.firstAt },
      (n) => `${n} for the second operator`,
      "opening to take away",
      "openings to take away",
    ),
  ];
  return piles
    .filter(({ n }) => n > 0)
    .map(({ queue, name, since }) => ({
      to: `/desk?queue=${queue}`,
      name,
      note: since ? `The oldest: ${formatFromNow(new Date(since), now)}.` : "",
    }));
}

function pile(
  queue: string,
  of: { waiting: number; since: Date | string | null | undefined },
  say: (counted: string) => string,
  one: string,
  many = `${one}s`,
): Pile {
  return { queue, n: of.waiting, name: say(counted(of.waiting, one, many)), since: of.since };
}
