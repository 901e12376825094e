import { textField } from "~/lib/terms";
import { z } from "~/lib/zod";

const entryId = z.uuid("Enter the entry’s id in the log, as it stands in /log/entry/… under “id”.");

/** What an operator says who asks that an entry's opening be taken away. */
export const closeOpeningInput = z.object({
  /** The entry's id in the log. */
  entryId,
  reason: textField("why it must not be read", 500),
});

/** Which request to take an opening away ends before a second operator has decided. */
export const dropClosingInput = z.object({ entryId });
