import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** An operator has paid a withdrawal. */
export const withdrawalPaid: Template<{
  name: string;
  amount: string;
  destination: string;
  path: string;
}> = {
  subject: ({ amount }) => `${amount} has been paid out to you`,
  Component: ({ name, amount, destination, path }) => (
    <Layout preview="It is on its way to your account.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        we have paid {amount} to {destination}. Banks can take a few days until you see it.
      </Paragraph>
      <Action path={path}>See your wallet</Action>
    </Layout>
  ),
};
