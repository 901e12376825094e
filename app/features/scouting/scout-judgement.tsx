import { Link } from "@remix-run/react";
import { Empty, Facts, Section, Table } from "~/components/ui/page";
import type { Calibration } from "./calibration";
import { OutcomeBadge } from "./hypothesis-parts";
import type { SaidByScout, Told } from "./scout-page.server";

/** What a scout expected of people, what came of it, and how well their chances fit: hits and misses alike. */
export function ScoutJudgement({ said, name }: { said: SaidByScout; name: string }) {
  const { counts, calibration, shown } = said;
  if (counts.all === 0) {
    return (
      <Section title="What they expected">
        <Empty>
          {name} has said nothing yet that could turn out wrong. A scout may write down what they
          expect of somebody, and how sure they are; others say later what came of it.
          {counts.unconfirmed > 0 ? ` ${unconfirmed(counts.unconfirmed)}` : ""}
        </Empty>
      </Section>
    );
  }
  return (
    <Section title="What they expected">
      <Facts
        items={[
          { name: "Hypotheses", value: String(counts.all) },
          { name: "Came true", value: String(counts.true), note: "hits" },
          { name: "Did not come true", value: String(counts.false), note: "misses" },
          { name: "Cannot be told", value: String(counts.void) },
          { name: "Due, not scored", value: String(counts.due) },
          { name: "Not due yet", value: String(counts.waits) },
          {
            name: "Brier score",
            value: calibration.brier ?? "not yet",
            note: `n = ${calibration.n}${calibration.few ? ": too few to tell judgement from luck" : ""}`,
          },
        ]}
      />
      <p className="mt-4 max-w-[68ch] text-sm text-ink-soft">
        The Brier score is the mean of the squared distances between the stated chance and what came
        about (1 or 0): 0 is best, and always saying 50% gets 0.250. Source: what was written down
        here at the time, scored by those whom it is about, who taught them, or an operator; the
        measure is from G. W. Brier, Monthly Weather Review 78 (1950), 1–3.
        {counts.unconfirmed > 0 ? ` ${unconfirmed(counts.unconfirmed)}` : ""}
      </p>
      {calibration.n > 0 ? <Bins calibration={calibration} /> : null}
      <Each shown={shown} all={counts.all} />
    </Section>
  );
}

const unconfirmed = (n: number): string =>
  `Not counted: ${n} about people who have not confirmed the scout.`;

function Bins({ calibration }: { calibration: Calibration }) {
  return (
    <>
      <h3 className="mt-8 mb-4">How often it came true, by how sure they were</h3>
      <Table
        caption="Scored hypotheses by stated chance"
        dense
        columns={[
          { name: "Stated chance" },
          { name: "Scored", numeric: true },
          { name: "Mean of the chances", numeric: true },
          { name: "Came true", numeric: true },
        ]}
        rows={calibration.bins.map(({ said, n, cameTrue, meanPercent }) => ({
          key: said,
          cells: [
            said,
            String(n),
            meanPercent === null ? "none" : `${meanPercent}%`,
            n === 0 ? "none" : `${cameTrue} of ${n}`,
          ],
        }))}
      />
    </>
  );
}

function Unbroken({ children }: { children: string }) {
  return <span className="whitespace-nowrap">{children}</span>;
}

function Each({ shown, all }: { shown: readonly Told[]; all: number }) {
  return (
    <>
      <h3 className="mt-8 mb-4">Each of them</h3>
      <Table
        caption="Hypotheses, the latest due first"
        columns={[
          { name: "What" },
          { name: "How sure", numeric: true },
          { name: "Said" },
          { name: "Shows by" },
          { name: "What came of it" },
        ]}
        rows={shown.map(({ id, about, chance, saidOn, dueOn, outcome }) => ({
          key: id,
          cells: [
            about ? (
              <span key="what" className="[overflow-wrap:anywhere]">
                {about.claim} (<Link to={`/people/${about.handle}`}>{about.displayName}</Link>)
                {about.evidence ? (
                  <span className="block text-sm text-ink-soft">{about.evidence}</span>
                ) : null}
              </span>
            ) : (
              <span key="what" className="text-ink-soft">
                Of somebody who is not named
              </span>
            ),
            chance,
            <Unbroken key="said">{saidOn}</Unbroken>,
            <Unbroken key="due">{dueOn}</Unbroken>,
            <OutcomeBadge key="outcome" outcome={outcome} />,
          ],
        }))}
      />
      {shown.length < all ? (
        <p className="mt-4 text-sm text-ink-soft">
          The latest {shown.length} of {all}.
        </p>
      ) : null}
    </>
  );
}
