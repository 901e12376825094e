import { useEffect, useRef, useState } from "react";
import { ButtonLook } from "~/components/ui/form";
import { Notice } from "~/components/ui/notice";
import type { Finding } from "~/ledger/log/findings";
import type { Verdict } from "~/ledger/log/verify";
import type { Said } from "./verify-at-site";

type Run = {
  progress: string;
  findings: Finding[];
  end: { verdict: Verdict } | { why: string } | null;
};

const WORDS: Record<Finding["kind"], string> = {
  recomputed: "Recomputed",
  stated: "Stated by the operator",
  lie: "False",
  incomplete: "Withheld",
  limit: "Not shown",
};
const MEGABYTE = 1_000_000;
const megabytes = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(1)} MB`;
const grouped = (count: number): string => count.toLocaleString("en-US");

/** What a run looks like after one more thing was said. */
export function afterSaying(run: Run, said: Said): Run {
  switch (said.kind) {
    case "read": {
      const of = said.of === null ? "" : ` of ${megabytes(said.of)}`;
      return { ...run, progress: `Fetching the record: ${megabytes(said.bytes)}${of}` };
    }
    case "checked":
      return {
        ...run,
        progress: `Checking: ${grouped(said.done)} of ${grouped(said.of)} entries`,
      };
    case "found":
      return { ...run, findings: [...run.findings, said.finding] };
    case "ended":
      return { ...run, end: { verdict: said.verdict } };
    case "failed":
      return { ...run, end: { why: said.why } };
  }
}

/** The state of a verification in a worker of its own, and how to begin and to stop it. */
function useVerifier(asked: { bundlePath: string; vkeyPath: string }) {
  const [run, setRun] = useState<Run | null>(null);
  const worker = useRef<Worker | null>(null);
  const stop = () => {
    worker.current?.terminate();
    worker.current = null;
  };
  useEffect(() => () => worker.current?.terminate(), []);
  const begin = () => {
    stop();
    setRun({ progress: "Fetching the record", findings: [], end: null });
    const started = new Worker(new URL("./verify-worker.ts", import.meta.url), { type: "module" });
    const hear = (said: Said) => setRun((now) => (now ? afterSaying(now, said) : now));
    started.onmessage = ({ data }: MessageEvent<Said>) => hear(data);
    started.onerror = () =>
      hear({ kind: "failed", why: "The verifier could not start. Use the command line." });
    started.postMessage({
      bundleUrl: new URL(asked.bundlePath, location.href).href,
      vkeyUrl: new URL(asked.vkeyPath, location.href).href,
    });
    worker.current = started;
  };
  const cancel = () => {
    stop();
    setRun(null);
  };
  return { run, begin, cancel };
}

/**
 * **Verify this record**: a button that verifies a record in the reader's own browser, line by line, and the command that does
 * so without trusting this site at all. Without scripts the command alone is there.
 */
export function VerifyRecord(props: { bundlePath: string; vkeyPath: string; siteUrl: string }) {
  const { bundlePath, vkeyPath, siteUrl } = props;
  const { run, begin, cancel } = useVerifier({ bundlePath, vkeyPath });
  const [hasScripts, setHasScripts] = useState(false);
  useEffect(() => setHasScripts(true), []);
  const isRunning = run !== null && run.end === null;
  return (
    <div className="max-w-[68ch]">
      <p>
        Every entry of this record stands in a public log that only grows. Your browser can fetch
        the record, check that each entry is in the log and that none is left out, and compute every
        number again. What only we can know, such as who stands behind a name, it lists as stated.
      </p>
      {hasScripts ? (
        <p className="mt-4">
          <ButtonLook type="button" kind="plain" onClick={isRunning ? cancel : begin}>
            {isRunning ? "Stop" : run ? "Verify again" : "Verify this record"}
          </ButtonLook>
        </p>
      ) : null}
      {run ? <Outcome run={run} /> : null}
      <p className="mt-4 text-sm text-ink-soft">
        This site gives you the record, the key and the program that checks them, so a check here
        shows that they agree. To rely on nobody, take Belay’s source, get the log’s key from
        somewhere else, and run:
      </p>
      <pre className="mt-2 text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
        <code>{`npm run verify -- ${siteUrl}${bundlePath} --vkey KEY`}</code>
      </pre>
    </div>
  );
}

const VERDICTS: Record<Verdict, { tone: "gain" | "loss" | "plain"; text: string }> = {
  true: {
    tone: "gain",
    text: "This record agrees with the log: nothing is left out, and every number is what its entries give.",
  },
  lie: {
    tone: "loss",
    text: "This record is false, or was changed on its way to you. Do not rely on it.",
  },
  incomplete: {
    tone: "plain",
    text: "Some entries are withheld, so the numbers cannot be computed again. What is there is in the log.",
  },
};

/** A record has a thousand findings: they scroll in a box of their own. On paper all of them stand. */
const BOX =
  "mt-4 max-h-96 overflow-y-auto rounded-md border border-rule px-4 py-2 print:max-h-none print:overflow-visible";

/** How many lines there are of each kind: `1,204 lines: 1,200 recomputed, 4 stated by the operator`. */
export function countsOf(findings: readonly Finding[]): string {
  const kinds = Object.keys(WORDS) as Finding["kind"][];
  const parts = kinds.flatMap((kind) => {
    const count = findings.filter((finding) => finding.kind === kind).length;
    return count === 0 ? [] : [`${grouped(count)} ${WORDS[kind].toLowerCase()}`];
  });
  return `${grouped(findings.length)} ${findings.length === 1 ? "line" : "lines"}: ${parts.join(", ")}`;
}

function Outcome({ run: { progress, findings, end } }: { run: Run }) {
  const verdict = end && "verdict" in end ? VERDICTS[end.verdict] : null;
  return (
    <>
      <div role="status" className="mt-4">
        {end === null ? (
          <p>{progress}</p>
        ) : (
          <Notice tone={verdict?.tone ?? "plain"}>
            {verdict?.text ?? ("why" in end ? end.why : "")}
            {verdict && findings.length > 0 ? (
              <p className="mt-2 text-sm">{countsOf(findings)}</p>
            ) : null}
          </Notice>
        )}
      </div>
      {findings.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
        <section tabIndex={0} aria-label="What was found, line by line" className={BOX}>
          <ol className="text-sm" aria-label="What was found">
            {findings.map(({ kind, text }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added
              <li key={i} className="border-t border-rule py-1 [overflow-wrap:anywhere]">
                <strong className={kind === "lie" ? "text-loss" : ""}>{WORDS[kind]}</strong>: {text}
              </li>
            ))}
          </ol>
        </section>
      ) : null}
    </>
  );
}
