import { and, eq, inArray } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { constraintName, getDb } from "#db/client.server";
import { outbox, referralHypotheses, referrals, ties } from "#db/schema/index";
import { useDatabase } from "#tests/setup/database";
import { codeOf } from "#tests/setup/deals";
import { World } from "#tests/setup/world";
import { SYSTEM } from "~/auth/actor";
import { chooseMail } from "~/features/notices/choose-mail.server";
import { confirmByLink, findConfirmedScout } from "~/features/scouting/confirm-by-link.server";
import { countToScore, findToScore, listToScore } from "~/features/scouting/hypotheses.server";
import {
  findLink,
  listMyLinks,
  makeScoutLink,
  revokeScoutLink,
} from "~/features/scouting/links.server";
import { findMyReferral, listMyReferrals } from "~/features/scouting/queries.server";
import { referTalent } from "~/features/scouting/refer-talent.server";
import { scoreHypothesis } from "~/features/scouting/score-hypothesis.server";
import { getScoutPage } from "~/features/scouting/scout-page.server";
import { getStakeNote } from "~/features/scouting/stake-note.server";
import { stateHypothesis } from "~/features/scouting/state-hypothesis.server";
import { tellDueHypotheses } from "~/features/scouting/tell-due-hypotheses.server";
import { addDays, addYears, utcDay } from "~/lib/dates";
import { clearSingleton } from "~/lib/singleton.server";
import type { Someone } from "~/server/demo/steps";
import { sweep } from "~/server/sweep";

useDatabase();

async function makeLinked() {
  const world = await World.make();
  const scout = await world.person("scout");
  const talent = await world.person("talent");
  return { world, scout, talent, ...(await world.makeLink(scout)) };
}

const relate = (world: World, one: Someone, other: Someone, kind: "relative" | "controls") =>
  getDb().insert(ties).values({
    personId: one.id,
    otherId: other.id,
    kind,
    declaredBy: one.id,
    declaredAt: world.now,
  });

const said = (world: World, more: object = {}) => ({
  claim: "Has shown a loom to ten strangers.",
  chancePercent: "70",
  dueOn: addDays(utcDay(world.now), 30),
  ...more,
});

const refusalOf = (act: Promise<unknown>) =>
  act.then(
    () => "nothing",
    (error: unknown) => constraintName(error),
  );

/** The messages of that template to these people. */
const mailsTo = (people: readonly Someone[], template: string) =>
  getDb()
    .select()
    .from(outbox)
    .where(
      and(
        eq(outbox.template, template),
        inArray(
          outbox.personId,
          people.map(({ id }) => id),
        ),
      ),
    );

/** Sweeps as a process does that has not looked today; answers who of these people has been told by then that something is due. */
async function sweepFor(people: readonly Someone[], now: Date) {
  clearSingleton("due-hypotheses");
  await sweep(now);
  return mailsTo(people, "hypotheses-due");
}

