import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** To each holder who has a part in a gain that was declared. */
export const gainDeclared: Template<{
  name: string;
  owner: string;
  amount: string;
  due: string;
  path: string;
}> = {
  subject: ({ owner, amount }) => `${owner} declared a gain: ${amount} is due to you`,
  Component: ({ name, owner, amount, due, path }) => (
    <Layout preview={`It is due by ${due}. You need do nothing.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {owner} sold equity at a gain and declared it. Your part is {amount}, fixed by the shares of{" "}
        {owner}'s token that you held when the sale closed. It is due by {due} and comes to your
        balance when {owner} pays it. You need do nothing.
      </Paragraph>
      <Action path={path}>See {owner}'s token</Action>
    </Layout>
  ),
};
