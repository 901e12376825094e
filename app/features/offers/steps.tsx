import { Link } from "@remix-run/react";
import type { NextStep } from "./present";

const STEPS: readonly { step: NextStep; name: string; path: string }[] = [
  { step: "sheet", name: "Information sheet", path: "" },
  { step: "questions", name: "Three questions", path: "/questions" },
  { step: "token", name: "Token agreement", path: "/token" },
  { step: "sign", name: "Check and sign", path: "/sign" },
];

const indexOf = (step: NextStep): number => STEPS.findIndex((one) => one.step === step);

/** The address of a step of an offer. */
export const stepPath = (offerId: string, step: NextStep): string =>
  `/offers/${offerId}${STEPS[indexOf(step)]?.path ?? ""}`;

/** Where in the way to a signature the reader is; steps that are done, and the next one, are links. */
export function Steps({ offerId, at, next }: { offerId: string; at: NextStep; next: NextStep }) {
  return (
    <nav aria-label="Steps" className="mb-8">
      <ol className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
        {STEPS.map(({ step, name }, index) => (
          <li key={step}>
            {step === at ? (
              <span aria-current="step" className="font-semibold">
                {index + 1}. {name}
              </span>
            ) : index <= indexOf(next) ? (
              <Link to={stepPath(offerId, step)}>
                {index + 1}. {name}
              </Link>
            ) : (
              <span className="text-ink-soft">
                {index + 1}. {name}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
