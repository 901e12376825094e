import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

type Facts = {
  name: string;
  seller: string;
  buyer: string;
  owner: string;
  shares: string;
  price: string;
  path: string;
};
type Waiting = Facts & { until: string };

/** To the buyer whom a holder named: the money is waited for. */
export const resaleAsked: Template<Waiting> = {
  subject: ({ seller, owner }) => `${seller} offers you shares of ${owner}’s token`,
  Component: ({ name, seller, owner, shares, price, until, path }) => (
    <Layout preview={`${shares} for ${price}.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {seller} would sell you {shares} of {owner}’s token for {price}. Put the money up by {until}
        ; it waits in escrow. Then {owner} may buy the shares first, the other holders after that,
        and {owner} has to approve you. What is not used comes back.
      </Paragraph>
      <Action path={path}>See the token</Action>
    </Layout>
  ),
};

/** To the owner: shares of their token are for sale, and they may buy them first. */
export const resaleFirstRefusal: Template<Waiting> = {
  subject: ({ seller }) => `${seller} wants to sell shares of your token`,
  Component: ({ name, seller, buyer, shares, price, until, path }) => (
    <Layout preview={`You may buy them first, until ${until}.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {seller} wants to sell {shares} of your token to {buyer} for {price}. You may buy them at
        that price until {until}, or let them pass to your other holders.
      </Paragraph>
      <Action path={path}>See your token</Action>
    </Layout>
  ),
};

/** To the other holders: they may buy before somebody new. */
export const resaleHoldersFirst: Template<Waiting> = {
  subject: ({ owner }) => `Shares of ${owner}’s token are for sale, to holders first`,
  Component: ({ name, seller, owner, shares, price, until, path }) => (
    <Layout preview={`Until ${until}.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {seller} wants to sell {shares} of {owner}’s token for {price}. You hold shares of it, so
        you may buy some or all of these at that price until {until}. If several want in, each gets
        a part in proportion to what they hold.
      </Paragraph>
      <Action path={path}>See the token</Action>
    </Layout>
  ),
};

/** To the owner: the buyer waits for their approval. */
export const resaleApproval: Template<Waiting> = {
  subject: ({ buyer }) => `May ${buyer} hold shares of your token?`,
  Component: ({ name, seller, buyer, shares, until, path }) => (
    <Layout preview={`Answer until ${until}.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {buyer} wants to buy shares of your token from {seller}, of {shares} what your holders left.
        You decide who may hold: approve or refuse until {until}. Without an answer nothing is sold.
      </Paragraph>
      <Action path={path}>See your token</Action>
    </Layout>
  ),
};

/** To all who took part: the shares are sold. */
export const resaleSettled: Template<Facts> = {
  subject: ({ owner }) => `Shares of ${owner}’s token are sold`,
  Component: ({ name, seller, owner, shares, price }) => (
    <Layout preview={`${shares} for ${price}.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        The sale of {shares} of {owner}’s token by {seller} for {price} is settled. Money that was
        put up and not needed is back in its owner’s balance.
      </Paragraph>
      <Action path="/wallet">See your wallet</Action>
    </Layout>
  ),
};

/** To all who took part: what was not sold went back. */
export const resaleReturned: Template<Facts> = {
  subject: ({ owner }) => `Shares of ${owner}’s token were not sold`,
  Component: ({ name, seller, owner, shares, price }) => (
    <Layout preview="Everything went back.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        The sale of {shares} of {owner}’s token by {seller} for {price} has ended. What was not sold
        is back with {seller}, all other money with whom it came from.
      </Paragraph>
      <Action path="/wallet">See your wallet</Action>
    </Layout>
  ),
};
