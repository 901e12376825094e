import { Link } from "@remix-run/react";
import { Badge, Empty, Facts, Section, Table } from "~/components/ui/page";
import type { ScoutPage } from "./scout-page.server";

/** A scout's hits and misses: how many referrals came how far. */
export function ScoutFunnel({ counts, misses, received }: ScoutPage) {
  return (
    <Facts
      items={[
        { name: "Referred", value: String(counts.sent) },
        { name: "Confirmed by the talent", value: String(counts.confirmed) },
        { name: "Applied in time", value: String(counts.applied) },
        { name: "Admitted", value: String(counts.admitted) },
        {
          name: "Invested in",
          value: String(counts.invested),
          note: counts.invested === 1 ? "hit" : "hits",
        },
        { name: "Came to nothing", value: String(misses), note: "misses" },
        { name: "Came back from finder’s stakes", value: received },
      ]}
    />
  );
}

/** Every referral with what became of it, the misses as plain to see as the hits. */
export function ReferralsTold({
  referrals,
  total,
}: {
  referrals: ScoutPage["referrals"];
  total: number;
}) {
  return (
    <Section title="What became of each referral">
      <Table
        caption="Referrals, the latest first"
        columns={[{ name: "Who" }, { name: "Sent" }, { name: "State" }]}
        rows={referrals.map(({ id, talent, sentOn, word, tone }) => ({
          key: id,
          cells: [
            talent ? (
              <Link key="who" to={`/people/${talent.handle}`} className="[overflow-wrap:anywhere]">
                {talent.displayName}
              </Link>
            ) : (
              <span key="who" className="text-ink-soft">
                Not named
              </span>
            ),
            sentOn,
            <Badge key="state" tone={tone}>
              {word}
            </Badge>,
          ],
        }))}
      />
      <p className="mt-4 max-w-[68ch] text-sm text-ink-soft">
        {referrals.length < total ? `The latest ${referrals.length} of ${total}. ` : ""}People are
        named where an investment in them is public.
      </p>
    </Section>
  );
}

/** The finder's stakes under each other, with what each brought. No ratios: nothing was paid for them. */
export function StakesTable({ stakes, name }: { stakes: ScoutPage["stakes"]; name: string }) {
  return (
    <Section title="Finder’s stakes">
      {stakes.length === 0 ? (
        <Empty>
          {name} holds no finder&rsquo;s stake. One comes about when a teacher invests in somebody
          whom {name} referred, in a cohort that states a stake.
        </Empty>
      ) : (
        <>
          <Table
            caption="Finder’s stakes, the latest first"
            columns={[
              { name: "Student" },
              { name: "Since" },
              { name: "Of the token", numeric: true },
              { name: "Standing" },
              { name: "Received", numeric: true },
            ]}
            rows={stakes.map((stake) => ({
              key: `${stake.handle}-${stake.acquiredOn}-${stake.percent}`,
              cells: [
                <Link
                  key="student"
                  to={`/people/${stake.handle}`}
                  className="[overflow-wrap:anywhere]"
                >
                  {stake.displayName}
                </Link>,
                stake.acquiredOn,
                stake.percent,
                stake.held
                  ? `held${stake.lockedUntil ? `; not for sale before ${stake.lockedUntil}` : ""}`
                  : "ended",
                stake.received,
              ],
            }))}
          />
          <p className="mt-4 max-w-[68ch] text-sm text-ink-soft">
            Source: the ledger. Nothing was paid for a finder&rsquo;s stake, so there is no multiple
            and no rate to show.
          </p>
        </>
      )}
    </Section>
  );
}
