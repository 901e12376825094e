import { Tabs } from "~/components/ui/tabs";

/** A cohort from each of its sides, for those who may see more of it than its public page. A draft has its set-up alone. */
export function CohortTabs({
  slug,
  at,
  teaches,
  learns = false,
  reviews = false,
  draft = false,
  cancelled = false,
}: {
  slug: string;
  at: "public" | "applications" | "setup" | "space";
  teaches: boolean;
  learns?: boolean;
  reviews?: boolean;
  draft?: boolean;
  cancelled?: boolean;
}) {
  const sides = [
    { side: "public", to: `/cohorts/${slug}`, name: "Public page", shown: !draft },
    {
      side: "applications",
      to: `/teach/cohorts/${slug}`,
      name: "Applications",
      shown: !draft && (teaches || reviews),
    },
    { side: "setup", to: `/teach/cohorts/${slug}/setup`, name: "Set-up", shown: teaches },
    {
      side: "space",
      to: `/cohorts/${slug}/space`,
      name: "Learning space",
      shown: !draft && !cancelled && (teaches || learns),
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
