import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  Link,
  type ShouldRevalidateFunction,
  useActionData,
  useLoaderData,
} from "@remix-run/react";
import { useRef } from "react";
import { Deadline } from "~/components/ui/deadline";
import { ErrorSummary } from "~/components/ui/form";
import { Notice } from "~/components/ui/notice";
import { PageHead, Section } from "~/components/ui/page";
import { ApplicationForm } from "~/features/applications/application-form";
import {
  answerApplicationForm,
  loadApplicationForm,
} from "~/features/applications/application-route.server";
import { ChecklistShown } from "~/features/applications/checklist-shown";
import { answerField } from "~/features/applications/rules";
import { getStakeNote } from "~/features/scouting/stake-note.server";
import { StakeShown } from "~/features/scouting/stake-shown";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Apply to ${data?.cohort.title ?? "a cohort"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { stakeFor, ...form } = await loadApplicationForm(request, params.slug);
  return { ...form, stake: await getStakeNote(...stakeFor) };
}

/** Once nothing can be written any more the loader sends elsewhere: the page with what was typed stays as it is. */
export const shouldRevalidate: ShouldRevalidateFunction = ({
  actionResult,
  defaultShouldRevalidate,
}) => (actionResult?.closed ? false : defaultShouldRevalidate);

export const action = ({ request, params }: ActionFunctionArgs) =>
  answerApplicationForm(request, params.slug);

/** A key that stays while what was sent is refused: its fields go on, with what was typed meanwhile. */
function useLastAccepted(key: string, isAccepted: boolean): string {
  const last = useRef(key);
  if (isAccepted) last.current = key;
  return last.current;
}

export default function Apply() {
  const { cohort, deadline, state, verified, unsent, checklist, stake, idempotencyKey, ...form } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const shownSince = useLastAccepted(idempotencyKey, answer === undefined);
  return (
    <>
      <PageHead
        title={`Apply to ${cohort.title}`}
        trail={[{ to: `/cohorts/${cohort.slug}`, name: cohort.title }]}
        over={
          <>
            Until <Deadline of={deadline} />
          </>
        }
      >
        {cohort.teacher} reads your answers beside <Link to="/profile">your profile</Link>. You can
        change everything until the deadline, on any of your devices.
      </PageHead>
      {verified ? null : (
        <Notice tone="loss">
          Verify your e-mail address before you write: <Link to="/account">see your account</Link>.
          Nothing can be saved until then.
        </Notice>
      )}
      {unsent ? (
        <Notice>
          What stands here is not what you submitted: the changes are read once you submit them.
        </Notice>
      ) : null}
      <div className="mb-8">
        <StakeShown stake={stake} reader="applicant" />
      </div>
      <ErrorSummary
        problem={answer?.problem}
        labels={Object.fromEntries(
          form.questions.map(({ id, prompt }) => [answerField(id), prompt]),
        )}
      />
      <ApplicationForm
        key={shownSince}
        {...form}
        {...{ slug: cohort.slug, submitted: state === "submitted", idempotencyKey }}
        problem={answer?.problem}
        kept={answer?.kept}
      />
      <Section title="What is missing">
        <p className="mb-4 max-w-[68ch] text-ink-soft">
          As it was when you opened this page or last saved with a button.
        </p>
        <ChecklistShown items={checklist} />
      </Section>
    </>
  );
}
