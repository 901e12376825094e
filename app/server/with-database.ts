import { explainFailure, logToStderr } from "./command";
import { type OpenDatabase, openCommandDatabase } from "./database";

/**
 * Runs a command that needs the database, on the running site's or on one started for it, and answers the
 * command's exit code; 1, with a message on stderr, when it fails.
 */
export async function withDatabase(
  work: (database: OpenDatabase) => Promise<number>,
): Promise<number> {
  try {
    const database = await openCommandDatabase(logToStderr);
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } catch (error) {
    process.stderr.write(`${explainFailure(error)}\n`);
    return 1;
  }
}
