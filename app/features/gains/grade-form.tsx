import { Form } from "@remix-run/react";
import { Button, Choice, Field, IdempotencyKey } from "~/components/ui/form";
import type { FormProblem } from "~/lib/form-problem";
import { EVIDENCE_GRADES, GRADE_WORDS } from "~/lib/gain-words";
import type { GainDetail } from "./queries.server";

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** An operator's judgement of a gain's evidence; remembers the grade that was shown. */
export function GradeForm(props: {
  gain: Pick<GainDetail, "grade" | "document" | "owner">;
  problem: FormProblem | undefined;
  idempotencyKey: string;
}) {
  const { gain, problem, idempotencyKey } = props;
  return (
    <Form method="post" noValidate>
      <IdempotencyKey value={idempotencyKey} />
      <input type="hidden" name="current" value={gain.grade} />
      <Choice
        name="grade"
        legend="How well is this sale evidenced?"
        problem={problem}
        options={EVIDENCE_GRADES.filter((grade) => gain.document || grade !== "documented").map(
          (grade) => ({
            value: grade,
            label: `${capital(GRADE_WORDS[grade].name)}. ${GRADE_WORDS[grade].meaning}`,
          }),
        )}
      />
      <Field
        name="reason"
        label="What it rests on"
        hint={`Kept in the audit log and sent to ${gain.owner.displayName}; never public.`}
        problem={problem}
        rows={4}
        maxLength={2000}
        required
      />
      <Button>Set the grade</Button>
    </Form>
  );
}
