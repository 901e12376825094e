import type { Chance } from "./agenda";
import type { CastStudent } from "./cast";

/** Given names by the country that they are at home in: a name and where somebody of that name may live. */
const GIVEN: readonly (readonly [string, string])[] = [
  ["Aino", "FI"],
  ["Amara", "NG"],
  ["Anouk", "NL"],
  ["Arjun", "IN"],
  ["Ayla", "TR"],
  ["Bilal", "MA"],
  ["Bruna", "BR"],
  ["Camille", "FR"],
  ["Daniela", "CL"],
  ["Davit", "GE"],
  ["Eilidh", "GB"],
  ["Ewa", "PL"],
  ["Fatou", "SN"],
  ["Filip", "CZ"],
  ["Greta", "DE"],
  ["Hanh", "VN"],
  ["Ibrahim", "GH"],
  ["Ilse", "BE"],
  ["Ivo", "BG"],
  ["Jarek", "PL"],
  ["Joana", "PT"],
  ["Kai", "US"],
  ["Katrin", "AT"],
  ["Lindiwe", "ZA"],
  ["Luca", "IT"],
  ["Maren", "NO"],
  ["Mei", "TW"],
  ["Nikos", "GR"],
  ["Oksana", "UA"],
  ["Paula", "ES"],
  ["Rafael", "MX"],
  ["Saoirse", "IE"],
  ["Sigrid", "SE"],
  ["Tamar", "IL"],
  ["Thandi", "ZA"],
  ["Viktor", "HU"],
  ["Wanjiru", "KE"],
  ["Yara", "BR"],
  ["Zoltan", "HU"],
  ["Zuri", "KE"],
];
const FAMILY: readonly string[] = [
  "Abara",
  "Almeida",
  "Andersen",
  "Bakker",
  "Baran",
  "Bianchi",
  "Cohen",
  "Costa",
  "Dahl",
  "Dimitrov",
  "Duarte",
  "Eriksen",
  "Farkas",
  "Fontaine",
  "Georgiou",
  "Haas",
  "Ito",
  "Jansen",
  "Kamau",
  "Keller",
  "Kovacs",
  "Laurent",
  "Lopez",
  "Mazur",
  "Mensah",
  "Moyo",
  "Nakamura",
  "Nguyen",
  "Olsen",
  "Ortega",
  "Pham",
  "Popov",
  "Quinn",
  "Rossi",
  "Sandoval",
  "Sharma",
  "Silva",
  "Tanaka",
  "Urban",
  "Vogel",
];
const MAKES: readonly string[] = [
  "Cheap spectrometers",
  "Maps of underground water",
  "Games that teach balance",
  "Bread at three times the speed",
  "Hinges that last",
  "Sound for deaf dancers",
  "A calculator for farmers",
  "Glue from algae",
  "Clocks for the blind",
  "Small satellites' antennas",
  "Toys that repair themselves",
  "Microscopes out of phones",
  "A search engine for seeds",
  "Batteries from rust",
  "Queues that do not annoy",
  "Paint that cools",
  "Drones that plant",
  "Contracts in plain words",
  "Prosthetic fingers",
  "Tide tables by hand",
  "Insulation from wool",
  "A language for knitting",
  "Lenses from ice",
  "Bicycles for loads",
  "Music from weather",
  "Tools for left hands",
];
const TRIES: readonly string[] = [
  "I would spend a year on the one part that everybody buys ready-made.",
  "I would ask two hundred people, and build for the eleven who say no.",
  "I would make the smallest version that can fail, and let it.",
  "I would measure what everybody assumes.",
  "I would go where it is used and carry it myself for a month.",
  "I would rebuild it from memory every Friday.",
  "I would publish every failure with its drawing.",
  "I would find the oldest person who still does it by hand.",
];

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, "");

/** Makes people who are not in the cast, one after another, none twice. Same chances, same people. */
export class Crowd {
  private readonly taken: Set<string>;

  constructor(
    private readonly chance: Chance,
    taken: Iterable<string>,
  ) {
    this.taken = new Set(taken);
  }

  /** The next student. Of age when the oldest cohort began. */
  next(): CastStudent {
    for (;;) {
      const [given, country] = this.chance.pick(GIVEN);
      const family = this.chance.pick(FAMILY);
      const handle = `${plain(given)}-${plain(family)}`;
      if (this.taken.has(handle)) continue;
      this.taken.add(handle);
      const month = String(1 + this.chance.below(12)).padStart(2, "0");
      const day = String(1 + this.chance.below(28)).padStart(2, "0");
      return {
        name: `${given} ${family}`,
        handle,
        country,
        dateOfBirth: `${1984 + this.chance.below(14)}-${month}-${day}`,
        headline: this.chance.pick(MAKES),
        plan: this.chance.pick(TRIES),
      };
    }
  }
}
