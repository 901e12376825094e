import { Tabs } from "~/components/ui/tabs";

/** The parts of a cohort's set-up beside each other, so that one goes from each to each; late codes are the leads' alone. */
export function SetUpTabs({
  slug,
  lead,
  at,
}: {
  slug: string;
  lead: boolean;
  at: "questions" | "rubric" | "people" | "late" | "preview";
}) {
  const parts = [
    { part: "setup", name: "Overview", shown: true },
    { part: "questions", name: "Questions", shown: true },
    { part: "rubric", name: "Rubric", shown: true },
    { part: "people", name: "People", shown: true },
    { part: "late", name: "Late codes", shown: lead },
    { part: "preview", name: "Preview", shown: true },
  ];
  return (
    <Tabs
      label="Parts of the set-up"
      tabs={parts
        .filter(({ shown }) => shown)
        .map(({ part, name }) => ({
          to: `/teach/cohorts/${slug}/${part}`,
          name,
          current: part === at,
        }))}
    />
  );
}
