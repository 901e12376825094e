import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { requirePerson } from "~/auth/session.server";
import { Empty, PageHead, Section } from "~/components/ui/page";
import { listToScore } from "~/features/scouting/hypotheses.server";
import { Hypotheses } from "~/features/scouting/hypothesis-parts";

export const meta: MetaFunction = () => [{ title: "What scouts expected · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const said = await listToScore(actor, getClock().now());
  return {
    due: said.filter(({ outcome }) => outcome === "due"),
    rest: said.filter(({ outcome }) => outcome !== "due"),
  };
}

type One = Awaited<ReturnType<typeof listToScore>>[number];
const about = (one: One) => ({
  who: `${one.scoutName} of ${one.own ? "you" : one.talentName}`,
  to: `/hypotheses/${one.id}`,
});

export default function ToScore() {
  const { due, rest } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="What scouts expected">
        A scout who refers somebody may write down what they expect of them, and how sure they are.
        Whom it is about and who taught them say what came of it; the scout never does.
      </PageHead>
      <Section title="Waits for you">
        {due.length === 0 ? (
          <Empty>Nothing is due. What a scout expects of you is listed here until its day.</Empty>
        ) : (
          <Hypotheses said={due} about={about} />
        )}
      </Section>
      {rest.length > 0 ? (
        <Section title="Not due yet, or scored">
          <Hypotheses said={rest} about={about} />
        </Section>
      ) : null}
    </>
  );
}
