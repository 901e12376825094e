import { Empty, Facts, Section } from "~/components/ui/page";
import type { TeacherFigures } from "./figures.server";

const NOT_YET = "not yet";
const students = (count: number): string => `${count} ${count === 1 ? "student" : "students"}`;

/** What a teacher did beside the money (T27), funded and unfunded students counted alike. */
export function BesideTheMoney({ figures, name }: { figures: TeacherFigures; name: string }) {
  const { answerTime, helpfulness, funded, unfunded, unanswered } = figures;
  return (
    <Section title="Beside the money">
      {figures.feedback === 0 && figures.hours === "0" ? (
        <Empty>
          {name} has recorded no hours and given no feedback here yet. Both begin with a cohort’s
          first week.
        </Empty>
      ) : (
        <Facts
          items={[
            {
              name: "Hours taught",
              value: figures.hours,
              note: "As recorded by the teacher",
            },
            { name: "Feedback given", value: figures.feedback },
            {
              name: "Median time to answer",
              value: answerTime?.median ?? NOT_YET,
              note: answerTime
                ? `Over ${answerTime.of}; ${unanswered} still ${unanswered === 1 ? "waits" : "wait"}`
                : `${unanswered} still ${unanswered === 1 ? "waits" : "wait"}`,
            },
            {
              name: "Helpfulness",
              value: helpfulness ? `${helpfulness.mean} of 5` : NOT_YET,
              note: helpfulness
                ? `${helpfulness.of} ${helpfulness.of === 1 ? "rating" : "ratings"} by students`
                : "No student has rated it",
            },
            {
              name: "Feedback a funded student",
              value: funded.each ?? NOT_YET,
              note: students(funded.students),
            },
            {
              name: "Feedback an unfunded student",
              value: unfunded.each ?? NOT_YET,
              note: students(unfunded.students),
            },
          ]}
        />
      )}
    </Section>
  );
}
