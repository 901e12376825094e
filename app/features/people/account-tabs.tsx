import { Tabs } from "~/components/ui/tabs";

const PLACES = [
  { to: "/account", name: "Overview" },
  { to: "/account/password", name: "Password" },
  { to: "/account/email", name: "E-mail address" },
  { to: "/account/second-step", name: "Second step" },
  { to: "/account/sessions", name: "Browsers" },
  { to: "/account/mail", name: "Mail" },
  { to: "/account/data", name: "Your data" },
] as const;

/** The parts of an account, on top of each of them. */
export function AccountTabs({ at }: { at: (typeof PLACES)[number]["to"] }) {
  return (
    <Tabs
      label="Parts of your account"
      tabs={PLACES.map((place) => ({ ...place, current: place.to === at }))}
    />
  );
}
