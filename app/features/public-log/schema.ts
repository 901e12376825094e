import { textField } from "~/lib/terms";
import { z } from "~/lib/zod";

/** What an operator says who asks that an entry's opening be taken away. */
export const closeOpeningInput = z.object({
  /** The entry's id in the log. */
  entryId: z.uuid("Enter the entry's id in the log, as it stands in /log/open/… under “id”."),
  reason: textField("why it must not be read", 500),
});
