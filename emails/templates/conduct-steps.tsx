import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** To both: a tie between them is declared. */
export const tieDeclared: Template<{ name: string; other: string; what: string; path: string }> = {
  subject: ({ other }) => `You and ${other} are declared to be connected`,
  Component: ({ name, other, what, path }) => (
    <Layout preview="It counts in records.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        It was declared that you and {other} are {what}. What you invest in each other stands apart
        in your records, and your prices do not count for each other. If this is wrong, write to us.
      </Paragraph>
      <Action path={path}>See your account</Action>
    </Layout>
  ),
};

/** To everybody whose money or shares it moved: an entry was reversed. */
export const entryReversed: Template<{
  name: string;
  what: string;
  reason: string;
  orderNumber: string;
  owes: string;
  path: string;
}> = {
  subject: ({ what }) => `${what} was reversed`,
  Component: ({ name, what, reason, orderNumber, owes, path }) => (
    <Layout preview={reason}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        Two operators reversed this entry: {what}. The reason is {reason}, the order number{" "}
        {orderNumber}. It stays in the book, struck through. {owes}
      </Paragraph>
      <Action path={path}>See your wallet</Action>
    </Layout>
  ),
};

/** To the creditor: what was owed since a reversal was repaid. */
export const claimRepaid: Template<{
  name: string;
  debtor: string;
  amount: string;
  left: string;
  path: string;
}> = {
  subject: ({ debtor, amount }) => `${debtor} repaid ${amount}`,
  Component: ({ name, debtor, amount, left, path }) => (
    <Layout preview={`${left} is still owed.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {debtor} repaid {amount} of what you are owed since a reversal. It is in your balance.{" "}
        {left} is still owed.
      </Paragraph>
      <Action path={path}>See your wallet</Action>
    </Layout>
  ),
};
