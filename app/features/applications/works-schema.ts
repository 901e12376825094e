import { optionalTextField, textField } from "~/lib/terms";
import { z } from "~/lib/zod";
import { type Asked, readAnswer } from "./kinds";

const LINK: Asked = { kind: "link", required: false, maxWords: null, options: [] };

/** A work of a collection, as its form sends it. */
export const workFields = {
  title: textField("a title", 120),
  description: optionalTextField("the description", 5_000),
  url: z
    .string()
    .default("")
    .transform((typed, context) => {
      const read = readAnswer(LINK, typed);
      if (read.ok) return read.answer;
      context.addIssue({ code: "custom", message: read.problem });
      return z.NEVER;
    }),
  file: z
    .object({
      name: z.string(),
      bytes: z.custom<Uint8Array>((given) => given instanceof Uint8Array),
    })
    .optional(),
};

export const workInput = z.object({ workId: z.uuid() });
