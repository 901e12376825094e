import { localPath } from "~/auth/next-path";
import { linkFields, linksOf } from "~/lib/link-fields";
import { VISIBILITIES } from "~/lib/visibility";
import { z } from "~/lib/zod";
import { isCountry } from "./countries";
import { handleProblem, isBirthDate, LINKS } from "./rules";

/** How long a password may be, in characters; no rule about what is in it. */
export const PASSWORD_LENGTH = { min: 12, max: 200 } as const;

const line = (say: string, max: number) =>
  z
    .string(say)
    .trim()
    .regex(/[\p{L}\p{N}]/u, say)
    .max(max, `Please use at most ${max} characters.`)
    // No marks that turn the direction of what follows: a name must not rearrange the page.
    .regex(
      /^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u,
      "Please use one line of plain text.",
    );

/** An e-mail address as it is kept: trimmed, in lower case. */
export const emailField = z
  .string("Enter your e-mail address.")
  .trim()
  .toLowerCase()
  .max(254, "This address is too long.")
  .pipe(z.email("Enter an e-mail address, as in alice@example.org."));

/** A new password. */
export const newPasswordField = z
  .string("Choose a password.")
  .min(PASSWORD_LENGTH.min, `Use at least ${PASSWORD_LENGTH.min} characters; a sentence is good.`)
  .max(PASSWORD_LENGTH.max, `Use at most ${PASSWORD_LENGTH.max} characters.`);

const handleField = z
  .string("Choose a handle.")
  .trim()
  .superRefine((handle, context) => {
    const problem = handleProblem(handle);
    if (problem === "shape")
      context.addIssue({
        code: "custom",
        message: "Use 3 to 30 small letters, digits or hyphens, as in alice-2.",
      });
    if (problem === "reserved")
      context.addIssue({
        code: "custom",
        message: "This word is kept for the site. Choose another handle.",
      });
  });

// In the order of the form, so that its problems are listed in that order.
const seen = {
  displayName: line("Enter the name that others see.", 80).regex(
    /^[^<>@/\\]*$/,
    "Leave out < > @ / and \\: this is a name.",
  ),
  handle: handleField,
};
const unseen = {
  legalName: line("Enter your name as it stands in your passport or identity card.", 120),
  dateOfBirth: z
    .string("Enter your date of birth.")
    .trim()
    .refine(isBirthDate, "Enter your date of birth as a real date, as in 2001-03-27."),
  country: z
    .string("Choose the country you live in.")
    .refine(isCountry, "Choose the country you live in."),
};

/** A path of this site to go on to; what is none counts for nothing. */
const nextField = z
  .string()
  .nullish()
  .transform((next) => localPath(next));

/** What somebody types to open an account. */
export const signUpInput = z.object({
  ...seen,
  email: emailField,
  password: newPasswordField,
  ...unseen,
  next: nextField,
});
/** The same once the password has become its argon2id hash. */
export const openAccountInput = z.object({
  ...seen,
  email: emailField,
  passwordHash: z.string().min(1),
  ...unseen,
  next: nextField,
});

/** A form that asks for mail to an address. */
export const addressInput = z.object({ email: emailField, next: nextField });

/** The secret part of a mailed link. */
export const tokenField = z
  .string("This link is not complete.")
  .min(1, "This link is not complete.")
  .max(200, "This link is not complete.");

const essay = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `Please use at most ${max.toLocaleString("en")} characters.`)
    .default("");

/** Who reads a part; what a form does not say stays as it was. */
const visibilityField = z.enum(VISIBILITIES, "Choose who reads this.").optional();

/** The form of a profile: texts in markdown, who reads them, and up to five links as pairs `linkTitle1`, `linkUrl1`, … */
export const profileInput = z
  .object({
    headline: z.string().trim().max(120, "Please use at most 120 characters.").default(""),
    work: essay(20_000),
    workVisibility: visibilityField,
    explorationPlan: essay(20_000),
    planVisibility: visibilityField,
    ...linkFields(LINKS),
  })
  .transform(({ headline, work, workVisibility, explorationPlan, planVisibility, ...rest }) => ({
    headline,
    work,
    workVisibility,
    explorationPlan,
    planVisibility,
    links: linksOf(rest, LINKS),
  }));
