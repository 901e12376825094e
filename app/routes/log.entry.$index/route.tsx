import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Facts, PageHead, Section } from "~/components/ui/page";
import {
  getEntryPage,
  getSealedLeaf,
  type Sealed,
} from "~/features/public-log/get-entry-page.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: data
      ? `Leaf ${(data.entry ?? data.sealed).index} of the public log · Belay`
      : "Not found · Belay",
  },
  { name: "robots", content: "noindex" },
];

export async function loader({ params }: LoaderFunctionArgs) {
  const entry = await getEntryPage(params.index);
  if (entry) return { entry, sealed: null };
  const sealed = await getSealedLeaf(params.index);
  if (!sealed) throw new Response("Not found", { status: 404 });
  return { entry: null, sealed };
}

export default function LogEntry() {
  const { entry, sealed } = useLoaderData<typeof loader>();
  return entry ? <Open entry={entry} /> : <Closed sealed={sealed} />;
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

const SAID: Record<Sealed, { title: string; text: string }> = {
  private: {
    title: "private",
    text: "A deposit, a withdrawal, an offer’s money or a signature: the log holds a sealed commitment to it, which only its parties can open. No figure of any record comes from it.",
  },
  withheld: {
    title: "withheld",
    text: "Two operators took away what this entry says, because a law or a court demands it. The log says so in a line of its own, and so does every record that the entry concerns.",
  },
  heads: {
    title: "where everybody stands",
    text: "No entry: the log closes each signed tree with a fingerprint of how many entries each person has, so that none can be left out of a record.",
  },
};

/** A leaf that not everybody may open: why, and what is there. */
function Closed({ sealed }: { sealed: NonNullable<Loaded["sealed"]> }) {
  const { title, text } = SAID[sealed.why];
  return (
    <>
      <PageHead
        title={`Leaf ${sealed.index}: ${title}`}
        trail={[{ to: "/log", name: "The public log" }]}
      >
        {text}
      </PageHead>
      <Section title={`What the log holds of it, of ${sealed.leaves} leaves now`}>
        <Code text={sealed.leaf} />
      </Section>
    </>
  );
}

function Open({ entry }: { entry: NonNullable<Loaded["entry"]> }) {
  return (
    <>
      <PageHead
        title={`Leaf ${entry.index}: ${entry.kind}`}
        trail={[{ to: "/log", name: "The public log" }]}
      >
        One entry as it was written into the log, of {entry.leaves} leaves now.
      </PageHead>
      <Facts
        items={[
          { name: "Recorded", value: entry.recordedAt },
          {
            name: "Names",
            value: entry.people.map((handle) => (
              <Link key={handle} to={`/people/${handle}`} className="mr-3">
                {handle}
              </Link>
            )),
          },
        ]}
      />
      <Section title="What it says">
        <Code text={entry.body} />
        <p className="mt-4 max-w-[68ch] text-ink-soft">
          Cents and shares are whole numbers. People, tokens and lots stand under random ids that
          are used nowhere else.
        </p>
      </Section>
      <Section title="What the log holds of it">
        <Code text={entry.leaf} />
        <p className="mt-4 max-w-[68ch] text-ink-soft">
          The commitment C is the SHA-256 of the salt and the entry’s own bytes. Each chain is one
          person’s: their entry number n, and the head before it. Salt:{" "}
          <code className="[overflow-wrap:anywhere]">{entry.salt}</code>
        </p>
        <p className="mt-4">
          For programs: <a href={entry.openPath}>the bytes and the salt</a>,{" "}
          <a href={entry.proofPath}>a proof that stands by itself</a>
        </p>
      </Section>
    </>
  );
}

function Code({ text }: { text: string }) {
  return (
    <pre className="max-w-[80ch] text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
      <code>{text}</code>
    </pre>
  );
}
