import { applicationsBench } from "./applications";
import { type Bench, compareAlternately } from "./harness";
import { ledgerBench } from "./ledger";
import { logBench } from "./log";
import { recordBench } from "./record";
import { returnsBench } from "./returns";
import { sequencerBench } from "./sequencer";
import { verifyBench } from "./verify";

/** Every bench, by the name under which it is asked for. */
const BENCHES: Record<string, Bench> = {
  ledger: ledgerBench,
  returns: returnsBench,
  record: recordBench,
  verify: verifyBench,
  log: logBench,
  sequencer: sequencerBench,
  applications: applicationsBench,
};

const help = (): string => `npm run bench                 measures everything
npm run bench -- NAME…        only these:
${Object.entries(BENCHES)
  .map(([name, bench]) => `  ${name.padEnd(12)} ${bench.about}`)
  .join("\n")}
  --full     the largest sizes, which take minutes
  Each line on stdout is JSON: name, ours, theirs, ratio, runs; ours and theirs are medians of alternating runs.
  What is to be reached stands beside it on stderr. Exit 1 when something is missed, 2 for an unknown name.
`;

/** The command line of the benches. Answers the exit code. */
export async function main(argv: string[]): Promise<number> {
  if (argv.includes("--help") || argv.includes("-h")) {
    process.stdout.write(help());
    return 0;
  }
  const full = argv.includes("--full");
  const names = argv.filter((name) => name !== "--full");
  const unknown = names.find((name) => !Object.hasOwn(BENCHES, name));
  if (unknown !== undefined) {
    process.stderr.write(`There is no bench "${unknown}".\n${help()}`);
    return 2;
  }
  let missed = 0;
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (names.length > 0 && !names.includes(name)) continue;
    await bench.run(
      async (comparison) => {
        const met = await compareAlternately(comparison, {
          line: (text) => process.stdout.write(`${text}\n`),
          beside: (text) => process.stderr.write(`${text}\n`),
        });
        if (!met) missed += 1;
      },
      { full },
    );
  }
  return missed > 0 ? 1 : 0;
}
