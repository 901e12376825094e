import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Multiple } from "~/components/ui/numbers";
import type { CohortView } from "~/features/cohorts/present";
import type { SoFar } from "./so-far";

type Reader = { title: string; text: string; to: string; link: string; here: ReactNode };

/** What Belay is to a student, a teacher, a scout and a doubter, each with what stands here for them to see today. */
export function Readers(props: {
  soFar: SoFar | null;
  first: CohortView | null;
  openCohorts: number;
}) {
  return (
    <div className="mt-10 grid gap-x-8 border-t border-rule sm:grid-cols-2 lg:grid-cols-4">
      {readersOf(props).map((reader) => (
        <section key={reader.title} className="flex flex-col pt-6 pb-2">
          <h2 className="text-lg">{reader.title}</h2>
          <p className="mt-2 max-w-[60ch] text-ink-soft">{reader.text}</p>
          {reader.here ? (
            <p className="mt-3 border-l-2 border-rule pl-3 text-sm [overflow-wrap:anywhere]">
              {reader.here}
            </p>
          ) : null}
          <p className="mt-auto pt-3">
            <Link to={reader.to}>{reader.link}</Link>
          </p>
        </section>
      ))}
    </div>
  );
}

function readersOf({
  soFar,
  first,
  openCohorts,
}: Parameters<typeof Readers>[0]): readonly Reader[] {
  const record = soFar?.records[0];
  const scout = soFar?.scout;
  return [
    {
      title: "You want to learn",
      text: "Apply with what you have made. A place never depends on selling shares. If a teacher offers to invest, you see what you would give up, and can change your mind for seven days.",
      here: first ? (
        <>
          Open {openCohorts === 1 ? "now" : `now, of ${openCohorts}`}:{" "}
          <Link to={`/cohorts/${first.slug}`}>{first.title}</Link>, with {first.teacherName}.
        </>
      ) : null,
      to: "/cohorts",
      link: "See the cohorts",
    },
    {
      title: "You teach",
      text: "Choose students and put your own money into their tokens. You do well only when they sell something at a gain, and your record keeps every investment, the failed ones too.",
      here: record ? (
        <>
          <Link to={`/teachers/${record.handle}`}>{record.displayName}</Link>:{" "}
          {record.investments === 1 ? "1 investment" : `${record.investments} investments`};{" "}
          <Multiple ratio={record.dpi} /> of the cash has come back, confirmed.
        </>
      ) : null,
      to: "/sign-up",
      link: "Open an account",
    },
    {
      title: "You know somebody good",
      text: "A scout who brings a student can get a part of the teacher’s shares, never of the student’s. The student confirms you by name, sees the stake and consents to it.",
      here: scout ? (
        <>
          <Link to={`/scouts/${scout.handle}`}>{scout.displayName}</Link>: {scout.sent} referred,{" "}
          {scout.confirmed} confirmed, {scout.invested} invested in.
        </>
      ) : null,
      to: "/refer",
      link: "Refer somebody",
    },
    {
      title: "You doubt all this",
      text: "Good. Nobody’s wages, home or vote is for sale: only a part of later capital gains, at most 20%. Read the rules with their reasons, then any teacher’s record, failures included.",
      here: soFar ? (
        <>
          <Link to="#outcomes">
            {soFar.withoutCash} of {soFar.counted} investments
          </Link>{" "}
          have returned no confirmed cash yet.
        </>
      ) : null,
      to: "/rules",
      link: "Read the rules",
    },
  ];
}
