import { Link } from "@remix-run/react";
import { SimulatorChart } from "~/components/charts/simulator";
import { Facts, Section } from "~/components/ui/page";
import type { OfferView } from "./present";
import type { SimulatedFuture } from "./simulate";

/** What gains would give to whom, with an offer that still may settle (`coming`) or did; said to the student or to an investor. */
export function WhatItMeans({
  futures,
  toOwner,
  coming,
}: {
  futures: readonly SimulatedFuture[];
  toOwner: boolean;
  coming: boolean;
}) {
  const held = `the shares that ${coming ? "others hold" : "holders have"} of ${toOwner ? "your" : "the student’s"} token today`;
  return (
    <Section title="What that would mean">
      <SimulatorChart
        futures={futures}
        toOwner={toOwner}
        source={`${coming ? "the terms of this offer and " : ""}${held}; a first gain, without earlier cost`}
      />
    </Section>
  );
}

/** The information sheet of one offer (T15): what it is, what is given up, tax, cap, sunset and cooling-off, on one page. */
export function InfoSheet({
  offer,
  futures,
}: {
  offer: OfferView;
  futures: readonly SimulatedFuture[];
}) {
  return (
    <>
      <Facts
        items={[
          { name: "You get", value: offer.amount },
          {
            name: "You sell",
            value: offer.percent,
            note: `${offer.shares} of the 10,000,000 shares of your token`,
          },
          { name: "Payout cap", value: offer.capLabel },
          { name: "Sunset", value: offer.sunsetLabel },
        ]}
      />
      <Section title="What you give up">
        <div className="max-w-[68ch]">
          <p>
            {offer.percent} of every capital gain that you realise when you sell equity in a
            company, shares of another person&rsquo;s token or a like instrument. A gain is what you
            receive, less what you had paid for it and the direct costs of the sale. It counts once
            it is cash or freely tradable.
          </p>
          <ul className="mt-4 list-disc pl-5">
            <li>{offer.cap}</li>
            <li>{offer.sunset}</li>
            <li>
              The shares give nothing else: no part of a salary, a home or a gift, no vote over what
              you do. If you never sell at a gain, you owe nothing and pay nothing back.
            </li>
            <li>
              You declare such a sale within 30 days, and pay within 30 days after that, out of what
              you received. Your holders and your gains are public.
            </li>
          </ul>
        </div>
      </Section>
      {offer.finder ? (
        <Section title="The scout who referred you">
          <p className="max-w-[68ch]">
            {offer.finder.name} referred you, and you confirmed it. Out of the shares that the
            investors buy, {offer.finder.stake} go to {offer.finder.name} as a finder&rsquo;s stake:{" "}
            {offer.finder.sharesInWords}. You sell no more for it and get no less; the investors get
            fewer shares. Before you sign you are asked whether you agree.
          </p>
        </Section>
      ) : null}
      {offer.investors.length > 1 ? (
        <Section title="Who invests">
          <ul className="max-w-[68ch] list-disc pl-5">
            {offer.investors.map((investor) => (
              <li key={investor.handle}>
                <Link to={`/teachers/${investor.handle}`}>{investor.name}</Link> pays{" "}
                {investor.amount} for {investor.sharesInWords}.
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <WhatItMeans futures={futures} toOwner coming />
      <Section title="Tax, before you decide">
        <p className="max-w-[68ch]">
          Where you live, <strong>the whole gain may be taxed as yours</strong>, also the part that
          you pay to holders. On a gain of $1,000,000 you may owe tax on all of it. The money of
          this offer may be taxed too. We do not know your case: ask somebody who does.
        </p>
      </Section>
      <Section title="If you change your mind">
        <ul className="max-w-[68ch] list-disc pl-5">
          <li>
            You can decline now, or let the offer lapse on {offer.expiresOn}. Your place in the
            cohort stays yours.
          </li>
          <li>
            After you sign, it settles 7 days later. Until then you may leave without a reason;{" "}
            {offer.investorNames} may in the first 4 days. All money and all shares go back.
          </li>
          <li>
            After it has settled, it stands. You then have the money, and {offer.investorNames} the
            shares.
          </li>
        </ul>
        <p className="mt-4">
          <Link to="/rules#offer">Why these times, and the other rules</Link>
        </p>
      </Section>
      <p className="mt-8">
        <Link to={`/offers/${offer.id}/decline`}>Decline this offer</Link>
      </p>
    </>
  );
}
