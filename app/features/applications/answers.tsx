/** Questions with what was answered, as plain text. */
export function Answers({ answers }: { answers: readonly { prompt: string; answer: string }[] }) {
  return (
    <dl className="max-w-[68ch]">
      {answers.map(({ prompt, answer }) => (
        <div key={prompt} className="border-t border-rule py-4">
          <dt className="font-semibold [overflow-wrap:anywhere]">{prompt}</dt>
          <dd className="mt-1 whitespace-pre-wrap [overflow-wrap:anywhere]">
            {answer || <span className="text-ink-soft">No answer yet.</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
