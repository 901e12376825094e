import { z } from "~/lib/zod";

const day = z
  .string()
  .trim()
  .regex(/^20\d{2}-\d{2}-\d{2}$/)
  .refine((text) => !Number.isNaN(Date.parse(`${text}T00:00:00Z`)));
const word = z.string().trim().toLowerCase().min(1).max(60);

/** What of the audit trail is asked for. Whatever is not understood is not asked for. */
export const auditFilter = z.object({
  /** A person's handle. */
  who: word.optional().catch(undefined),
  action: word.optional().catch(undefined),
  /** A kind of subject, such as `deposit`. */
  kind: word.optional().catch(undefined),
  /** The subject's id, or how it begins. */
  subject: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[0-9a-f-]{1,36}$/)
    .optional()
    .catch(undefined),
  /** First and last day (UTC), both included. */
  from: day.optional().catch(undefined),
  to: day.optional().catch(undefined),
  /** The page below this event. */
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional()
    .catch(undefined),
});

export type AuditFilter = z.output<typeof auditFilter>;
