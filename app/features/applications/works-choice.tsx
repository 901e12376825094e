import { Link } from "@remix-run/react";
import type { FormProblem } from "~/lib/form-problem";
import { MOST_SHOWN_WORKS } from "./limits";

/** Which works of one's collection an application shows. */
export function WorksChoice({
  works,
  problem,
}: {
  works: readonly { id: string; title: string; shown: boolean }[];
  problem: FormProblem | undefined;
}) {
  const errors = problem?.fields.works;
  return (
    <fieldset id="works" tabIndex={-1} className="mb-4 max-w-xl">
      <legend className="font-semibold">Works that this application shows</legend>
      <p className="text-sm text-ink-soft">
        From <Link to="/profile/works">your collection</Link>, at most {MOST_SHOWN_WORKS}; they are
        read as they stand there.
      </p>
      <input type="hidden" name="works-asked" value="yes" />
      {works.map(({ id, title, shown }) => (
        <div key={id} className="mt-2 flex gap-3">
          <input
            id={`work-${id}`}
            name="works"
            type="checkbox"
            value={id}
            defaultChecked={shown}
            className="mt-1 size-5 shrink-0"
          />
          <label htmlFor={`work-${id}`} className="[overflow-wrap:anywhere]">
            {title}
          </label>
        </div>
      ))}
      <p className="mt-1 min-h-5 text-sm font-semibold text-loss">{errors?.join(" ") ?? ""}</p>
    </fieldset>
  );
}
