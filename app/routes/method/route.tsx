import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PageHead } from "~/components/ui/page";
import { getMethodPage } from "~/features/records/method.server";
import { CashPart, TheBook } from "./parts";
import { CarriedPart, SpreadPart } from "./parts-held";
import { DoubtPart, NetPart, RankPart, RatePart } from "./parts-rates";

export const meta: MetaFunction = () => [
  { title: "How a record is computed · Belay" },
  {
    name: "description",
    content:
      "Every figure of a teacher’s record explained and worked through on a small example: DPI, carried value, IRR, median, rank, and what none of them can show.",
  },
];

export function loader() {
  return getMethodPage();
}

const PARTS = [
  ["example", "An example"],
  ["dpi", "DPI"],
  ["carried-value", "Carried value"],
  ["median", "Median"],
  ["irr", "IRR"],
  ["net", "Gross and net"],
  ["rank", "Rank"],
  ["conduct", "Conduct"],
  ["limits", "What this cannot show"],
  ["check", "Check it"],
] as const;

export default function MethodRoute() {
  const page = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="How a record is computed">
        Every figure of a teacher’s record, in plain words and worked through on one small example.
      </PageHead>
      <nav aria-label="Parts of the method" className="print:hidden">
        <ul className="flex flex-wrap gap-x-6 gap-y-2">
          {PARTS.map(([id, title]) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      <TheBook page={page} />
      <CashPart page={page} />
      <CarriedPart page={page} />
      <SpreadPart page={page} />
      <RatePart page={page} />
      <NetPart page={page} />
      <RankPart page={page} />
      <DoubtPart page={page} />
    </>
  );
}
