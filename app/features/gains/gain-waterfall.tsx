import { WaterfallChart } from "~/components/charts/waterfall";
import { formatCents } from "~/lib/money";

type Divided = {
  proceedsCents: string;
  basisCents: string;
  costsCents: string;
  distributableCents: string;
  toPayCents: string;
  parts: readonly { holder: string; cents: string }[];
};

/** A gain from its proceeds down to each holder's part; what losses of the year take up follows from the rest. */
export function GainWaterfall({ gain, ownerName }: { gain: Divided; ownerName: string }) {
  const result = BigInt(gain.proceedsCents) - BigInt(gain.basisCents) - BigInt(gain.costsCents);
  const divided = BigInt(gain.distributableCents);
  const parts = gain.parts.filter((part) => part.cents !== "0");
  const { proceedsCents, basisCents, costsCents, distributableCents } = gain;
  return (
    <WaterfallChart
      proceedsCents={proceedsCents}
      basisCents={basisCents}
      costsCents={costsCents}
      lossCents={String(result > 0n ? result - divided : 0n)}
      distributableCents={distributableCents}
      parts={parts.map((part) => ({ name: part.holder, cents: part.cents }))}
      ownerName={ownerName}
      ownerCents={String(divided - BigInt(gain.toPayCents))}
      source="this declaration, and the shares held at 24:00 UTC of the closing date"
      {...(result < 0n ? { title: `A loss of ${formatCents(-result)}: nothing to divide` } : {})}
      {...(result >= 0n && divided === 0n ? { title: "Nothing to divide" } : {})}
    />
  );
}
