import { getDb } from "#db/client.server";
import { gains } from "#db/schema/index";
import * as entries from "~/ledger/entries";
import { MOST_ENTRIES, postMany } from "~/ledger/post.server";
import { getLogId } from "~/ledger/read.server";
import { utcDay } from "~/lib/dates";
import { policy } from "~/policy";
import {
  actAt,
  type BareOffer,
  giveCash,
  makeBareOffer,
  makeBarePerson,
  makeToken,
  mustPost,
  START,
  settling,
  signing,
} from "../setup/book";

/** How many tokens such a teacher has shares of. */
export const POSITIONS = 300;
const DAY_MS = 86_400_000;
const PAID_CENTS = 100_000n;
/** When the owners sell what the gains come of: late enough that what is paid counts in every ratio (T24a). */
const SOLD = policy.earlyDistributionDays.value + 1;
/** An instant so many days after the beginning. */
export const day = (n: number): Date => new Date(START.getTime() + n * DAY_MS);

/** A token whose owner pays a declared gain bit by bit. */
export type Paying = { offer: BareOffer; lotId: string; gainId: string };
/** A holder of all these tokens. */
export type Teacher = { handle: string; paying: Paying[]; id: string; logId: string };

/** Posts all, 8,000 at a time. Throws where one is refused. */
export async function postAll(list: entries.EntryInput[]): Promise<void> {
  for (let from = 0; from < list.length; from += MOST_ENTRIES)
    for (const result of await postMany(list.slice(from, from + MOST_ENTRIES)))
      if (!result.ok) throw new Error(`refused: ${result.error}`);
}

/**
 * A teacher who bought shares of 300 tokens, each of whose owners has declared a gain that is paid bit by bit: `posted` of
 * its `lines` payments are posted, all of them without.
 */
export async function makeTeacher(lines: number, { posted = lines } = {}): Promise<Teacher> {
  const id = await makeBarePerson();
  await giveCash(id, PAID_CENTS * BigInt(POSITIONS));
  const logId = await getLogId(getDb(), "person", id);
  const teacher: Teacher = { handle: "", paying: [], id, logId };
  for (let n = 0; n < POSITIONS; n += 1) teacher.paying.push(await invest(teacher, lines));
  const { handle } =
    (await getDb().query.persons.findFirst({ where: (p, { eq }) => eq(p.id, id) })) ?? {};
  teacher.handle = handle ?? "";
  const list: entries.EntryInput[] = [];
  for (let line = POSITIONS; line < posted; line += 1) {
    const paying = teacher.paying[line % POSITIONS];
    if (paying) list.push(payment(teacher, paying, Math.floor(line / POSITIONS)));
  }
  await postAll(list);
  return teacher;
}

async function invest(teacher: Teacher, lines: number): Promise<Paying> {
  const token = await makeToken();
  await giveCash(token.ownerId, BigInt(lines));
  const offer = await makeBareOffer(token, [
    { investorId: teacher.id, amountCents: PAID_CENTS, shares: PAID_CENTS },
  ]);
  for (const part of offer.parts) await mustPost(entries.offerFunded(actAt(), part));
  await mustPost(signing(offer, actAt()));
  const settled = settling(offer, actAt());
  await mustPost(settled);
  const [lot] = settled.data.lots as { lot: string }[];
  const lotId = lot?.lot ?? "";
  const gainId = await declare(teacher, offer, lotId, BigInt(lines));
  return { offer, lotId, gainId };
}

async function declare(
  teacher: Teacher,
  { token }: BareOffer,
  lotId: string,
  cents: bigint,
): Promise<string> {
  const sums = { proceedsCents: cents * 100n, basisCents: 0n, costsCents: 0n, lossCents: 0n };
  const distributableCents = cents * 100n;
  const [gain] = await getDb()
    .insert(gains)
    .values({
      ...sums,
      tokenId: token.id,
      company: "Rope Ltd",
      closingDate: utcDay(day(SOLD)),
      distributableCents,
      grade: "counterparty",
      declaredAt: day(SOLD + 1),
      dueAt: day(SOLD + 31),
    })
    .returning({ id: gains.id });
  const id = gain?.id ?? "";
  const parts = [{ lotId, holderId: teacher.id, holderLogId: teacher.logId, cents }];
  await mustPost(
    entries.gainDeclared(actAt(day(SOLD + 1)), {
      ...{ ...sums, id, distributableCents, parts, grade: "counterparty" },
      ...{ tokenId: token.id, tokenLogId: token.logId, ownerId: token.ownerId },
      recordInstant: day(SOLD + 1),
    }),
  );
  return id;
}

/** One cent of a gain, to that teacher alone, so many days after the sale. */
export function payment(teacher: Teacher, { offer, lotId, gainId }: Paying, onDay: number) {
  const { token } = offer;
  return entries.gainDistributed(actAt(day(SOLD + 1 + onDay)), {
    ...{ id: gainId, tokenId: token.id, tokenLogId: token.logId, ownerId: token.ownerId },
    parts: [{ lotId, holderId: teacher.id, holderLogId: teacher.logId, cents: 1n }],
  });
}
