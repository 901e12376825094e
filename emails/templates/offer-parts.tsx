import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** To a co-investor: a part of an offer waits for their money. */
export const offerPartToFund: Template<{
  name: string;
  maker: string;
  student: string;
  amount: string;
  shares: string;
  until: string;
  path: string;
}> = {
  subject: ({ maker, student }) => `${maker} asks you to invest in ${student} together`,
  Component: ({ name, maker, student, amount, shares, until, path }) => (
    <Layout preview={`Your part: ${amount}.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {maker} makes an offer to {student}. Your part of it would be {amount} for {shares}. The
        offer goes out when every part is funded. If yours is not by {until}, it falls back, and all
        money goes back.
      </Paragraph>
      <Action path={path}>See your part</Action>
    </Layout>
  ),
};

/** To each investor: an offer that never went out has fallen back. */
export const offerFellBack: Template<{
  name: string;
  student: string;
  cause: string;
  money: string;
  path: string;
}> = {
  subject: ({ student }) => `The offer to ${student} did not go out`,
  Component: ({ name, cause, money, path }) => (
    <Layout preview={cause}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {cause} {money}
      </Paragraph>
      <Action path={path}>See the offer</Action>
    </Layout>
  ),
};
