import { describe, expect, it } from "vitest";
import { readReviewerLines } from "./reviewer-lines.server";

const emails = (text: string) => readReviewerLines(text).lines.map(({ email }) => email);

describe("a file of reviewers", () => {
  it.each([
    ["addresses alone", "a@x.org\nB@x.org \n"],
    ["a column among others, semicolons", "Name;E-Mail\nAnn, of Graz;a@x.org\nBen;b@x.org"],
    [
      "tabs, a mark of its encoding, line ends of Windows",
      "\uFEFFemail\tname\r\na@x.org\tAnn\r\n\r\nb@x.org\tBen\r\n",
    ],
    ["quoted cells over several lines", 'email,about\na@x.org,"one\ntwo, three"\nb@x.org,'],
  ])("is read: %s", (_, text) => {
    expect(readReviewerLines(text).problem).toBeNull();
    expect(emails(text)).toEqual(["a@x.org", "b@x.org"]);
  });

  it("says for each line what is wrong with it, by the file's own numbers", () => {
    const { lines } = readReviewerLines("email,name\na@x.org,A\n\nno address,B\nA@X.org,C\n,D\n");
    expect(lines).toEqual([
      { line: 2, email: "a@x.org", problem: null },
      { line: 4, email: "no address", problem: "This is no e-mail address." },
      { line: 5, email: "a@x.org", problem: "The address stands on line 2 already." },
      { line: 6, email: "", problem: "There is no address on this line." },
    ]);
  });

  it.each([
    ["", "empty"],
    ["email\n", "no line below"],
    ["a,b\nc,d", "none is headed"],
    ['email\n"a@x.org', "no CSV"],
    [`email\n${"a@x.org\n".repeat(501)}`, "501 lines"],
  ])("%j cannot be read", (text, said) => {
    const read = readReviewerLines(text);
    expect(read.lines).toEqual([]);
    expect(read.problem).toContain(said);
  });
});
