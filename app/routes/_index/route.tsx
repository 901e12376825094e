import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { ActionLink, Section } from "~/components/ui/page";
import { getPublicSummary } from "~/features/records/queries.server";
import { formatCents } from "~/lib/money";

export const meta: MetaFunction = () => [
  { title: "Belay: teachers who hold the rope" },
  {
    name: "description",
    content:
      "Teachers put their own money into their students, and are judged in public by what those students make of it.",
  },
];

/** What has happened here so far, in one sentence; null while nothing has. */
export async function loader() {
  const sum = await getPublicSummary(getClock().now());
  if (sum.investments === 0) return { soFar: null, openCohorts: sum.openCohorts };
  const money = (cents: string) => formatCents(BigInt(cents), { whole: true });
  const counted = (n: number, one: string, many: string) =>
    `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
  const soFar = `${counted(sum.investments, "investment", "investments")} of ${money(sum.paidInCents)} in ${counted(sum.students, "student", "students")} by ${counted(sum.teachers, "teacher", "teachers")}. ${money(sum.distributedCents)} has come back, ${money(sum.confirmedCents)} of it confirmed.`;
  return { soFar, openCohorts: sum.openCohorts };
}

const PARTS = [
  {
    title: "If you want to learn",
    text: "Apply to a cohort with what you have made and what you would try if money were no matter. A place never depends on selling shares. If a teacher offers to invest, you see exactly what you would give up, and can change your mind for seven days.",
    to: "/cohorts",
    link: "See the cohorts",
  },
  {
    title: "If you teach",
    text: "Choose students, and put your own money into their tokens. You earn only when they sell something at a gain. Your record shows every investment since the first, the ones that came to nothing too.",
    to: "/sign-up",
    link: "Open an account",
  },
  {
    title: "If you want to judge a teacher",
    text: "Read what they paid in, what came back in confirmed cash, and what each of their students went on to do. Nothing is hidden, and nothing can be taken down.",
    to: "/teachers",
    link: "Read the records",
  },
];

export default function Landing() {
  const { soFar, openCohorts } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="max-w-3xl py-8 sm:py-16">
        <h1 className="text-3xl sm:text-4xl">Teachers who hold the rope of their students</h1>
        <p className="mt-6 max-w-[60ch] text-lg">
          Teachers run cohorts here, put their own money into their students, and are judged in
          public by what those students go on to make of it.
        </p>
        <p className="mt-8 flex flex-wrap items-center gap-x-6 gap-y-4">
          <ActionLink to="/cohorts">Find a cohort</ActionLink>
          <Link to="/teachers">Read the teachers' records</Link>
        </p>
        {soFar ? <p className="mt-8 max-w-[60ch] text-ink-soft tabular-nums">{soFar}</p> : null}
        {openCohorts > 0 ? (
          <p className="mt-2 text-ink-soft">
            {openCohorts === 1 ? "One cohort takes" : `${openCohorts} cohorts take`} applications
            today.
          </p>
        ) : null}
      </div>
      <div className="grid gap-x-12 border-t border-rule md:grid-cols-3">
        {PARTS.map((part) => (
          <section key={part.title} className="pt-8 pb-4">
            <h2>{part.title}</h2>
            <p className="mt-3 max-w-[60ch] text-ink-soft">{part.text}</p>
            <p className="mt-3">
              <Link to={part.to}>{part.link}</Link>
            </p>
          </section>
        ))}
      </div>
      <Section title="What a token is">
        <div className="max-w-[68ch] space-y-4 text-lg">
          <p>
            A personal token is a person's potential, cut into shares. Whoever holds 1% of Alice's
            token gets 1% of each gain that Alice makes when she sells equity in a company, or in
            another person's token.
          </p>
          <p>
            Nothing else: no salary, no house, no debt, no vote over her life. She keeps at least
            80% of it. If she never sells at a gain, she owes nothing.
          </p>
        </div>
      </Section>
    </>
  );
}
