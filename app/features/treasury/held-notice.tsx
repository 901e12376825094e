/** Says that nothing is paid out for a while, and why. */
export function HeldNotice({ until }: { until: string }) {
  return (
    <p className="my-8 max-w-[68ch] border-l-4 border-loss bg-paper-2 p-4" role="note">
      Nothing can be taken out until {until}. The e-mail address of this account was changed, and we
      wait 72 hours in case it was not its owner who did it. Your money stays yours meanwhile.
    </p>
  );
}
