import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { requirePerson } from "~/auth/session.server";
import { Badge, Empty, PageHead, Section } from "~/components/ui/page";
import { getEnv } from "~/env.server";
import type { Step } from "./step";
import { stepsOf } from "./steps.server";

export const meta: MetaFunction = () => [{ title: "Home · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const person = await requirePerson(request);
  const { next, later, roles } = await stepsOf(person, getClock().now());
  return {
    name: person.displayName,
    handle: person.handle,
    operator: person.operator,
    practice: !getEnv().production,
    roles,
    next,
    later,
  };
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

/** What a role begins from here; what it already does is in the head of every page. */
function beginnings({
  roles,
  operator,
  practice,
  handle,
}: Loaded): { title: string; steps: Step[] }[] {
  const learn: Step[] = [
    { to: "/cohorts", name: "Find a cohort", note: "Apply while its window is open." },
    ...(roles.hasToken
      ? [
          {
            to: "/gains/new",
            name: "Declare a sale",
            note: "You see each holder’s part before anything happens.",
          },
        ]
      : []),
  ];
  const teach: Step[] = [
    {
      to: "/teach/cohorts/new",
      name: "Open a cohort",
      note: "A skill, a window, questions and the terms you would usually offer.",
    },
    {
      to: "/wallet/deposit",
      name: "Deposit money",
      note: "Offers are funded when they are sent; operators confirm what arrived.",
    },
  ];
  const scout: Step[] = [
    {
      to: "/refer",
      name: "Refer somebody",
      note: "Two minutes: who, and why. It counts once they confirm you by name.",
    },
  ];
  const seen: Step[] = [
    { to: `/people/${handle}`, name: "Your public page", note: "Profile, token and its holders." },
    ...(roles.teaches
      ? [
          {
            to: `/teachers/${handle}`,
            name: "Your public record",
            note: "What your investments became.",
          },
        ]
      : []),
    ...(roles.scouts
      ? [
          {
            to: `/scouts/${handle}`,
            name: "Your record as a scout",
            note: "What became of each referral.",
          },
        ]
      : []),
    { to: "/profile", name: "Edit your profile", note: "What you show, and who reads it." },
  ];
  const operate: Step[] = [
    ...(operator ? [{ to: "/desk", name: "Desk", note: "What waits for a decision." }] : []),
    ...(practice
      ? [{ to: "/dev/mail", name: "Mailbox", note: "All mail of this practice world." }]
      : []),
    ...(operator && practice
      ? [{ to: "/dev/clock", name: "Clock", note: "Move time forward." }]
      : []),
  ];
  const own = { title: "What others see of you", steps: seen };
  const work = roles.teaches
    ? [
        { title: "Teach", steps: teach },
        { title: "Learn", steps: learn },
      ]
    : [
        { title: "Learn", steps: learn },
        { title: "Teach and invest", steps: teach },
      ];
  work.push({ title: "Scout", steps: scout });
  if (operator) return [{ title: "Operate", steps: operate }, ...work, own];
  return operate.length > 0
    ? [...work, own, { title: "Practice world", steps: operate }]
    : [...work, own];
}

function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ul className="max-w-[68ch]">
      {steps.map((step) => (
        <li key={`${step.to} ${step.name}`} className="border-t border-rule py-3">
          <Link to={step.to} className="font-semibold [overflow-wrap:anywhere]">
            {step.name}
          </Link>{" "}
          {step.late ? <Badge tone="loss">overdue</Badge> : null}
          <div className="text-ink-soft">{step.note}</div>
        </li>
      ))}
    </ul>
  );
}

export default function Home() {
  const loaded = useLoaderData<typeof loader>();
  const { name, next, later } = loaded;
  return (
    <>
      <PageHead title={`Hello, ${name}`} />
      <Section title="What to do next">
        {next.length > 0 ? (
          <Steps steps={next} />
        ) : (
          <Empty>
            Nothing waits for you. Offers to answer, applications to read and parts to pay will
            stand here, the most pressing first.
          </Empty>
        )}
      </Section>
      {later.length > 0 ? (
        <Section title="Under way">
          <Steps steps={later} />
        </Section>
      ) : null}
      <div className="grid gap-x-12 lg:grid-cols-2">
        {beginnings(loaded).map(({ title, steps }) => (
          <Section key={title} title={title}>
            <Steps steps={steps} />
          </Section>
        ))}
      </div>
    </>
  );
}
