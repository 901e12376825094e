import { Field, type FormProblem } from "./form";

/** Room for so many links, each a title and an address (`linkTitle1`, `linkUrl1`, …). */
export function LinkFields({
  count,
  links,
  problem,
}: {
  count: number;
  links: readonly { title: string; url: string }[];
  problem: FormProblem | undefined;
}) {
  return Array.from({ length: count }, (_, index) => index + 1).map((number) => (
    <div key={number} className="grid max-w-xl gap-x-4 sm:grid-cols-2">
      <Field
        name={`linkTitle${number}`}
        label={`Title of link ${number}`}
        maxLength={80}
        defaultValue={links[number - 1]?.title}
        problem={problem}
      />
      <Field
        name={`linkUrl${number}`}
        label={`Address of link ${number}`}
        type="url"
        maxLength={500}
        defaultValue={links[number - 1]?.url}
        problem={problem}
      />
    </div>
  ));
}
