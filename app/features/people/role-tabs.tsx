import { Tabs } from "~/components/ui/tabs";

/** One person in every role: their page, their record as a teacher, their record as a scout, where they have one. */
export function RoleTabs({
  handle,
  at,
  teaches,
  scouts,
}: {
  handle: string;
  at: "person" | "teacher" | "scout";
  teaches: boolean;
  scouts: boolean;
}) {
  const roles = [
    { role: "person", to: `/people/${handle}`, name: "Person", shown: true },
    { role: "teacher", to: `/teachers/${handle}`, name: "Record as a teacher", shown: teaches },
    { role: "scout", to: `/scouts/${handle}`, name: "Record as a scout", shown: scouts },
  ];
  return (
    <Tabs
      label="One person, every role"
      tabs={roles
        .filter(({ role, shown }) => shown || role === at)
        .map(({ role, to, name }) => ({ to, name, current: role === at }))}
    />
  );
}
