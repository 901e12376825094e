import { and, eq } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { journalEntries, tokens } from "#db/schema/index";
import { SYSTEM } from "~/auth/actor";
import { repayClaims } from "~/features/conduct/repay-claims.server";
import { askReversal, confirmReversal } from "~/features/conduct/reverse-entry.server";
import { decideDeferral } from "~/features/gains/decide-deferral.server";
import { declareNothing } from "~/features/gains/declare-nothing.server";
import { listMissed, missYears } from "~/features/gains/miss-years.server";
import { requestDeferral } from "~/features/gains/request-deferral.server";
import { declareTie } from "~/features/people/ties.server";
import { advanceResale } from "~/features/resales/advance-resale.server";
import { answerBuyer } from "~/features/resales/answer-buyer.server";
import { answerFirstRefusal } from "~/features/resales/answer-first-refusal.server";
import { askResale } from "~/features/resales/ask-resale.server";
import { fundResale } from "~/features/resales/fund-resale.server";
import { offerParting } from "~/features/tokens/offer-parting.server";
import { settleParting } from "~/features/tokens/settle-parting.server";
import { planOutcome } from "./gains";
import { keepVerified, operators, person, type World, when } from "./world";

/** The nth student of the crowd in a cohort, by the cohort's title. */
function student(world: World, cohort: string, nth: number): string {
  const handle = world.crowdOf.get(cohort)?.[nth];
  if (!handle) throw new Error(`no student ${nth} in ${cohort}`);
  return handle;
}

async function tokenOf(world: World, handle: string): Promise<string> {
  const [token] = await getDb()
    .select({ id: tokens.id })
    .from(tokens)
    .where(eq(tokens.ownerId, person(world, handle).id));
  if (!token) throw new Error(`${handle} has no token`);
  return token.id;
}

/** What happens after investments: years without a sale, resales, a parting, reversals, a deferral, a relative. */
export function planAfterwards(world: World): void {
  planYears(world);
  planResales(world);
  planParting(world);
  planReversals(world);
  planDeferral(world);
  planRelative(world);
}

/** Of a hundred owners so many never say in January that nothing was sold; their tokens are written down in the end. */
const SILENT = 14;
const DUE_MONTH = 4;

function planYears(world: World): void {
  const { agenda, steps, chance, today } = world;
  const first = today.minus({ months: 93 }).year;
  const owners = [...world.crowdOf.values()].flat();
  const silent = new Set(owners.filter(() => chance.below(100) < SILENT));
  for (let year = first; year < today.year; year++) {
    const january = today.set({ year: year + 1, month: 1, day: 20 });
    for (const [nth, handle] of owners.entries()) {
      if (silent.has(handle)) continue;
      agenda.at(when(january, 0, 8, nth), async () => {
        const owner = world.people.get(handle);
        if (!owner) return;
        const said = await declareNothing(steps.call(owner, { year: String(year) }));
        const expected = ["sale_declared", "before_token", "not_found"];
        if (!said.ok && !expected.includes(said.error.code)) steps.must(said);
      });
    }
    agenda.at(when(today.set({ year: year + 1, month: DUE_MONTH, day: 2 }), 0, 4), async () => {
      for (const tokenId of await listMissed(steps.now, 1_000))
        steps.must(await missYears(steps.call(SYSTEM, { tokenId })));
    });
  }
}

type Resale = {
  owner: string;
  seller: string;
  buyer: string;
  monthsAgo: number;
  percent: string;
  price: string;
  /** What the owner does: lets it pass and approves, buys, or refuses the buyer. */
  ends: "approved" | "bought" | "refused";
};

function planResales(world: World): void {
  const of = (cohort: string, nth: number) => student(world, cohort, nth);
  const instruments = "Instruments from nothing";
  const worlds = "Worlds in a browser";
  const all: Resale[] = [
    {
      owner: of(instruments, 1),
      seller: "amara",
      buyer: "tomas",
      monthsAgo: 58,
      percent: "0.5",
      price: "21000",
      ends: "approved",
    },
    {
      owner: of(worlds, 2),
      seller: "kenji",
      buyer: "maya",
      monthsAgo: 41,
      percent: "0.5",
      price: "18000",
      ends: "approved",
    },
    {
      owner: of(instruments, 4),
      seller: "amara",
      buyer: "kenji",
      monthsAgo: 33,
      percent: "0.4",
      price: "9000",
      ends: "bought",
    },
    {
      owner: of("Chemistry at kitchen scale", 5),
      seller: "elena",
      buyer: "tomas",
      monthsAgo: 27,
      percent: "0.5",
      price: "26000",
      ends: "approved",
    },
    {
      owner: of(worlds, 6),
      seller: "kenji",
      buyer: "elena",
      monthsAgo: 19,
      percent: "0.3",
      price: "5000",
      ends: "refused",
    },
    {
      owner: "alice",
      seller: "maya",
      buyer: "amara",
      monthsAgo: 22,
      percent: "0.4",
      price: "96000",
      ends: "approved",
    },
  ];
  for (const resale of all) planResale(world, resale);
}