describe("a scout's link", () => {
  it("proves nothing until the talent confirms the scout by name; then it counts from that moment", async () => {
    const { world, scout, talent, code, linkId } = await makeLinked();
    expect(await findLink(code, world.now)).toMatchObject({
      live: true,
      scoutHandle: scout.handle,
    });
    expect(await listMyReferrals(scout, world.now)).toEqual([]);
    const wrongName = await confirmByLink(world.call(talent, { code, scout: "somebody-else" }));
    expect(codeOf(wrongName)).toBe("not_found");
    world.pass({ days: 3 });
    const id = await world.confirmByLink(talent, scout, code);
    const [row] = await getDb().select().from(referrals).where(eq(referrals.id, id));
    expect(row).toMatchObject({ state: "confirmed", talentId: talent.id, linkId, reasons: "" });
    expect(row?.sentAt).toEqual(world.now);
    expect(await listMyLinks(scout, world.now)).toMatchObject([{ id: linkId, confirmed: 1 }]);
    expect(await listMyReferrals(scout, world.now)).toMatchObject([
      { talentName: talent.displayName, talentEmail: null },
    ]);
    expect(await findConfirmedScout(talent, world.now)).toMatchObject({ id: scout.id });
    expect(codeOf(await confirmByLink(world.call(talent, { code, scout: scout.handle })))).toBe(
      "already_confirmed",
    );
  });

  it("confirms what the scout had sent to the address already, and declines the others", async () => {
    const { world, scout, talent, code } = await makeLinked();
    const sent = await world.refer(scout, { ...talent, name: "T" }, "She weaves.");
    const other = await world.person("scout");
    const declined = await world.refer(other, { ...talent, name: "T" }, "She spins.");
    expect(await world.confirmByLink(talent, scout, code)).toBe(sent);
    const states = await getDb().select().from(referrals).where(eq(referrals.talentId, talent.id));
    expect(new Map(states.map(({ id, state }) => [id, state]))).toEqual(
      new Map([
        [sent, "confirmed"],
        [declined, "declined"],
      ]),
    );
  });

  it("is over after 90 days, at a cohort's deadline, and once it is ended; at most ten work at once", async () => {
    const { world, scout, talent, code, linkId } = await makeLinked();
    const teacher = await world.investor();
    const cohort = await world.cohort(teacher);
    const ofCohort = await world.makeLink(scout, cohort.cohortId);
    const ask = (by: string) =>
      confirmByLink(world.call(talent, { code: by, scout: scout.handle }));
    for (let n = 2; n < 10; n++) await world.makeLink(scout);
    expect(codeOf(await makeScoutLink(world.call(scout, {})))).toBe("too_many_links");
    expect(codeOf(await revokeScoutLink(world.call(scout, { linkId })))).toBe("ok");
    expect(codeOf(await revokeScoutLink(world.call(scout, { linkId })))).toBe("link_over");
    expect(codeOf(await ask(code))).toBe("link_over");
    const later = await world.makeLink(scout);
    const [of] = (await listMyLinks(scout, world.now)).filter(({ code }) => code === ofCohort.code);
    world.now = new Date(of?.until.at ?? "");
    expect(codeOf(await ask(ofCohort.code))).toBe("link_over");
    const closed = await makeScoutLink(world.call(scout, { cohortId: cohort.cohortId }));
    expect(closed).toMatchObject({ error: { code: "closed", field: "cohortId" } });
    const [last] = (await listMyLinks(scout, world.now)).filter(({ code }) => code === later.code);
    world.now = new Date(new Date(last?.until.at ?? "").getTime() - 1);
    expect((await findLink(later.code, world.now))?.live).toBe(true);
    world.pass({ ms: 1 });
    expect((await findLink(later.code, world.now))?.live).toBe(false);
    expect(codeOf(await ask(later.code))).toBe("link_over");
  });

  it("is nobody's own, nor for one's students, nor for those whom one reviews, whoever counts as one (T18, T21)", async () => {
    const { world, scout, talent, code } = await makeLinked();
    const ask = async (by: Someone) =>
      codeOf(await confirmByLink(world.call(by, { code, scout: scout.handle })));
    expect(await ask(scout)).toBe("oneself");
    const shell = await world.person("shell");
    await relate(world, scout, shell, "controls");
    expect(await ask(shell)).toBe("oneself");
    const teacher = await world.investor();
    await relate(world, teacher, scout, "controls");
    const cohort = await world.cohort(teacher);
    const application = await world.apply(talent, cohort, ["Yes.", "No."]);
    expect(await ask(talent)).toBe("under_review");
    await world.decide(teacher, application);
    expect(await ask(talent)).toBe("own_student");
    expect(await listMyReferrals(scout, world.now)).toEqual([]);
  });

  it("of two answers at once one wins", async () => {
    const { world, scout, talent, code } = await makeLinked();
    const second = await world.person("scout");
    const { code: other } = await world.makeLink(second);
    const answers = await Promise.all([
      confirmByLink(world.call(talent, { code, scout: scout.handle })),
      confirmByLink(world.call(talent, { code: other, scout: second.handle })),
    ]);
    expect(answers.map(codeOf).sort()).toEqual(["already_confirmed", "ok"]);
  });

  it("gives no stake to a scout who counts as somebody of the cohort's staff; the note says who would get it", async () => {
    const { world, scout, talent, code } = await makeLinked();
    await world.confirmByLink(talent, scout, code);
    const teacher = await world.investor();
    const cohort = { id: (await world.cohort(teacher)).cohortId, finderStakeBps: 500 };
    const applicant = { id: talent.id, submittedAt: null };
    const note = () => getStakeNote(cohort, applicant, world.now);
    expect(await note()).toEqual({
      percent: "5%",
      scout: { name: scout.displayName, handle: scout.handle },
    });
    await relate(world, teacher, scout, "controls");
    expect(await note()).toEqual({ percent: "5%", scout: null });
    expect(await getStakeNote({ ...cohort, finderStakeBps: 0 }, applicant, world.now)).toEqual({
      percent: null,
      scout: null,
    });
  });
});

