import { createHash } from "node:crypto";

/** What is kept of a late code: the SHA-256 (hex) of its letters and digits, upper-cased; how it is spaced does not matter. */
export const lateCodeHash = (code: string): string =>
  createHash("sha256")
    .update(code.toUpperCase().replace(/[^A-Z0-9]/g, ""))
    .digest("hex");