function planResale(world: World, resale: Resale): void {
  const { agenda, steps, today } = world;
  const { owner, seller, buyer, percent, price, ends } = resale;
  const day = today.minus({ months: resale.monthsAgo });
  let resaleId = "";
  let offered = false;
  agenda.at(when(day, 0, 9), async () => {
    for (const handle of [seller, buyer]) await keepVerified(world, handle);
    await steps.deposit(person(world, buyer), operators(world), price);
    const input = { tokenId: await tokenOf(world, owner), percent, price, buyer };
    ({ resaleId } = steps.must(await askResale(steps.call(person(world, seller), input))));
    steps.must(await fundResale(steps.call(person(world, buyer), { resaleId })));
  });
  agenda.at(when(day, 3, 9), async () => {
    const answer = ends === "bought" ? "buy" : "pass";
    if (answer === "buy") await steps.deposit(person(world, owner), operators(world), price);
    const call = steps.call(person(world, owner), { resaleId, answer });
    offered = steps.must(await answerFirstRefusal(call)).state === "holders";
  });
  if (ends === "bought") return;
  agenda.at(when(day, 11, 9), async () => {
    // Where nobody else holds shares, nobody else is asked.
    if (offered) steps.must(await advanceResale(steps.call(SYSTEM, { resaleId })));
  });
  agenda.at(when(day, 12, 9), async () => {
    const answer = ends === "approved" ? "approve" : "refuse";
    steps.must(await answerBuyer(steps.call(person(world, owner), { resaleId, answer })));
  });
}

/** An owner parts ways with a teacher, who lets the fortnight pass. */
function planParting(world: World): void {
  const { agenda, steps, today } = world;
  const owner = student(world, "Chemistry at kitchen scale", 8);
  const day = today.minus({ months: 30 });
  let partingId = "";
  agenda.at(when(day, 0, 11), async () => {
    const price = "140000";
    await steps.deposit(person(world, owner), operators(world), price);
    const input = { holder: "elena", price };
    ({ partingId } = steps.must(await offerParting(steps.call(person(world, owner), input))));
  });
  agenda.at(when(day, 15, 11), async () => {
    steps.must(await settleParting(steps.call(SYSTEM, { partingId })));
  });
}

/** Two investments are reversed: one by error, whole; one by order, when part of the money was spent and some of it is repaid. */
function planReversals(world: World): void {
  const { agenda, steps, today } = world;
  const reverse = async (handle: string, reason: "error" | "order", orderNumber: string) => {
    const [ines, otto] = operators(world);
    const offerId = world.settled.get(handle) ?? "";
    const [entry] = await getDb()
      .select({ entryId: journalEntries.logId })
      .from(journalEntries)
      .where(and(eq(journalEntries.kind, "investment"), eq(journalEntries.aboutId, offerId)));
    const input = { ...entry, reason, orderNumber, note: "The papers are with the operators." };
    const { reversalId } = steps.must(await askReversal(steps.call(ines, input)));
    steps.must(await confirmReversal(steps.call(otto, { reversalId })));
  };
  const mistaken = student(world, "Hands and eyes", 3);
  agenda.at(when(today.minus({ months: 12 }), 0, 15), () =>
    reverse(mistaken, "error", "BELAY-2025-7"),
  );
  const ordered = student(world, "Hands and eyes", 6);
  const day = today.minus({ months: 11 });
  agenda.at(when(day, 0, 15), async () => {
    await steps.withdraw(person(world, ordered), operators(world), "5000");
    await reverse(ordered, "order", "Court of Lyon 25/1187");
  });
  agenda.at(when(day, 60, 15), async () => {
    await steps.deposit(person(world, ordered), operators(world), "2000");
    steps.must(await repayClaims(steps.call(person(world, ordered), { amount: "2000" })));
  });
}

/** Somebody has sold and cannot pay yet: an operator grants a year. */
function planDeferral(world: World): void {
  const { agenda, steps, today } = world;
  const owner = student(world, "Compilers by hand", 7);
  const sold = {
    afterMonths: 0,
    company: "Parse Works",
    proceeds: "180,000",
    basis: "9,000",
    costs: "4,000",
    document: true,
  };
  const declared = planOutcome(world, owner, today.minus({ days: 80 }), sold, true);
  agenda.at(when(today, -50, 10), async () => {
    const hardship = "The buyer pays in instalments; the first one went to back rent.";
    const asked = { gainId: declared(), hardship };
    const { deferralId } = steps.must(
      await requestDeferral(steps.call(person(world, owner), asked)),
    );
    const decision = { deferralId, decision: "grant", reason: "Instalments seen in the contract." };
    steps.must(await decideDeferral(steps.call(person(world, "ines"), decision)));
  });
}

/** A teacher's cousin is among the students: what is invested in them stands apart. */
function planRelative(world: World): void {
  const { agenda, steps, today } = world;
  const cousin = student(world, "Instruments that show", 2);
  agenda.at(when(today.minus({ months: 31 }), -19, 8), async () => {
    const tie = { other: cousin, kind: "relative" };
    steps.must(await declareTie(steps.call(person(world, "amara"), tie)));
  });
}
