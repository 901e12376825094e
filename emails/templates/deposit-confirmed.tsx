import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** Money arrived and is in the person's balance. */
export const depositConfirmed: Template<{
  name: string;
  amount: string;
  reference: string;
  path: string;
}> = {
  subject: ({ amount }) => `${amount} is in your balance`,
  Component: ({ name, amount, reference, path }) => (
    <Layout preview={`Your deposit with the reference ${reference} has arrived.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        your deposit with the reference {reference} has arrived: {amount} is now in your balance.
        You can use it, or take it out again.
      </Paragraph>
      <Action path={path}>See your wallet</Action>
    </Layout>
  ),
};
