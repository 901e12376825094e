import { textField } from "~/lib/terms";
import { z } from "~/lib/zod";
import { BASES, type Basis } from "./bases";

export const requestSchema = z.object({
  basis: z.enum(Object.keys(BASES) as [Basis, ...Basis[]], {
    error: "Choose what your request rests on.",
  }),
  statement: textField("what shows it: which papers, from whom, of which date", 4_000).pipe(
    z.string().min(20, "Say a little more: which papers, from whom, of which date."),
  ),
});

export const decisionSchema = z.object({
  verificationId: z.uuid(),
  decision: z.enum(["approve", "refuse"], { error: "Choose whether you approve or refuse." }),
  reason: textField("the reason: what you saw, and what follows from it", 2_000),
});
