import { Table } from "~/components/ui/page";

type Other = {
  name: string;
  state: string;
  reason: string;
  total: string | null;
  normal: string | null;
  scaleReviews: number;
  scores: Record<string, number>;
};

/** What the others gave, criterion by criterion, with each total on the cohort's scale and how many reviews that scale rests on. */
export function OthersScores(props: {
  others: readonly Other[];
  criteria: readonly { id: string; title: string }[];
  mean: { reviews: number; raw: string | null; normal: string | null } | null;
}) {
  const { others, criteria, mean } = props;
  const scored = others.filter(({ state }) => state === "submitted");
  return (
    <>
      {mean?.raw ? (
        <p className="mb-4 max-w-[68ch]">
          Mean of {mean.reviews} {mean.reviews === 1 ? "review" : "reviews"}: <b>{mean.raw}</b> as
          given, <b>{mean.normal}</b> with the reviewers’ scales made alike.
        </p>
      ) : null}
      {scored.length > 0 ? (
        <Table
          caption="Others’ scores"
          crowded
          columns={[
            { name: "Reviewer" },
            ...criteria.map(({ title }) => ({ name: title, numeric: true })),
            { name: "Total", numeric: true },
            { name: "Normalised (n)", numeric: true },
          ]}
          rows={scored.map((one) => ({
            key: one.name,
            cells: [
              one.name,
              ...criteria.map(({ id }) => one.scores[id] ?? "not yet"),
              one.total,
              `${one.normal} (${one.scaleReviews})`,
            ],
          }))}
        />
      ) : (
        <p className="text-ink-soft">Nobody else has scored it yet.</p>
      )}
      {others
        .filter(({ state }) => state === "abstained")
        .map((one) => (
          <p key={one.name} className="mt-2 max-w-[68ch] [overflow-wrap:anywhere]">
            {one.name} abstained: {one.reason}
          </p>
        ))}
      <details className="mt-4 max-w-[68ch]">
        <summary className="cursor-pointer py-2">How scores are normalised</summary>
        <p>
          Some reviewers are strict, some mild. Each total is moved to where it would be if its
          reviewer had the mean and the spread of the whole cohort’s reviews. n is how many reviews
          of the reviewer that rests on: with few, they are taken to score like the cohort. Raw
          scores stay beside it.
        </p>
      </details>
    </>
  );
}
