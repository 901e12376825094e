import { eq } from "drizzle-orm";
import { persons } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { emailInput, holdByEmail } from "./hold-by-email.server";

/**
 * Makes the person with that e-mail address an operator, from the command line alone (the system asks).
 * Who is one already stays one since then. Refuses `unknown_person`, and `unverified_person` while the address is not
 * confirmed: somebody else may have signed up with it.
 */
export const grantOperator = defineCommand({
  name: "grant-operator",
  action: "operator.grant",
  input: emailInput,
  async run(tx, { input, now, authorise, refuse, audit }) {
    authorise({});
    const person = await holdByEmail(tx, input.email);
    if (!person) return refuse({ code: "unknown_person", field: "email" });
    if (!person.emailVerifiedAt) return refuse({ code: "unverified_person", field: "email" });
    if (person.operatorSince)
      return { handle: person.handle, since: person.operatorSince.toISOString(), already: true };
    await tx.update(persons).set({ operatorSince: now }).where(eq(persons.id, person.id));
    await audit({ type: "person", id: person.id });
    return { handle: person.handle, since: now.toISOString(), already: false };
  },
});
