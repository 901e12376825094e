/** What the API answers, as Zod schemas: the OpenAPI file is made of these. Cents, shares and ratios are strings. */
import type { RecordSummary } from "~/ledger/returns";
import { EVIDENCE_GRADES } from "~/lib/gain-words";
import { z } from "~/lib/zod";

const cents = z
  .string()
  .regex(/^-?\d+$/)
  .meta({ description: "US dollars in cents", examples: ["6666667"] });
const shares = z
  .string()
  .regex(/^\d+$/)
  .meta({ description: "Shares of a token; it has 10,000,000" });
const ratio = z
  .string()
  .regex(/^-?\d+\.\d{4}$/)
  .nullable()
  .meta({ description: "A ratio with four decimals; null where nothing was paid in" });
const day = z.iso.date();
const instant = z.iso.datetime();
const handle = z.string().regex(/^[a-z0-9-]{3,30}$/);
const slug = z.string().regex(/^[a-z0-9-]{3,80}$/);
const logId = z.uuid().meta({ description: "An id of the public log, used nowhere else" });
const url = z.url();

export const checkpoint = z
  .strictObject({ size: z.int().min(1), signedAt: instant })
  .nullable()
  .meta({
    id: "Checkpoint",
    description:
      "The signed tree of the public log that the answer stands for; null before the first",
  });

const irr = z
  .strictObject({
    kind: z.enum(["irr", "multiple", "none", "total_loss"]),
    rate: z.string().nullable(),
    rates: z.array(z.string()).nullable(),
  })
  .meta({
    id: "Irr",
    description: "A yearly rate with 12 decimals; `multiple` and `none` have no one rate",
  });

const figures = z
  .strictObject({
    paidInCents: cents,
    distributionsCents: cents,
    proceedsCents: cents,
    unconfirmedCents: cents,
    earlyCents: cents,
    valueCents: cents,
    dpi: ratio,
    rvpi: ratio,
    tvpi: ratio,
    irr,
  })
  .meta({ id: "Figures", description: "All ratios count confirmed cash alone" });

const pair = { gross: figures, net: figures };

/** A record's numbers, exactly as the bundle's `summary` has them. */
export const recordSummary = z
  .strictObject({
    valuationDate: day,
    investments: z.int().min(0),
    students: z.int().min(0),
    firstInvested: day.nullable(),
    medianTvpi: ratio,
    bestShare: ratio,
    ...pair,
    vintages: z.array(z.strictObject({ year: z.int(), ...pair })),
    cohorts: z.array(z.strictObject({ cohort: slug.nullable(), ...pair })),
    positions: z.array(
      z.strictObject({
        token: logId,
        handle,
        cohort: slug.nullable(),
        firstInvested: day,
        apart: z.boolean(),
        ...pair,
        markClass: z.enum(["cost", "price", "written_down", "ended"]).nullable(),
        markDate: day.nullable(),
      }),
    ),
    findersStakes: z.strictObject({
      lots: z.int().min(0),
      receivedCents: cents,
      valueCents: cents,
    }),
  })
  .meta({ id: "RecordSummary" }) satisfies z.ZodType<RecordSummary>;

export const record = z
  .strictObject({ checkpoint, handle, record: recordSummary })
  .meta({ id: "Record" });

const person = z.strictObject({ handle, name: z.string() }).meta({ id: "Person" });

const standing = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("ranked"),
      positions: z.int(),
      of: z.int(),
      rank: z.int().min(1),
      estimate: z.string(),
      low: z.string(),
      high: z.string(),
    }),
    z.strictObject({ kind: z.literal("too_few_positions"), positions: z.int() }),
    z.strictObject({
      kind: z.literal("too_few_teachers"),
      positions: z.int(),
      teachers: z.int(),
    }),
    z.strictObject({ kind: z.literal("no_difference"), positions: z.int() }),
  ])
  .meta({
    id: "Standing",
    description:
      "The rank with its estimate, ln(1 + DPI) beyond the mean of the same vintages, and its 95% interval; or why there is none",
  });

const teacherFields = {
  handle,
  name: z.string(),
  headline: z.string(),
  checkpoint,
  valuationDate: day,
  investments: z.int().min(0),
  students: z.int().min(0),
  firstInvested: day.nullable(),
  medianTvpi: ratio,
  bestShare: ratio,
  gross: figures,
  net: figures,
  standing,
  page: url,
};
export const teacher = z.strictObject(teacherFields).meta({ id: "Teacher" });

const figuresBeside = z
  .strictObject({
    hours: z.string(),
    feedback: z.int(),
    answerTime: z.strictObject({ median: z.string(), of: z.int() }).nullable(),
    unanswered: z.int(),
    helpfulness: z.strictObject({ mean: z.string(), of: z.int() }).nullable(),
    funded: z.strictObject({ students: z.int(), each: z.string().nullable() }),
    unfunded: z.strictObject({ students: z.int(), each: z.string().nullable() }),
    held: z.strictObject({ now: z.int(), of: z.int() }),
  })
  .meta({ id: "BesideTheMoney", description: "What a teacher did beside the money" });

