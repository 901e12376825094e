import { profiles } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { profileInput } from "./schema";

/** Replaces what a person shows of themselves with what the form holds. */
export const editProfile = defineCommand({
  name: "edit-profile",
  action: "profile.edit",
  input: profileInput,
  async run(tx, { input, person, now, authorise }) {
    authorise({ person: person.id });
    const row = { ...input, updatedAt: now };
    await tx
      .insert(profiles)
      .values({ personId: person.id, ...row })
      .onConflictDoUpdate({ target: profiles.personId, set: row });
    return { handle: person.handle };
  },
});
