import postgres from "postgres";
import { constraintName, sqlState } from "#db/client.server";

/** The constraint, or else the SQLSTATE, with which the database refuses; `accepted` where it does not. */
export async function refusal(act: PromiseLike<unknown>): Promise<string> {
  const error = await Promise.resolve(act).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return constraintName(error) ?? sqlState(error) ?? "accepted";
}

/** Runs statements on one connection of that login. */
export async function withLogin<T>(
  url: string,
  act: (sql: postgres.Sql) => Promise<T>,
): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await act(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Tries SQL in a transaction that is rolled back, and answers the SQLSTATE it fails with; undefined when it succeeds. */
export function failure(url: string, statement: string): Promise<string | undefined> {
  return withLogin(url, (sql) =>
    sql
      .begin(async (tx) => {
        await tx.unsafe(statement);
        throw new Error("rolled back");
      })
      .catch(sqlState),
  );
}
