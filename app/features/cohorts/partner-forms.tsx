import { Form, Link } from "@remix-run/react";
import { Button, Choice, Field, IdempotencyKey } from "~/components/ui/form";
import { Section } from "~/components/ui/page";
import type { FormProblem } from "~/lib/form-problem";
import type { Partner } from "./partners.server";
import { ROLES } from "./partners-schema";

const OPTIONS = Object.entries(ROLES).map(([value, { name, may }]) => ({
  value,
  label: `${name}: ${may}`,
}));
const PART_HINT =
  "Of each investment of this cohort, in percent. Offers begin with these parts; each pays from their own balance. A reviewer has none.";

const partWords = (percent: string) =>
  percent === "0" ? "No part of the investments" : `${percent}% of each investment`;

/** Who works on a cohort, each with what they may do and their part, and for leads the way to change it. */
export function People(props: {
  staff: readonly { handle: string; displayName: string; role: string; part: string }[];
  invited: readonly Partner[];
  partners: readonly Partner[];
  lead: boolean;
}) {
  return (
    <ul className="max-w-2xl">
      {props.staff.map(({ handle, displayName, role, part }) => (
        <li key={handle} className="border-t border-rule py-3 [overflow-wrap:anywhere]">
          <Link to={`/teachers/${handle}`}>{displayName}</Link>, {role}
          <span className="block text-sm text-ink-soft">
            {partWords(part)}
            <Change partner={props.partners.find((partner) => partner.handle === handle)} />
          </span>
        </li>
      ))}
      {props.invited.map((partner) => (
        <li key={partner.id} className="border-t border-rule py-3 [overflow-wrap:anywhere]">
          {partner.name}, asked on {partner.invitedOn} to be{" "}
          {ROLES[partner.role].name.toLowerCase()}
          <span className="block text-sm text-ink-soft">
            {partWords(partner.part)}
            <Change partner={partner} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Change({ partner }: { partner: Partner | undefined }) {
  return partner ? (
    <>
      {" · "}
      <Link to={`?partner=${partner.id}`}>Change</Link>
    </>
  ) : null;
}

/** The form of a partner's role and part, with the ways to end it. */
export function PartnerForm(props: {
  partner: Partner;
  problem: FormProblem | undefined;
  idempotencyKey: string;
}) {
  const { partner, problem, idempotencyKey } = props;
  return (
    <>
      <Form method="post" noValidate>
        <IdempotencyKey value={idempotencyKey} />
        <input type="hidden" name="partnerId" value={partner.id} />
        <Choice
          name="role"
          legend="Role"
          options={OPTIONS}
          problem={problem}
          defaultValue={partner.role}
        />
        <Field
          name="part"
          label="Part of each investment"
          inputMode="decimal"
          hint={PART_HINT}
          problem={problem}
          defaultValue={partner.part}
        />
        <div className="flex flex-wrap items-center gap-4">
          <Button name="intent" value="change">
            Save for {partner.name}
          </Button>
          <Link to="?">Back without saving</Link>
        </div>
      </Form>
      <Form method="post" className="mt-8">
        <IdempotencyKey value={`${idempotencyKey}:end`} />
        <input
          type="hidden"
          name={partner.accepted ? "partnerId" : "invitationId"}
          value={partner.id}
        />
        <Button kind="danger" name="intent" value={partner.accepted ? "end" : "withdraw"}>
          {partner.accepted
            ? `End the work of ${partner.name}`
            : `Withdraw the invitation of ${partner.name}`}
        </Button>
      </Form>
    </>
  );
}

/** The form with which a lead asks somebody by mail. */
export function InviteForm(props: { problem: FormProblem | undefined; idempotencyKey: string }) {
  const { problem, idempotencyKey } = props;
  return (
    <Section title="Ask somebody to work on it with you" id="invite">
      <Form method="post" noValidate>
        <IdempotencyKey value={idempotencyKey} />
        <Field
          name="email"
          label="Their e-mail address"
          inputMode="email"
          autoComplete="off"
          problem={problem}
        />
        <Choice
          name="role"
          legend="Role"
          options={OPTIONS}
          problem={problem}
          defaultValue="co_teacher"
        />
        <Field
          name="part"
          label="Part of each investment"
          inputMode="decimal"
          hint={PART_HINT}
          problem={problem}
          defaultValue="0"
        />
        <Button kind="plain" name="intent" value="invite">
          Send the invitation
        </Button>
      </Form>
    </Section>
  );
}
