import { CapBar } from "~/components/charts/cap-bar";
import { OutcomesChart } from "~/components/charts/outcomes";
import { RopeChart } from "~/components/charts/rope";
import { SimulatorChart } from "~/components/charts/simulator";
import { WaterfallChart } from "~/components/charts/waterfall";
import { Piece } from "./piece";

const SOURCE = "made up for the kit";
const ROPE = [
  { day: "2021-03-01", paidInCents: "6000000", cashBackCents: "0", valueCents: "6000000" },
  { day: "2023-06-01", paidInCents: "24000000", cashBackCents: "0", valueCents: "24000000" },
  { day: "2025-09-01", paidInCents: "24000000", cashBackCents: "51000000", valueCents: "18000000" },
];
const OUTCOMES = ["0", "0", "0", null, "0.4", "1", "1", "1", "2.5", "12", "340"].map(
  (multiple, at) => ({ name: `Student ${at + 1}`, multiple }),
);
const FUTURES = [
  { gain: 10_000_000n, label: "You sell a company for $100 thousand" },
  { gain: 100_000_000n, label: "You sell a company for $1 million" },
].map(({ gain, label }) => ({
  label,
  gainCents: String(gain),
  ownerCents: String((gain * 99n) / 100n),
  parts: [{ name: "Maya", cents: String(gain / 100n) }],
}));
const HOLDERS = [
  { name: "Maya Lindqvist", shares: "300000" },
  { name: "Tomás Rivera", shares: "250000", reserved: true },
];

/** Every chart, with data and without. */
export function ChartsOfKit() {
  return (
    <>
      <Piece name="Rope">
        <RopeChart points={ROPE} source={SOURCE} />
        <RopeChart points={[]} source={SOURCE} />
      </Piece>
      <Piece name="Outcomes">
        <OutcomesChart outcomes={OUTCOMES} medianTvpi="1" bestShare="0.94" source={SOURCE} />
        <OutcomesChart outcomes={[]} medianTvpi={null} bestShare={null} source={SOURCE} />
      </Piece>
      <Piece name="Cap bar">
        <CapBar ownerName="Alice Moreau" holders={HOLDERS} source={SOURCE} />
        <CapBar ownerName="Nobody’s yet" holders={[]} source={SOURCE} />
      </Piece>
      <Piece name="Waterfall">
        <WaterfallChart
          proceedsCents="300000000"
          basisCents="10000000"
          costsCents="5000000"
          lossCents="0"
          distributableCents="285000000"
          parts={[{ name: "Maya Lindqvist", cents: "2850000" }]}
          ownerName="Alice Moreau"
          ownerCents="282150000"
          source={SOURCE}
        />
      </Piece>
      <Piece name="Simulator">
        <SimulatorChart futures={FUTURES} source={SOURCE} />
      </Piece>
    </>
  );
}
