import { expect, test } from "vitest";
import { plainFileName } from "./plain-file-name";

test("a file name keeps no folder, no control character and no more than 120 characters", () => {
  expect(plainFileName("statement.pdf")).toBe("statement.pdf");
  expect(plainFileName("../../etc/passwd")).toBe("passwd");
  expect(plainFileName("C:\\Users\\a\\sale.pdf")).toBe("sale.pdf");
  expect(plainFileName("a\r\nSet-Cookie: b\u202efdp.exe")).toBe("aSet-Cookie: bfdp.exe");
  expect(plainFileName("x".repeat(300)).length).toBe(120);
  expect(plainFileName("\u0000/")).toBe("document");
});
