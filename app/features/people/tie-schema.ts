import { textField } from "~/lib/terms";
import { z } from "~/lib/zod";

const handle = z.string().trim().toLowerCase().min(1, "Name the person.").max(40);

export const tieInput = z.object({
  /** For operators: the first of the two. Absent: whoever asks. */
  person: handle.optional(),
  other: handle,
  kind: z.enum(["relative", "controls"], { error: "Choose what ties you." }),
});

export const tieEndInput = z.object({ tieId: z.uuid(), reason: textField("a reason", 2_000) });

export const joinInput = z.object({
  /** Who controls. */
  person: handle,
  /** The entity that counts as them. */
  other: handle,
  reason: textField("a reason", 2_000),
});
