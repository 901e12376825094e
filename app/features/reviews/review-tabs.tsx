import { Tabs } from "~/components/ui/tabs";

/** What there is to do with a cohort's applications. */
export function ReviewTabs(props: {
  slug: string;
  at: "list" | "progress" | "decisions";
  teaches: boolean;
}) {
  const here = `/teach/cohorts/${props.slug}`;
  const tabs = [
    { name: "List", to: here, current: props.at === "list" },
    { name: "Review", to: `${here}/review`, current: props.at === "progress" },
    ...(props.teaches
      ? [{ name: "Decisions", to: `${here}/decisions`, current: props.at === "decisions" }]
      : []),
  ];
  return <Tabs label="Applications" tabs={tabs} />;
}
