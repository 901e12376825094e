import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

type Decided = { name: string; until: string; reason: string; path: string };

/** To the owner: the payment of a gain is deferred. */
export const deferralGranted: Template<Decided> = {
  subject: ({ until }) => `Your payment is deferred until ${until}`,
  Component: ({ name, until, reason, path }) => (
    <Layout preview="An operator granted it.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        An operator deferred the payment of your gain until {until}: “{reason}” Until then it is not
        overdue.
      </Paragraph>
      <Action path={path}>See the gain</Action>
    </Layout>
  ),
};

/** To the owner: the payment of a gain is not deferred. */
export const deferralRefused: Template<Decided> = {
  subject: () => "Your payment is not deferred",
  Component: ({ name, until, reason, path }) => (
    <Layout preview={`It is due on ${until}.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        An operator did not defer the payment of your gain: “{reason}” It is due on {until}.
      </Paragraph>
      <Action path={path}>See the gain</Action>
    </Layout>
  ),
};

/** To each holder: their part of a gain comes later. */
export const gainDeferred: Template<{ name: string; owner: string; until: string; path: string }> =
  {
    subject: ({ owner }) => `${owner} pays you later`,
    Component: ({ name, owner, until, path }) => (
      <Layout preview={`Until ${until}.`}>
        <Paragraph>Hello {name},</Paragraph>
        <Paragraph>
          Paying now would be a hardship for {owner}, so an operator deferred your part of the gain
          until {until}. It stays yours, to the cent.
        </Paragraph>
        <Action path={path}>See your wallet</Action>
      </Layout>
    ),
  };
