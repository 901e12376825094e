import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** A withdrawal was refused; the money is back in the balance. */
export const withdrawalRefused: Template<{
  name: string;
  amount: string;
  reason: string;
  path: string;
}> = {
  subject: ({ amount }) => `${amount} is back in your balance: it could not be paid out`,
  Component: ({ name, amount, reason, path }) => (
    <Layout preview="Nothing is lost; you can ask again.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        we could not pay out {amount}. The reason: {reason}
      </Paragraph>
      <Paragraph>
        All of it is back in your balance. You can ask again once this is mended.
      </Paragraph>
      <Action path={path}>See your wallet</Action>
    </Layout>
  ),
};
