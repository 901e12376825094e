import { Link } from "@remix-run/react";
import { Section, Table } from "~/components/ui/page";

type Teacher = { name: string; handle: string; hours: string; feedback: number };

/** Whose time stands behind a person: what was taught in their cohorts, and the feedback that they got. */
export function TeachersBehind({ teachers }: { teachers: readonly Teacher[] }) {
  if (teachers.length === 0) return null;
  return (
    <Section title="Whose time stands behind them">
      <Table
        caption="Teachers"
        columns={[
          { name: "Teacher, with their record" },
          { name: "Hours taught in their cohorts", numeric: true },
          { name: "Feedback to them", numeric: true },
        ]}
        rows={teachers.map((teacher) => ({
          key: teacher.handle,
          cells: [
            <Link
              key="teacher"
              to={`/teachers/${teacher.handle}`}
              className="[overflow-wrap:anywhere]"
            >
              {teacher.name}
            </Link>,
            teacher.hours,
            String(teacher.feedback),
          ],
        }))}
      />
    </Section>
  );
}
