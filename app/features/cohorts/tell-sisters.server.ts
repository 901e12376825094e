import { and, inArray, ne } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { persons } from "#db/schema/index";
import { enqueueMails } from "#emails/outbox.server";
import type { Context } from "~/auth/command.server";
import type { Cohort } from "./queries.server";
import { staffOf } from "./teachers.server";

const people = (cohort: Pick<Cohort, "slug">) => `/teach/cohorts/${cohort.slug}/people#sisters`;

/** The leads of a cohort but for whoever acts, as the outbox addresses them. */
async function leadsOf<I>(tx: Tx, { person }: Context<I>, cohort: Pick<Cohort, "id">) {
  const { lead } = await staffOf(tx, cohort.id);
  const rows = await tx
    .select({ id: persons.id, email: persons.email, name: persons.displayName })
    .from(persons)
    .where(and(inArray(persons.id, lead), ne(persons.id, person.id)));
  return rows.map(({ id, email, name }) => ({ to: { personId: id, email }, name }));
}

/** Tells the leads of the cohort that was asked to share its peer space. In the caller's transaction. */
export async function tellOfAsking<I>(
  tx: Tx,
  context: Context<I>,
  { from, to }: { from: Cohort; to: Cohort },
): Promise<void> {
  const leads = await leadsOf(tx, context, to);
  const props = {
    ...{ by: context.person.displayName, cohort: to.title, other: from.title },
    path: people(to),
  };
  const mails = leads.map(({ to: address, name }) => ({ to: address, props: { name, ...props } }));
  await enqueueMails(tx, "sister-asked", mails, context.now);
}

/** Tells the leads of a cohort, in a sentence, what became of its peer space. In the caller's transaction. */
export async function tellOfSpace<I>(
  tx: Tx,
  context: Context<I>,
  cohort: Pick<Cohort, "id" | "slug" | "title">,
  said: string,
): Promise<void> {
  const leads = await leadsOf(tx, context, cohort);
  const props = { cohort: cohort.title, said, path: people(cohort) };
  const mails = leads.map(({ to, name }) => ({ to, props: { name, ...props } }));
  await enqueueMails(tx, "sister-answered", mails, context.now);
}
