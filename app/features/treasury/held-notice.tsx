import { Notice } from "~/components/ui/notice";

/** Says that nothing is paid out for a while, and why. */
export function HeldNotice({ until }: { until: string }) {
  return (
    <Notice tone="loss">
      Nothing can be taken out until {until}. The e-mail address of this account was changed, and we
      wait 72 hours in case it was not its owner who did it. Your money stays yours meanwhile.
    </Notice>
  );
}
