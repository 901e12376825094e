import { Link } from "@remix-run/react";
import { Table } from "~/components/ui/page";
import { Opens } from "./opens";
import type { presentBeside, presentHead, presentSides } from "./present-record";

/** The record in ten seconds: DPI large, the sentence that it is made of, and one strip of all that stands beside it. */
export function RecordHead({ head }: { head: ReturnType<typeof presentHead> }) {
  const { dpi, net, paidIn, cash, value, unconfirmed, early, strip } = head;
  return (
    <>
      <div className="flex flex-col gap-x-12 gap-y-4 sm:flex-row sm:items-end">
        <div className="shrink-0">
          <p className="text-sm text-ink-soft">DPI in confirmed cash</p>
          <p className="font-serif text-4xl leading-none" data-testid="dpi">
            <Opens name="DPI, gross" figure={dpi} />
          </p>
          <p className="mt-2 text-sm text-ink-soft">
            net <Opens name="DPI, net" figure={net} />
          </p>
        </div>
        <p className="max-w-[52ch] text-lg">
          Of <Opens name="paid in" figure={paidIn} /> paid in,{" "}
          <Opens name="confirmed cash back" figure={cash} /> has come back in confirmed cash. What
          is still held is carried at <Opens name="carried value" figure={value} />.
        </p>
      </div>
      <dl className="mt-8 grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-4 lg:grid-cols-7">
        {strip.map((fact) => (
          <div key={fact.name} className="min-w-0 border-t border-rule pt-2">
            <dt className="text-sm text-ink-soft">{fact.name}</dt>
            <dd className="text-lg">
              <Opens name={fact.net ? `${fact.name}, gross` : fact.name} figure={fact.value} />
            </dd>
            {fact.net ? (
              <dd className="text-sm text-ink-soft">
                net <Opens name={`${fact.name}, net`} figure={fact.net} />
              </dd>
            ) : null}
            <dd className="text-sm text-ink-soft">{fact.note}</dd>
          </div>
        ))}
      </dl>
      {unconfirmed || early ? (
        <p className="mt-6 max-w-[68ch]" data-testid="unconfirmed">
          In no ratio:{" "}
          {unconfirmed ? (
            <>
              <Opens name="unconfirmed cash" figure={unconfirmed} /> of unconfirmed cash, paid but
              without confirmed evidence
            </>
          ) : null}
          {unconfirmed && early ? "; " : null}
          {early ? (
            <>
              <Opens name="early distributions" figure={early} /> from gains that closed within 180
              days of the investment, too soon to say much about teaching
            </>
          ) : null}
          .
        </p>
      ) : null}
    </>
  );
}

/** What is said of a record's size and of its place among all. */
export function Standing({
  standing,
  isSmall,
}: {
  standing: { head: string; text: string };
  isSmall: boolean;
}) {
  return (
    <>
      {isSmall ? (
        <p className="mt-6 max-w-[68ch] border-l-2 border-rule pl-4">
          <strong>A small record.</strong> One investment more or less would change every figure.
        </p>
      ) : null}
      <p className="mt-6 max-w-[68ch]">
        <strong>{standing.head}.</strong> {standing.text}{" "}
        <Link to="/method#rank" className="whitespace-nowrap">
          How it is computed
        </Link>
      </p>
    </>
  );
}

/** Gross and net side by side, and what stands beside both. */
export function GrossAndNet({
  sides,
  beside,
}: {
  sides: ReturnType<typeof presentSides>;
  beside: ReturnType<typeof presentBeside>;
}) {
  return (
    <>
      <p className="mb-4 max-w-[68ch] text-ink-soft">
        Gross is what this teacher paid and received. Net is less by the{" "}
        <Opens name="to own holders" figure={sides.ownHolders} /> that holders of their own token
        received because of these sales.
      </p>
      <div className="max-w-3xl">
        <Table
          caption="Gross and net figures"
          columns={[
            { name: "Figure" },
            { name: "Gross", numeric: true },
            { name: "Net", numeric: true },
          ]}
          rows={sides.rows.map(({ name, note, gross, net }) => ({
            key: name,
            cells: [
              <span key="name">
                {name} <span className="text-sm font-normal text-ink-soft">{note}</span>
              </span>,
              <Opens key="gross" name={`${name}, gross`} figure={gross} />,
              <Opens key="net" name={`${name}, net`} figure={net} />,
            ],
          }))}
        />
      </div>
      {beside.apart ? (
        <p className="mt-4 max-w-[68ch]">
          Apart from all this, in relatives’ tokens: {beside.apart.count}{" "}
          {beside.apart.count === 1 ? "position" : "positions"},{" "}
          <Opens name="positions apart" figure={beside.apart.total} /> back and carried.
        </p>
      ) : null}
      {beside.stakes ? (
        <p className="mt-4 max-w-[68ch]">
          Apart from all this, finder’s stakes, for which nothing was paid: {beside.stakes.count},{" "}
          <Opens name="finder’s stakes" figure={beside.stakes.total} /> back and carried.
        </p>
      ) : null}
    </>
  );
}
