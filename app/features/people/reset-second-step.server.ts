import { defineCommand } from "~/auth/command.server";
import { endAllSessions } from "~/auth/session.server";
import { endSignInStepsOf } from "~/auth/sign-in-step.server";
import { mailSecurityAct } from "./account-mail.server";
import { emailInput, holdByEmail } from "./hold-by-email.server";
import { forgetSecondStep } from "./second-step.server";

/**
 * Turns off the second step of the person with that e-mail address, who has lost the authenticator and the recovery codes;
 * from the command line alone (the system asks). The person is signed out everywhere and told by mail; for an operator the
 * desk opens again with a new second step. Refuses `unknown_person`, and `not_on` where nothing was set up.
 */
export const resetSecondStep = defineCommand({
  name: "reset-second-step",
  action: "account.reset",
  input: emailInput,
  async run(tx, { input, now, authorise, refuse, audit }) {
    authorise({});
    const person = await holdByEmail(tx, input.email);
    if (!person) return refuse({ code: "unknown_person", field: "email" });
    if (!person.totpConfirmedAt) return refuse({ code: "not_on", field: "email" });
    await forgetSecondStep(tx, person.id, now);
    await endAllSessions(tx, person.id);
    await endSignInStepsOf(tx, person.id);
    await mailSecurityAct(tx, person, "second-step-reset", now);
    await audit({ type: "person", id: person.id });
    return { handle: person.handle, operator: person.operatorSince !== null };
  },
});
