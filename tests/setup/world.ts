import { type Operators, type Someone, Steps } from "~/server/demo/steps";

/** When a made world begins. */
export const BEGINNING = new Date("2026-01-05T09:00:00.000Z");
const DAY_MS = 86_400_000;
let serial = 0;

/** The product's commands, plus the short ways that tests need. Two operators are there from the start. */
export class World extends Steps {
  operator!: Someone;
  /** Money in and out takes two; the first of them is `operator`. */
  operators!: Operators;

  /** A new world in the test file's database. */
  static async make(now: Date = BEGINNING): Promise<World> {
    serial += 1;
    const world = new World(`world-${process.pid}-${serial}`, now);
    world.operator = await world.joinAsOperator({
      name: "Olga Operator",
      handle: world.handle("operator"),
    });
    const second = await world.joinAsOperator({
      name: "Otis Operator",
      handle: world.handle("operator"),
    });
    world.operators = [world.operator, second];
    return world;
  }

  /** A handle that nobody in this database has. */
  handle(stem: string): string {
    serial += 1;
    return `${stem}-${serial}`;
  }

  /** Moves this world's time forward. */
  pass(time: { days?: number; ms?: number }): void {
    this.now = new Date(this.now.getTime() + (time.days ?? 0) * DAY_MS + (time.ms ?? 0));
  }

  /** A person of age with a confirmed address. */
  async person(
    stem = "person",
    more: { dateOfBirth?: string; country?: string; name?: string } = {},
  ): Promise<Someone> {
    const handle = this.handle(stem);
    return this.join({ name: more.name ?? `${stem} ${handle}`, handle, ...more });
  }

  /** A verified investor with so many dollars. */
  async investor(dollars = "100,000"): Promise<Someone> {
    const investor = await this.person("teacher");
    await this.verify(investor, this.operator);
    await this.deposit(investor, this.operators, dollars);
    return investor;
  }

  /** A cohort of that teacher, open from a day ago for a month. */
  async cohort(teacher: Someone, capacity = "50") {
    const day = (days: number) =>
      new Date(this.now.getTime() + days * DAY_MS).toISOString().slice(0, 10);
    return this.openCohort(teacher, {
      title: `Cohort ${this.handle("c")}`,
      skill: "Robotics",
      pitch: "Twelve weeks.",
      capacity,
      opensAt: `${day(-1)}T09:00`,
      closesAt: `${day(30)}T18:00`,
      startsAt: `${day(40)}T09:00`,
      endsAt: `${day(124)}T18:00`,
      questions: ["Why?", "What next?"],
      amount: "20,000",
      percent: "1",
    });
  }

  /** A student with a place in a new cohort of that teacher; answers the application. */
  async admitted(teacher: Someone, student: Someone): Promise<string> {
    const cohort = await this.cohort(teacher);
    const applicationId = await this.apply(student, cohort, ["Because.", "A bridge."]);
    await this.decide(teacher, applicationId);
    return applicationId;
  }

  /** A funded offer from that teacher to that student, through a cohort of its own. */
  async offered(
    teacher: Someone,
    student: Someone,
    terms: { amount: string; percent: string; payoutCap?: "3" | "5"; sunset?: "10" | "20" },
  ): Promise<string> {
    return this.offer(teacher, await this.admitted(teacher, student), terms);
  }

  /** A settled investment; a week passes. */
  async invested(
    teacher: Someone,
    student: Someone,
    terms: { amount: string; percent: string; payoutCap?: "3" | "5"; sunset?: "10" | "20" },
  ): Promise<string> {
    const offerId = await this.offered(teacher, student, terms);
    await this.sign(student, offerId);
    this.pass({ days: 7 });
    await this.settle(offerId);
    return offerId;
  }
}
