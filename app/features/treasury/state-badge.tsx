import { Badge } from "~/components/ui/page";

const LOOKS: Record<string, { text: string; tone: "plain" | "gain" | "loss" | "accent" }> = {
  requested: { text: "waits for an operator", tone: "accent" },
  confirmed: { text: "arrived", tone: "gain" },
  paid: { text: "paid", tone: "gain" },
  approved: { text: "approved", tone: "gain" },
  refused: { text: "refused", tone: "loss" },
};

/** The state of a deposit, a withdrawal or a request to be verified, in a word. */
export function StateBadge({ state }: { state: string }) {
  const look = LOOKS[state] ?? { text: state, tone: "plain" as const };
  return <Badge tone={look.tone}>{look.text}</Badge>;
}
