import { z } from "~/lib/zod";

/** The stored id of a session. */
export const sessionIdField = z.string().regex(/^[0-9a-f]{64}$/);

/** The six digits of an authenticator, however they are spaced. */
export const codeField = z
  .string("Type the six digits that your authenticator shows.")
  .transform((text) => text.replace(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/, "Type the six digits that your authenticator shows."));
