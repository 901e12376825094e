import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { Button, Field, type FormProblem, IdempotencyKey } from "~/components/ui/form";
import { ActionLink, Facts, PageHead, Section } from "~/components/ui/page";
import type { Qr } from "~/features/people/qr.server";

/** A form of one button. */
function Act(props: {
  step: "begin" | "renew" | "end";
  idempotencyKey: string;
  kind: "accent" | "plain" | "danger";
  next?: string | null;
  children: ReactNode;
}) {
  return (
    <Form method="post">
      <IdempotencyKey value={`${props.idempotencyKey}:${props.step}`} />
      {props.next ? <input type="hidden" name="next" value={props.next} /> : null}
      <Button name="step" value={props.step} kind={props.kind}>
        {props.children}
      </Button>
    </Form>
  );
}

/** The first screen: nothing is set up. */
export function Begin({ next, idempotencyKey }: { next: string | null; idempotencyKey: string }) {
  return (
    <Act step="begin" kind="accent" next={next} idempotencyKey={idempotencyKey}>
      Set up a second step
    </Act>
  );
}

/** The second: the secret goes into the authenticator, which shows that it has it by a code. */
export function Confirm(props: {
  secret: string;
  qr: Qr;
  next: string | null;
  problem: FormProblem | undefined;
  idempotencyKey: string;
}) {
  return (
    <>
      <ol className="mb-8 max-w-[68ch] list-decimal space-y-4 pl-5">
        <li>
          Open an authenticator on your phone, and scan this with it.
          <svg
            viewBox={`0 0 ${props.qr.size} ${props.qr.size}`}
            className="mt-4 block size-56 max-w-full bg-white"
            role="img"
            aria-label="The secret below, as a QR code"
            shapeRendering="crispEdges"
          >
            <path d={props.qr.path} fill="#000" />
          </svg>
        </li>
        <li>
          Or type this secret into it:{" "}
          <code className="font-mono [overflow-wrap:anywhere]" data-testid="secret">
            {props.secret}
          </code>
        </li>
        <li>Type the six digits that it shows.</li>
      </ol>
      <Form method="post" noValidate>
        <IdempotencyKey value={props.idempotencyKey} />
        {props.next ? <input type="hidden" name="next" value={props.next} /> : null}
        <Field
          name="code"
          label="Code"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={10}
          required
          problem={props.problem}
        />
        <Button name="step" value="confirm">
          Turn the second step on
        </Button>
      </Form>
    </>
  );
}

/** The recovery codes, this once. */
export function NewCodes({ codes, next }: { codes: string[]; next: string | null }) {
  return (
    <>
      <PageHead title="Keep these recovery codes">
        Each of them stands once for a code of your authenticator, if you lose it. Write them down
        or print them: they are not shown again.
      </PageHead>
      <ul className="mb-8 grid max-w-md grid-cols-2 gap-2 font-mono" aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <ActionLink to={next ?? "/account"}>I have kept them</ActionLink>
    </>
  );
}

/** What can be done once it is on. */
export function Manage(props: {
  since: string | null;
  codesLeft: number;
  needed: boolean;
  idempotencyKey: string;
}) {
  return (
    <>
      <Facts
        items={[
          { name: "On since", value: props.since ?? "" },
          { name: "Recovery codes left", value: String(props.codesLeft), note: "of ten" },
        ]}
      />
      <Section title="Recovery codes">
        <p className="mb-4 max-w-[68ch]">New codes take the place of all earlier ones.</p>
        <Act step="renew" kind="plain" idempotencyKey={props.idempotencyKey}>
          Make new recovery codes
        </Act>
      </Section>
      <Section title="Another phone, or no second step">
        <p className="mb-4 max-w-[68ch]">
          Turn it off, then set it up anew with another authenticator if you like. Until then the
          password alone opens your account
          {props.needed ? ", and the desk is closed to you" : ""}.
        </p>
        <Act step="end" kind="danger" idempotencyKey={props.idempotencyKey}>
          Turn the second step off
        </Act>
      </Section>
    </>
  );
}
