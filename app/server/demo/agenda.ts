/** A seeded source of chance (mulberry32): the same seed gives the same world. For the demo world alone. */
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A whole number from 0 to below `n`. */
  below(n: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % n;
  }

  /** One of these. */
  pick<T>(from: readonly T[]): T {
    const chosen = from[this.below(from.length)];
    if (chosen === undefined) throw new RangeError("nothing to pick from");
    return chosen;
  }
}

type Appointment = { at: Date; nth: number; act: () => Promise<void> };

/** What happens when: acts run in the order of their instants, and those of one instant in the order in which they were put. */
export class Agenda {
  private readonly appointments: Appointment[] = [];

  /** Puts an act at an instant. */
  at(at: Date, act: () => Promise<void>): void {
    this.appointments.push({ at, nth: this.appointments.length, act });
  }

  /** Runs everything up to and including `until`, telling each instant first; what lies later never happens. */
  async run(until: Date, tell: (now: Date, done: number, of: number) => void): Promise<void> {
    const due = this.appointments
      .filter((a) => a.at <= until)
      .sort((a, b) => a.at.getTime() - b.at.getTime() || a.nth - b.nth);
    for (const [index, appointment] of due.entries()) {
      tell(appointment.at, index, due.length);
      await appointment.act();
    }
  }
}
