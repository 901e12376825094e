import { Form, Link } from "@remix-run/react";
import { Button, Field, IdempotencyKey } from "~/components/ui/form";
import { Section } from "~/components/ui/page";
import type { FormProblem } from "~/lib/form-problem";
import type { Invitation } from "./invitations.server";

/** Who teaches a cohort; for whoever opened it also whom they asked, and the form to ask another. */
export function CoTeachers(props: {
  teachers: readonly { handle: string; displayName: string }[];
  invitations: readonly Invitation[];
  lead: boolean;
  problem: FormProblem | undefined;
  idempotencyKey: string;
}) {
  return (
    <Section title="Teachers" id="teachers">
      <ul className="max-w-[68ch] list-disc pl-5">
        {props.teachers.map((teacher) => (
          <li key={teacher.handle} className="[overflow-wrap:anywhere]">
            <Link to={`/teachers/${teacher.handle}`}>{teacher.displayName}</Link>
          </li>
        ))}
        {props.invitations.map((invitation) => (
          <li key={invitation.id} className="[overflow-wrap:anywhere]">
            {invitation.email}, asked on {invitation.invitedOn}
            <Form method="post" className="my-2">
              <IdempotencyKey value={`${props.idempotencyKey}:${invitation.id}`} />
              <input type="hidden" name="invitationId" value={invitation.id} />
              <Button kind="plain" name="intent" value="withdraw">
                Withdraw the invitation of {invitation.email}
              </Button>
            </Form>
          </li>
        ))}
      </ul>
      {/* Anew once somebody was asked: the next address is another. */}
      {props.lead ? (
        <Form key={props.invitations.length} method="post" noValidate className="mt-6">
          <IdempotencyKey value={props.idempotencyKey} />
          <Field
            name="email"
            label="Ask somebody to teach with you"
            inputMode="email"
            autoComplete="off"
            hint="Their e-mail address. Once they accept, they read, score and decide applications like you, and may put money into offers."
            problem={props.problem}
          />
          <Button kind="plain" name="intent" value="invite">
            Send the invitation
          </Button>
        </Form>
      ) : null}
    </Section>
  );
}
