import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** A person asked for money to be paid out: if it was not they, this is how they learn of it. */
export const withdrawalRequested: Template<{
  name: string;
  amount: string;
  destination: string;
  path: string;
}> = {
  subject: ({ amount }) => `${amount} waits to be paid out to you`,
  Component: ({ name, amount, destination, path }) => (
    <Layout preview="It has left your balance and waits in escrow.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        you asked us to pay {amount} to {destination}. It has left your balance and waits in escrow
        until an operator has paid it.
      </Paragraph>
      <Paragraph>
        If it was not you who asked, set a new password at once and answer this message.
      </Paragraph>
      <Action path={path}>See your wallet</Action>
    </Layout>
  ),
};
