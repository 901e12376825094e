import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** A deposit could not be confirmed. */
export const depositRefused: Template<{
  name: string;
  amount: string;
  reference: string;
  reason: string;
  path: string;
}> = {
  subject: ({ amount }) => `Your deposit of ${amount} could not be confirmed`,
  Component: ({ name, amount, reference, reason, path }) => (
    <Layout preview="Your balance has not changed.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        we could not confirm your deposit of {amount} with the reference {reference}. The reason:{" "}
        {reason}
      </Paragraph>
      <Paragraph>
        Your balance has not changed. When the money is on its way, announce it again.
      </Paragraph>
      <Action path={path}>See your wallet</Action>
    </Layout>
  ),
};
