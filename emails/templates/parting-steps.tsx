import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** To the holder: the owner of a token wants to buy them out. */
export const partingOffered: Template<{
  name: string;
  owner: string;
  price: string;
  until: string;
  path: string;
}> = {
  subject: ({ owner }) => `${owner} wants to part ways`,
  Component: ({ name, owner, price, until, path }) => (
    <Layout preview={`${price} for all your shares.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {owner} offers {price} for all the shares of their token that you hold. That is not less
        than what they cost you, nor than what they are carried at. If you think that the price is
        wrong, say so until {until}, and an operator settles it. Otherwise it settles then. Of gains
        in the 24 months after you still get what the shares would have got, less this price.
      </Paragraph>
      <Action path={path}>See the token</Action>
    </Layout>
  ),
};

/** To the owner: the holder disputes the price. */
export const partingDisputed: Template<{
  name: string;
  holder: string;
  price: string;
  reason: string;
  path: string;
}> = {
  subject: ({ holder }) => `${holder} disputes the price of your parting`,
  Component: ({ name, holder, price, reason, path }) => (
    <Layout preview="An operator settles it.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {holder} says that {price} is the wrong price: “{reason}” An operator looks at it and
        settles it. Your money waits in escrow until then.
      </Paragraph>
      <Action path={path}>See your token</Action>
    </Layout>
  ),
};

type Closed = {
  name: string;
  owner: string;
  holder: string;
  other: string;
  price: string;
  path: string;
};

/** To both: the parting is settled. */
export const partingSettled: Template<Closed> = {
  subject: ({ other }) => `You and ${other} have parted ways`,
  Component: ({ name, owner, holder, price, path }) => (
    <Layout preview={`For ${price}.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        The shares of {owner}’s token that {holder} held are {owner}’s again. {price} are in{" "}
        {holder}
        ’s balance. If {owner} realises a gain within 24 months, {holder} gets what the shares would
        have got, less this price.
      </Paragraph>
      <Action path={path}>See the token</Action>
    </Layout>
  ),
};

/** To both: nothing was sold. */
export const partingReturned: Template<Closed> = {
  subject: ({ other }) => `The parting with ${other} has ended`,
  Component: ({ name, owner, holder, price, path }) => (
    <Layout preview="Everything stays as it was.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {owner} does not buy the shares that {holder} holds: the {price} are back in {owner}’s
        balance, and {holder} stays a holder.
      </Paragraph>
      <Action path={path}>See the token</Action>
    </Layout>
  ),
};

/** To each holder: a token is carried at nothing from now on. */
export const tokenWrittenDown: Template<{
  name: string;
  owner: string;
  cause: string;
  path: string;
}> = {
  subject: ({ owner }) => `${owner}’s token is carried at nothing`,
  Component: ({ name, owner, cause, path }) => (
    <Layout preview="Your shares stay yours.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {cause} In your record {owner}’s token is carried at nothing until a later price counts.
        Your shares stay yours, and so does your part of any gain.
      </Paragraph>
      <Action path={path}>See the token</Action>
    </Layout>
  ),
};
