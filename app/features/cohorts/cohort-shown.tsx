import { Link } from "@remix-run/react";
import { DeadlineFigure, DeadlineNote } from "~/components/ui/deadline";
import { Markdown } from "~/components/ui/markdown";
import { Facts, Section } from "~/components/ui/page";
import type { CohortView } from "./present";

/** What everybody sees of a cohort below its head: what it is, when, its terms, what is asked. */
export function CohortShown(props: {
  cohort: CohortView;
  pitch: string;
  /** How its places stand. */
  places: string;
  questions: readonly { id: string; prompt: string; note: string }[];
}) {
  const { cohort, pitch, places, questions } = props;
  return (
    <>
      <Section title="What it is">
        <Markdown html={pitch} />
      </Section>
      <Section title="When, and for how many">
        <Facts
          items={[
            ...cohort.schedule.map(({ name, at }) => ({
              name,
              value: <DeadlineFigure of={at} />,
              note: <DeadlineNote of={at} />,
            })),
            { name: "Places", value: cohort.capacity, note: places },
          ]}
        />
      </Section>
      <Terms cohort={cohort} />
      <Section title="What you are asked">
        <ol className="max-w-[68ch] list-decimal pl-6">
          {questions.map(({ id, prompt, note }) => (
            <li key={id} className="py-1 [overflow-wrap:anywhere]">
              {prompt} {note ? <span className="text-sm text-ink-soft">{note}</span> : null}
            </li>
          ))}
        </ol>
      </Section>
    </>
  );
}

function Terms({ cohort }: { cohort: CohortView }) {
  return (
    <Section title="Standard terms of an offer">
      <p className="max-w-[68ch]">
        A place, its feedback and its certificate do not depend on selling shares. If the teacher
        later makes you an offer, these are the terms it starts from:
      </p>
      <ul className="mt-4 max-w-[68ch] list-disc pl-5">
        {cohort.terms.map((term) => (
          <li key={term}>{term}</li>
        ))}
      </ul>
      <p className="mt-4 max-w-[68ch]">
        If you never sell company equity at a gain, you owe nothing.{" "}
        <Link to={`/teachers/${cohort.teacherHandle}`}>See what came of earlier investments</Link>,
        and <Link to="/rules#token">the rules of every offer, with their reasons</Link>.
      </p>
    </Section>
  );
}

/** Who teaches a cohort, each a link to their record. */
export function TaughtBy({
  teachers,
}: {
  teachers: readonly { handle: string; displayName: string }[];
}) {
  return (
    <>
      {teachers.map((teacher, index) => (
        <span key={teacher.handle}>
          {index === 0 ? "" : index === teachers.length - 1 ? " and " : ", "}
          <Link to={`/teachers/${teacher.handle}`}>{teacher.displayName}</Link>
        </span>
      ))}
    </>
  );
}
