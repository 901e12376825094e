import { explainFailure, logToStderr } from "./command";
import { openCommandDatabase } from "./database";

/**
 * Runs a command that needs the database, on the running site's or on one started for it, and answers the
 * command's exit code; 1, with a message on stderr, when it fails.
 */
export async function withDatabase(work: () => Promise<number>): Promise<number> {
  try {
    const database = await openCommandDatabase(logToStderr);
    try {
      return await work();
    } finally {
      await database.close();
    }
  } catch (error) {
    process.stderr.write(`${explainFailure(error)}\n`);
    return 1;
  }
}
