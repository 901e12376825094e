import { Tabs } from "~/components/ui/tabs";

/** A cohort from each of its sides, for those who may see more of it than its public page. */
export function CohortTabs({
  slug,
  at,
  teaches,
  learns,
}: {
  slug: string;
  at: "public" | "applications" | "space";
  teaches: boolean;
  learns: boolean;
}) {
  const sides = [
    { side: "public", to: `/cohorts/${slug}`, name: "Public page", shown: true },
    { side: "applications", to: `/teach/cohorts/${slug}`, name: "Applications", shown: teaches },
    {
      side: "space",
      to: `/cohorts/${slug}/space`,
      name: "Learning space",
      shown: teaches || learns,
    },
  ];
  return (
    <Tabs
      label="Sides of this cohort"
      tabs={sides
        .filter(({ shown }) => shown)
        .map(({ side, to, name }) => ({ to, name, current: side === at }))}
    />
  );
}
