/** One command of `npm run ledger`. It answers the exit code: 2 where it was asked wrongly. */
export type LedgerCommand = {
  /** What follows `npm run ledger --`. */
  usage: string;
  about: string;
  run(args: string[]): Promise<number>;
};