describe("a hypothesis", () => {
  async function makeConfirmed() {
    const linked = await makeLinked();
    const referralId = await linked.world.confirmByLink(linked.talent, linked.scout, linked.code);
    return { ...linked, referralId };
  }

  it("is stated by the scout alone, in 14 days, of a day 30 days to 5 years ahead, at most five times", async () => {
    const { world, scout, talent, referralId } = await makeConfirmed();
    const say = async (more: object, by = scout) =>
      stateHypothesis(world.call(by, { referralId, ...said(world, more) }));
    const today = utcDay(world.now);
    expect(codeOf(await say({}, talent))).toBe("not_found");
    for (const chancePercent of ["0", "100", "50.5", "-1", "even"])
      expect(await say({ chancePercent })).toMatchObject({ error: { code: "invalid_input" } });
    expect(await say({ dueOn: addDays(today, 29) })).toMatchObject({
      error: { code: "due_too_soon", field: "dueOn" },
    });
    const most = addYears(today, 5);
    expect(codeOf(await say({ dueOn: addDays(most, 1) }))).toBe("due_too_late");
    for (const dueOn of [most, addDays(today, 30), most, most, most])
      expect(codeOf(await say({ dueOn }))).toBe("ok");
    expect(codeOf(await say({}))).toBe("too_many_hypotheses");
    const next = await world.person("talent");
    const { code } = await world.makeLink(scout);
    const second = await world.confirmByLink(next, scout, code);
    world.pass({ days: 14, ms: -1 });
    const last = { referralId: second, ...said(world) };
    expect(codeOf(await stateHypothesis(world.call(scout, last)))).toBe("ok");
    world.pass({ ms: 1 });
    expect(codeOf(await stateHypothesis(world.call(scout, last)))).toBe("said_too_late");
    expect(await findMyReferral(scout, second, world.now)).toMatchObject({ sayBy: null, said: 1 });
    expect(await findMyReferral(talent, second, world.now)).toBeNull();
  });

  it("is scored once, on its day or later, by whom it is about, who taught them or an operator; never by the scout or who is close", async () => {
    const { world, scout, talent, referralId } = await makeConfirmed();
    const teacher = await world.investor();
    const application = await world.apply(talent, await world.cohort(teacher), ["Yes.", "No."]);
    await world.decide(teacher, application);
    const ids: string[] = [];
    for (const chancePercent of ["90", "20", "50", "60"])
      ids.push(await world.expectOf(scout, referralId, said(world, { chancePercent })));
    const [first = "", second = "", third = "", fourth = ""] = ids;
    const score = async (by: Someone, hypothesisId: string, outcome: string) =>
      codeOf(
        await scoreHypothesis(world.call(by, { hypothesisId, outcome, evidence: "I was there." })),
      );
    world.pass({ days: 29 });
    expect(await score(talent, first, "true")).toBe("not_due");
    expect((await listToScore(talent, world.now)).map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 4 }, () => "waits"),
    );
    expect(await listToScore(teacher, world.now)).toEqual([]);
    world.pass({ days: 1 });
    expect(await countToScore(teacher, world.now)).toBe(4);
    expect(await countToScore(world.operator, world.now)).toBe(0);
    expect(await score(scout, first, "true")).toBe("not_found");
    expect(await findToScore(scout, first, world.now)).toBeNull();
    expect(await score(await world.person("stranger"), first, "true")).toBe("not_found");
    expect(await score(talent, first, "true")).toBe("ok");
    expect(await score(talent, first, "false")).toBe("scored_already");
    expect(await score(teacher, second, "true")).toBe("ok");
    await relate(world, teacher, scout, "relative");
    expect(await score(teacher, third, "true")).toBe("too_close");
    expect(await findToScore(teacher, third, world.now)).toMatchObject({ mayScore: false });
    expect(await score(world.operator, third, "void")).toBe("ok");
    const page = await getScoutPage(scout.handle, world.now);
    expect(page?.said.counts).toEqual({
      ...{ all: 4, true: 2, false: 0, void: 1, due: 1, waits: 0, unconfirmed: 0 },
    });
    // (0.1² + 0.8²) / 2
    expect(page?.said.calibration).toMatchObject({ n: 2, brier: "0.325", few: true });
    // Nobody has invested in the talent, so the public page neither names them nor says what was said of them.
    expect(page?.said.shown.map(({ about }) => about)).toEqual([null, null, null, null]);
    expect(JSON.stringify(page)).not.toContain("ten strangers");
    expect(page?.referrals).toMatchObject([{ talent: null, word: "admitted" }]);
    expect(await score(talent, fourth, "false")).toBe("ok");
  });

  it("is named in public with its misses once an investment is; what nobody confirmed is counted apart", async () => {
    const world = await World.make();
    const [scout, talent] = [await world.person("scout"), await world.person("talent")];
    const sent = await world.refer(scout, { name: "N", handle: world.handle("n") }, "She weaves.");
    await world.expectOf(scout, sent, said(world));
    const id = await world.refer(scout, { ...talent, name: "T" }, "She weaves.");
    const hypothesis = await world.expectOf(scout, id, said(world));
    await world.confirmScout(talent, id);
    const teacher = await world.investor();
    await world.invested(teacher, talent, { amount: "10,000", percent: "1" });
    world.pass({ days: 30 });
    await world.scoreHypothesis(talent, hypothesis, "false", "The loom stands in my cellar.");
    const page = await getScoutPage(scout.handle, world.now);
    expect(page?.said).toMatchObject({
      counts: { all: 1, false: 1, unconfirmed: 1 },
      calibration: { n: 1, brier: "0.490" },
      shown: [
        {
          about: {
            handle: talent.handle,
            claim: "Has shown a loom to ten strangers.",
            evidence: "The loom stands in my cellar.",
          },
          outcome: "false",
        },
      ],
    });
  });

  it("is told of on its very day and once, to whom it is about and who taught them", async () => {
    const { world, scout, talent, referralId } = await makeConfirmed();
    const [teacher, relative, silent] = [
      await world.investor(),
      await world.investor(),
      await world.investor(),
    ];
    for (const by of [teacher, relative, silent])
      await world.decide(by, await world.apply(talent, await world.cohort(by), ["Yes.", "No."]));
    await relate(world, relative, scout, "relative");
    world.must(await chooseMail(world.call(silent, { feedback: "yes" })));
    const today = utcDay(world.now);
    const first = await world.expectOf(scout, referralId, said(world));
    await world.expectOf(scout, referralId, said(world, { claim: "Teaches somebody." }));
    const scored = await world.expectOf(scout, referralId, said(world, { claim: "Is scored." }));
    const late = { claim: "Comes later.", dueOn: addDays(today, 31) };
    const last = await world.expectOf(scout, referralId, said(world, late));
    const all = [scout, talent, teacher, relative, silent];
    expect(await sweepFor(all, new Date(`${addDays(today, 29)}T23:59:59.999Z`))).toEqual([]);
    world.now = new Date(`${addDays(today, 30)}T00:00:00Z`);
    await world.scoreHypothesis(talent, scored, "true", "I was there.");
    expect(await mailsTo(all, "hypothesis-scored")).toMatchObject([
      { personId: scout.id, props: { claim: "Is scored.", outcome: "it came true" } },
    ]);
    await Promise.all([sweepFor(all, world.now), sweepFor(all, world.now)]);
    const told = await sweepFor(all, world.now);
    const props = {
      scout: scout.displayName,
      path: "/hypotheses",
      claims: expect.toSatisfy(
        (claims: string) =>
          claims.split("\n").sort().join() ===
          "Has shown a loom to ten strangers.,Teaches somebody.",
      ),
    };
    const about = new Map(
      told.map((row) => [row.personId, (row.props as { about: string }).about]),
    );
    expect(about).toEqual(
      new Map([
        [talent.id, ""],
        [teacher.id, talent.displayName],
      ]),
    );
    expect(told).toMatchObject([{ props }, { props }]);
    world.pass({ days: 1 });
    const again = (await sweepFor(all, world.now)).filter(
      ({ id }) => !told.some((old) => old.id === id),
    );
    const next = { claims: "Comes later.", path: `/hypotheses/${last}` };
    expect(again).toMatchObject([{ props: next }, { props: next }]);
    const untell = getDb().update(referralHypotheses).set({ toldAt: null });
    expect(await refusalOf(untell.where(eq(referralHypotheses.id, first)))).toBe(
      "referral_hypotheses_told",
    );
  });

  it("is told of to nobody while nobody has confirmed the scout, and on the next day once they do", async () => {
    const { world, scout, talent } = await makeLinked();
    const id = await world.refer(scout, { ...talent, name: "T" }, "She weaves.");
    await world.expectOf(scout, id, said(world));
    world.pass({ days: 40 });
    expect(await sweepFor([talent], world.now)).toEqual([]);
    const asked = { ...world.call(talent, { referralId: id }), actor: SYSTEM } as const;
    expect(codeOf(await tellDueHypotheses(asked))).toBe("not_found");
    await world.confirmScout(talent, id);
    world.pass({ days: 1 });
    expect(await sweepFor([talent], world.now)).toMatchObject([{ personId: talent.id }]);
  });

  it("the database refuses what the commands do", async () => {
    const { world, scout, talent, referralId } = await makeConfirmed();
    const db = getDb();
    const today = utcDay(world.now);
    const row = { referralId, claim: "C", chancePercent: 50, statedAt: world.now };
    const insert = (more: object) =>
      refusalOf(
        db.insert(referralHypotheses).values({ ...row, dueOn: addDays(today, 30), ...more }),
      );
    expect(await insert({ dueOn: addDays(today, 29) })).toBe("referral_hypotheses_said");
    expect(await insert({ statedAt: new Date(world.now.getTime() - 1) })).toBe(
      "referral_hypotheses_said",
    );
    expect(await insert({ chancePercent: 100 })).toBe("referral_hypotheses_chance");
    const id = await world.expectOf(scout, referralId, said(world));
    const update = (more: object) =>
      refusalOf(db.update(referralHypotheses).set(more).where(eq(referralHypotheses.id, id)));
    const [scoredAt, evidence] = [new Date(world.now.getTime() + 31 * 86_400_000), "E"];
    const scored = { outcome: "true", evidence, scoredAt, scoredBy: talent.id };
    expect(await update({ ...scored, scoredBy: scout.id })).toBe("referral_hypotheses_scorer");
    const [shell, relative] = [await world.person("shell"), await world.person("relative")];
    await relate(world, scout, shell, "controls");
    await relate(world, relative, shell, "relative");
    for (const scoredBy of [shell.id, relative.id])
      expect(await update({ ...scored, scoredBy })).toBe("referral_hypotheses_scorer");
    expect(await update({ toldAt: world.now })).toBe("referral_hypotheses_told");
    expect(await update({ ...scored, scoredAt: world.now })).toBe("referral_hypotheses_in_time");
    expect(await update({ claim: "Another" })).toBe("referral_hypotheses_fixed");
    expect(await update(scored)).toBe("nothing");
    expect(await update({ outcome: "false" })).toBe("referral_hypotheses_settled");
    const [of] = await db.select().from(referrals).where(eq(referrals.id, referralId));
    if (!of) throw new Error("no referral");
    const { id: _, ...values } = of;
    const again = { ...values, state: "sent" as const, answeredAt: null, tokenHash: "x" };
    expect(
      await refusalOf(
        db.insert(referrals).values({ ...again, scoutId: (await world.person("scout")).id }),
      ),
    ).toBe("referrals_by_link");
    expect(await refusalOf(db.insert(referrals).values({ ...again, linkId: null }))).toBe(
      "referrals_reasons",
    );
  });

  it("of a referral that is over nothing more is said", async () => {
    const { world, scout, talent } = await makeLinked();
    const id = world.must(
      await referTalent(
        world.call(scout, {
          ...{ talentName: "T", talentEmail: talent.email, reasons: "She weaves." },
        }),
      ),
    ).referralId;
    await world.confirmScout(talent, "none");
    const asked = { referralId: id, ...said(world) };
    expect(codeOf(await stateHypothesis(world.call(scout, asked)))).toBe("referral_over");
  });
});
