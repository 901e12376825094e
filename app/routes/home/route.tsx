import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { requirePerson } from "~/auth/session.server";
import { Empty, PageHead, Section } from "~/components/ui/page";
import { getEnv } from "~/env.server";
import { getProfile, getRoles, getWaiting } from "~/features/people/queries.server";
import { formatFromNow } from "~/lib/dates";

export const meta: MetaFunction = () => [{ title: "Home · Belay" }];

type Step = { to: string; name: string; note: string };

export async function loader({ request }: LoaderFunctionArgs) {
  const person = await requirePerson(request);
  const now = getClock().now();
  const [waiting, profile, roles] = await Promise.all([
    getWaiting(person.id, now),
    getProfile(person.id),
    getRoles(person.id),
  ]);
  const steps: Step[] = [
    ...(person.emailVerified
      ? []
      : [
          {
            to: "/account",
            name: "Confirm your e-mail address",
            note: "Until then you cannot apply, offer or sign.",
          },
        ]),
    ...waiting.openOffers.map((offer) => ({
      to: `/offers/${offer.id}`,
      name: `Answer the offer from ${offer.cohort}`,
      note: offer.expiresAt ? `It lapses ${formatFromNow(offer.expiresAt, now)}.` : "",
    })),
    ...waiting.drafts.map((draft) => ({
      to: `/cohorts/${draft.slug}/apply`,
      name: `Finish your application to ${draft.cohort}`,
      note: `The window closes ${formatFromNow(draft.closesAt, now)}.`,
    })),
    ...(waiting.toReview > 0
      ? [
          {
            to: "/teach",
            name: `Read ${waiting.toReview} ${waiting.toReview === 1 ? "application" : "applications"}`,
            note: "Their applicants wait for a decision.",
          },
        ]
      : []),
    ...(profile.work === ""
      ? [
          {
            to: "/profile",
            name: "Write your profile",
            note: "Teachers read it beside your application.",
          },
        ]
      : []),
  ];
  return {
    name: person.displayName,
    handle: person.handle,
    operator: person.operator,
    hasToken: roles.hasToken,
    practice: !getEnv().production,
    steps,
  };
}

const LEARN: Step[] = [
  { to: "/cohorts", name: "Find a cohort", note: "Apply while its window is open." },
  {
    to: "/applications",
    name: "Your applications",
    note: "Drafts, sent ones, and what was decided.",
  },
  { to: "/offers", name: "Your offers", note: "Made to you and by you, with their deadlines." },
  { to: "/gains", name: "Your gains", note: "Declare a sale, see each holder's part, pay it." },
];
const TEACH: Step[] = [
  { to: "/teach", name: "Your cohorts", note: "Applications, decisions and offers." },
  {
    to: "/teach/cohorts/new",
    name: "Open a cohort",
    note: "A skill, a window, questions and standard terms.",
  },
  {
    to: "/invest/verification",
    name: "Become a verified investor",
    note: "An operator decides; it lasts a year.",
  },
];
const MONEY: Step[] = [
  { to: "/wallet", name: "Wallet", note: "Your balance, what waits in escrow, every line." },
  { to: "/wallet/deposit", name: "Deposit", note: "An operator confirms what arrived." },
  { to: "/wallet/withdraw", name: "Withdraw", note: "Held in escrow until it has been paid out." },
];
const OPERATE: Step[] = [{ to: "/desk", name: "Desk", note: "What waits for a decision." }];
const PRACTICE: Step[] = [
  { to: "/dev/mail", name: "Mailbox", note: "All mail of this practice world." },
  { to: "/dev/clock", name: "Clock", note: "Move time forward, for operators." },
];

function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ul className="max-w-[68ch]">
      {steps.map((step) => (
        <li key={step.to} className="border-t border-rule py-3">
          <Link to={step.to} className="font-semibold [overflow-wrap:anywhere]">
            {step.name}
          </Link>
          <div className="text-ink-soft">{step.note}</div>
        </li>
      ))}
    </ul>
  );
}

export default function Home() {
  const { name, handle, operator, practice, steps } = useLoaderData<typeof loader>();
  const mine: Step[] = [
    { to: `/people/${handle}`, name: "Your public page", note: "Profile, token and its holders." },
    {
      to: `/teachers/${handle}`,
      name: "Your public record",
      note: "What your investments became.",
    },
    { to: "/profile", name: "Edit your profile", note: "Headline, work, links, exploration plan." },
  ];
  return (
    <>
      <PageHead title={`Hello, ${name}`} />
      <Section title="What waits for you">
        {steps.length > 0 ? (
          <Steps steps={steps} />
        ) : (
          <Empty>
            Nothing waits for you now. Offers to answer and applications to read will stand here.
          </Empty>
        )}
      </Section>
      <div className="grid gap-x-12 lg:grid-cols-2">
        <Section title="Learn">
          <Steps steps={LEARN} />
        </Section>
        <Section title="Teach and invest">
          <Steps steps={TEACH} />
        </Section>
        <Section title="Money">
          <Steps steps={MONEY} />
        </Section>
        <Section title="What others see of you">
          <Steps steps={mine} />
        </Section>
        {operator || practice ? (
          <Section title={operator ? "Operate" : "Practice world"}>
            <Steps
              steps={[
                ...(operator ? OPERATE : []),
                ...(practice ? PRACTICE.slice(0, operator ? 2 : 1) : []),
              ]}
            />
          </Section>
        ) : null}
      </div>
    </>
  );
}
