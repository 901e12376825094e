import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** To each holder whose part of a gain was paid. */
export const gainPaid: Template<{ name: string; owner: string; amount: string; path: string }> = {
  subject: ({ owner, amount }) => `${owner} paid you ${amount}`,
  Component: ({ name, owner, amount, path }) => (
    <Layout preview={`${amount} is now in your balance.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {owner} paid your part of a gain: {amount} is now in your balance. It is a distribution, not
        a gain of your own: nothing of it is due to holders of your token.
      </Paragraph>
      <Action path={path}>See your wallet</Action>
    </Layout>
  ),
};