export const teacherDetail = z
  .strictObject({
    ...teacherFields,
    figures: figuresBeside.nullable(),
    cohorts: z.array(z.strictObject({ slug, title: z.string(), startsOn: day, endsOn: day })),
    bundle: url.meta({ description: "The record with everything that proves it" }),
  })
  .meta({ id: "TeacherDetail" });

const investment = z
  .strictObject({
    lot: logId,
    student: person,
    cohort: slug.nullable(),
    day,
    shares,
    sharesLeft: shares,
    paidCents: cents,
    confirmedCents: cents,
    unconfirmedCents: cents,
    earlyCents: cents,
    carriedCents: cents,
    markClass: z.enum(["cost", "price", "written_down", "ended"]).nullable(),
    markDate: day.nullable(),
    endedCause: z.enum(["cap", "sunset"]).nullable(),
    multiple: ratio,
    capLeftCents: cents.nullable(),
    sunset: day.nullable(),
    apart: z.boolean().meta({ description: "In a relative's token: outside all headline figures" }),
    reversed: z.boolean(),
    payments: z.array(
      z.strictObject({
        cents,
        grade: z.enum(EVIDENCE_GRADES).nullable(),
        confirmed: z.boolean(),
        early: z.boolean(),
      }),
    ),
  })
  .meta({ id: "Investment" });

const next = url.nullable().meta({ description: "The address of the next page; null on the last" });
const pageOf = <T extends z.ZodType>(id: string, item: T) =>
  z.strictObject({ items: z.array(item), next }).meta({ id });

export const teachers = pageOf("Teachers", teacher);
export const investments = z
  .strictObject({ checkpoint, items: z.array(investment), next })
  .meta({ id: "Investments" });

export const cohort = z
  .strictObject({
    slug,
    title: z.string(),
    skill: z.string(),
    teachers: z.array(person),
    phase: z.enum(["upcoming", "open", "closed"]),
    timeZone: z.string(),
    opensAt: instant,
    closesAt: instant,
    startsOn: day,
    endsOn: day,
    capacity: z.int(),
    enrolled: z.int(),
    terms: z.strictObject({
      amountCents: cents,
      shares,
      payoutCapMultiple: z.int().nullable(),
      sunsetYears: z.int().nullable(),
      finderStakeBps: z.int(),
    }),
    page: url,
  })
  .meta({ id: "Cohort" });
export const cohorts = pageOf("Cohorts", cohort);
export const cohortDetail = z
  .strictObject({
    ...cohort.shape,
    pitch: z.string().meta({ description: "Markdown" }),
    questions: z.array(z.string()),
  })
  .meta({ id: "CohortDetail" });

export const token = z
  .strictObject({
    token: logId,
    checkpoint,
    owner: person,
    mintedAt: instant,
    shares,
    ownerShares: shares,
    holders: z.array(
      z.strictObject({
        holder: person,
        shares,
        lots: z.array(
          z.strictObject({
            lot: logId,
            acquiredAt: instant,
            cohort: slug.nullable(),
            sharesBought: shares,
            shares,
            costCents: cents.meta({ description: "What was paid for all that was bought" }),
            sunset: day.nullable(),
            lockedUntil: day.nullable(),
            finder: z.boolean(),
          }),
        ),
      }),
    ),
    capTable: url.meta({ description: "The history as Open Cap Table Format 1.2.0" }),
  })
  .meta({ id: "Token" });

export const log = z
  .strictObject({
    origin: z.string().nullable(),
    size: z.int().min(0),
    root: z.string().nullable().meta({ description: "Base64" }),
    signedAt: instant.nullable(),
    checkpoint: z.string().nullable().meta({ description: "The signed note, to the byte" }),
    vkeys: z.array(z.string()),
    urls: z.strictObject({
      checkpoint: url,
      checkpoints: url,
      vkey: url,
      tile: z.string(),
      entries: z.string(),
      open: z.string(),
      proof: z.string(),
    }),
  })
  .meta({ id: "Log" });

export const problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    next: z.string().meta({ description: "What to do" }),
  })
  .meta({ id: "Problem", description: "RFC 9457" });

const limit = z.coerce
  .number<string>()
  .int()
  .min(1)
  .max(100)
  .default(20)
  .meta({ description: "How many a page holds" });
/** What every list may be asked. */
export const paging = { limit };
export const CURSOR_SAID = "Where a page begins: as in next of the page before";
export const words = z.string().max(100).default("").meta({
  description: "The beginnings of words in name, handle, headline, public work or what is taught",
});
export { handle, logId, slug };
