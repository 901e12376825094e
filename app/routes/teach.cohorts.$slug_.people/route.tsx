import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { ErrorSummary } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { changePartner, endPartner } from "~/features/cohorts/change-partner.server";
import { inviteCoTeacher, withdrawInvitation } from "~/features/cohorts/invite-co-teacher.server";
import { COHORT_MESSAGES } from "~/features/cohorts/messages";
import { InviteForm, PartnerForm, People } from "~/features/cohorts/partner-forms";
import { listPartners, percentOfBps } from "~/features/cohorts/partners.server";
import { ROLES } from "~/features/cohorts/partners-schema";
import { loadSetUp, setUpTrail } from "~/features/cohorts/set-up.server";
import { SetUpTabs } from "~/features/cohorts/set-up-tabs";
import { Sisters } from "~/features/cohorts/sister-forms";
import {
  answerSister,
  askSister,
  leaveSisters,
  listSisterRequests,
  listSisters,
} from "~/features/cohorts/sisters.server";
import { ALLOWED } from "~/features/cohorts/stages";
import type { FlashKey } from "~/lib/flash";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `People of ${data?.title ?? "a cohort"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const { cohort, staff, stage, lead, between } = await loadSetUp(
    actor,
    params.slug,
    getClock().now(),
  );
  const partners = await listPartners(actor, cohort);
  const asked = new URL(request.url).searchParams.get("partner");
  return {
    title: cohort.title,
    slug: cohort.slug,
    trail: setUpTrail(cohort),
    between,
    lead: lead && ALLOWED.staff.includes(stage),
    staff: staff.map(({ handle, displayName, role, partBps }) => ({
      ...{ handle, displayName },
      role: ROLES[role].name.toLowerCase(),
      part: percentOfBps(partBps),
    })),
    partners,
    partner: partners.find(({ id }) => id === asked) ?? null,
    sisters: (await listSisters(cohort)).map(({ slug, title }) => ({ slug, title })),
    requests: await listSisterRequests(actor, cohort),
    idempotencyKey: newIdempotencyKey(),
  };
}

const COMMANDS = {
  invite: inviteCoTeacher,
  withdraw: withdrawInvitation,
  change: changePartner,
  end: endPartner,
  "ask-sister": askSister,
  "answer-sister": answerSister,
  "leave-sisters": leaveSisters,
} as const;
const SAYING: Partial<Record<string, FlashKey>> = {
  withdraw: "partner-not-asked",
  change: "partner-changed",
  end: "partner-ended",
  "ask-sister": "sister-asked",
  "answer-sister": "sister-answered",
  "leave-sisters": "sisters-left",
};

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const { cohort } = await loadSetUp(actor, params.slug, now);
  const form = await readForm(request);
  const { intent, ...values } = form.values;
  const command = COMMANDS[intent as keyof typeof COMMANDS] ?? inviteCoTeacher;
  const input = { ...values, cohortId: cohort.id };
  const result = await command({ actor, idempotencyKey: form.idempotencyKey, now, input });
  if (!result.ok) return refused(result.error, form, COHORT_MESSAGES);
  const saying =
    "joined" in result.value && result.value.joined ? "sisters-joined" : SAYING[intent ?? ""];
  return redirectSaying(`/teach/cohorts/${cohort.slug}/people`, saying ?? "partner-asked");
}

export default function PeoplePage() {
  const {
    slug,
    trail,
    between,
    lead,
    staff,
    partners,
    partner,
    sisters,
    requests,
    idempotencyKey,
  } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  if (partner && lead) {
    return (
      <>
        <PageHead title={partner.name} trail={[...trail, { to: "?", name: "People" }]} />
        <ErrorSummary problem={problem} />
        <PartnerForm {...{ partner, problem, idempotencyKey }} />
      </>
    );
  }
  return (
    <>
      <PageHead title="People" trail={trail}>
        Who works on this cohort, and what each may do.
      </PageHead>
      <SetUpTabs {...between} at="people" />
      <ErrorSummary problem={problem} />
      <People {...{ staff, partners, lead }} invited={partners.filter((one) => !one.accepted)} />
      {lead ? (
        <p className="mt-6">
          <Link to={`/teach/cohorts/${slug}/people/import`}>Ask many reviewers by a CSV file</Link>
        </p>
      ) : null}
      {/* Anew once somebody was asked: the next address is another. */}
      {lead ? <InviteForm key={partners.length} {...{ problem, idempotencyKey }} /> : null}
      <Sisters {...{ sisters, requests, lead, problem, idempotencyKey }} />
    </>
  );
}
