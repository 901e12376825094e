import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Empty, Facts, PageHead, Section, Table } from "~/components/ui/page";
import { getLogPage } from "~/features/public-log/get-log-page.server";

export const meta: MetaFunction = () => [
  { title: "The public log · Belay" },
  {
    name: "description",
    content:
      "What it proves to verify a record, what it does not prove, and how to watch the log that all records stand in.",
  },
];

export const loader = () => getLogPage();

export default function PublicLog() {
  const { signed, vkeys, siteUrl } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="The public log">
        Every investment, gain, payment and price on Belay goes into one log. Anyone can read it.
        Nobody can change what stands in it without being seen, not even we.
      </PageHead>
      {signed ? (
        <Signed signed={signed} vkeys={vkeys} />
      ) : (
        <Empty>Nothing is signed yet. The first entries are signed within a minute.</Empty>
      )}
      <WhatItProves />
      <Section title="Verify it yourself">
        <p className="max-w-[68ch]">
          Each <Link to="/teachers">teacher’s page</Link> has a button that verifies the record in
          your browser. The page and the record then come from the same server: that shows that the
          record agrees with itself. To be independent of this site, take the key from somebody you
          trust and run the verifier on a machine of your own:
        </p>
        <pre className="mt-4 max-w-[80ch] text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
          <code>{`npm run verify -- ${siteUrl}/teachers/HANDLE --vkey KEY`}</code>
        </pre>
        <p className="mt-4 max-w-[68ch]">
          Keep the file <code>/teachers/HANDLE/track-record.json</code>. Months later,{" "}
          <code>--since FILE</code> proves that nothing in it was changed or taken out since.
        </p>
      </Section>
      <ForEngineers />
    </>
  );
}

type Signed = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>["signed"]>;

function Signed({ signed, vkeys }: { signed: Signed; vkeys: readonly string[] }) {
  const long = "font-mono text-sm [overflow-wrap:anywhere]";
  return (
    <Facts
      items={[
        { name: "Lines in the log", value: signed.leaves, note: `signed ${signed.at}` },
        { name: "Its name", value: <span className={long}>{signed.origin}</span> },
        { name: "Its fingerprint now", value: <span className={long}>{signed.root}</span> },
        {
          name: vkeys.length === 1 ? "Its key" : "Its keys, the newest first",
          value: (
            <>
              {vkeys.map((vkey) => (
                <span key={vkey} className={`block ${long}`}>
                  {vkey}
                </span>
              ))}
            </>
          ),
        },
      ]}
    />
  );
}

function WhatItProves() {
  return (
    <>
      <Section title="What it proves">
        <ul className="max-w-[68ch] list-disc space-y-2 pl-5">
          <li>
            <strong>Nothing is left out.</strong> Each person’s entries form a chain from the day of
            sign-up. A loss that is taken out breaks it.
          </li>
          <li>
            <strong>Nothing was changed later.</strong> Each signed state of the log contains every
            earlier one, to the letter.
          </li>
          <li>
            <strong>The sums are right.</strong> Every number of a record is computed again from the
            entries, and compared.
          </li>
        </ul>
      </Section>
      <Section title="What it does not prove">
        <ul className="max-w-[68ch] list-disc space-y-2 pl-5">
          <li>
            That a sale really took place. An operator looks at the documents and grades the
            evidence; the grade is what we say, and the verifier calls it so.
          </li>
          <li>Who stands behind a handle, and who is related to whom. Operators check both.</li>
          <li>
            That everyone is shown the same log. This takes people who compare what they see: see
            below, it is a few lines of code.
          </li>
        </ul>
        <p className="mt-4 max-w-[68ch] text-ink-soft">
          Deposits, withdrawals and offers are private: the log holds a sealed commitment to each,
          which only its parties can open. Two operators together may withhold a public entry, by
          order of a court for example; every record that it belongs to then says so.
        </p>
      </Section>
    </>
  );
}

const PLACES = [
  ["/log/checkpoint", "the newest signed state: name, size, root, signature"],
  ["/log/checkpoints", "every state that was ever signed"],
  ["/log/vkey", "the keys, newest first"],
  ["/log/tile/LEVEL/N", "hashes of the tree, 256 a tile"],
  ["/log/tile/entries/N", "the entries, each with its length before it"],
  ["/log/open/INDEX", "body and salt of a public entry"],
  ["/log/proof/ENTRY", "a proof of one entry that stands by itself"],
] as const;

function ForEngineers() {
  return (
    <Section title="For engineers: monitor it" id="monitor">
      <p className="max-w-[68ch]">
        The log is an RFC 6962 Merkle tree in the tiled form that public transparency logs share:
        C2SP <code>signed-note</code>, <code>tlog-checkpoint</code>, <code>tlog-tiles</code> and{" "}
        <code>tlog-proof</code>. Tools written for those read it.
      </p>
      <ol className="mt-4 max-w-[68ch] list-decimal space-y-2 pl-5">
        <li>
          Fetch the checkpoint every few minutes and check its signature with the key that you kept.
        </li>
        <li>
          Prove from the tiles that the tree which you saw before is the beginning of this one. If
          it is not, keep both checkpoints: signed by one key, they prove a fork to anybody.
        </li>
        <li>Read the new entries and follow the chains of whom you watch.</li>
        <li>Compare checkpoints with other monitors.</li>
      </ol>
      <div className="mt-6">
        <Table
          caption="What the log serves"
          columns={[{ name: "Address" }, { name: "What it is" }]}
          rows={PLACES.map(([path, what]) => ({
            key: path,
            cells: [<code key={path}>{path}</code>, what],
          }))}
        />
      </div>
    </Section>
  );
}
