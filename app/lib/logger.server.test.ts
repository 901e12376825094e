import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { expect, it } from "vitest";
import { describeError } from "./logger.server";

it("says nothing of a statement's parameters when the database cannot be reached", async () => {
  const client = postgres("postgres://nobody:secret@127.0.0.1:1/none", { max: 1 });
  const error = await drizzle(client)
    .execute(sql`SELECT ${"ada@example.org"}::text`)
    .catch((thrown: unknown) => new Error("while signing in", { cause: thrown }));
  const described = describeError(error);
  expect(described.code).toBe("ECONNREFUSED");
  expect(JSON.stringify(described)).not.toMatch(/ada@|secret|SELECT/i);
});

it("keeps the message of an error of ours", () => {
  expect(describeError(new Error("a token vanished"))).toMatchObject({
    type: "Error",
    message: "a token vanished",
  });
});
