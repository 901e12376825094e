import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  Link,
  type ShouldRevalidateFunction,
  useActionData,
  useLoaderData,
} from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { readForm } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { ErrorSummary } from "~/components/ui/form";
import { Badge, PageHead } from "~/components/ui/page";
import { APPLICATION_STATES } from "~/features/applications/words";
import { AUTO } from "~/features/reviews/score-form";
import { StakeShown } from "~/features/scouting/stake-shown";
import { act } from "./act.server";
import { Decide } from "./decide";
import { Neighbours, Offers, Trail } from "./parts";
import { Reading } from "./reading";
import { loadReview } from "./review.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.name ?? "Application"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const search = new URL(request.url).searchParams;
  return loadReview(actor, params.id, search, getClock().now());
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  return act(actor, params.id ?? "", form, {
    now: getClock().now(),
    search: new URL(request.url).search,
    at: (now) => `${now.toISOString().slice(11, 16)} UTC`,
  });
}

/** A save by itself changes nothing that the page shows but its own time. */
export const shouldRevalidate: ShouldRevalidateFunction = ({
  formData,
  defaultShouldRevalidate,
}) => (formData?.get(AUTO) ? false : defaultShouldRevalidate);

export default function ReviewApplication() {
  const file = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  const said = problem && "problem" in problem ? problem.problem : undefined;
  return (
    <>
      <PageHead
        title={file.name}
        trail={[
          { to: "/teach", name: "Teaching" },
          { to: file.list.back, name: file.cohortTitle },
        ]}
      >
        <Badge tone={file.state === "admitted" ? "gain" : "plain"}>
          {APPLICATION_STATES[file.state]}
        </Badge>{" "}
        Application of {file.submittedOn}.{" "}
        {file.handle ? <Link to={`/people/${file.handle}`}>Public page</Link> : null}
        {file.hidden ? "Name, profile and links are hidden until you have scored it." : null}
      </PageHead>
      <Neighbours {...file.list} />
      <StakeShown stake={file.stake} reader="teacher" />
      <ErrorSummary
        problem={said}
        labels={Object.fromEntries(file.criteria.map(({ id, title }) => [`score-${id}`, title]))}
      />
      {file.conflicted ? (
        <p className="max-w-[68ch]">
          You are too close to this person to judge them, so their application is not shown to you.
        </p>
      ) : (
        <Reading key={file.id} />
      )}
      <Decide />
      {file.state === "admitted" && file.teacher ? <Offers {...file} /> : null}
      {file.conflicted ? null : <Trail trail={file.trail} />}
    </>
  );
}
