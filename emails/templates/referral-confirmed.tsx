import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** To a scout: the talent has confirmed them by name. */
export const referralConfirmed: Template<{ name: string; talent: string; path: string }> = {
  subject: ({ talent }) => `${talent} has confirmed your referral`,
  Component: ({ name, talent, path }) => (
    <Layout preview="Your referral counts.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {talent} has confirmed that you referred them. Your referral counts if they apply to a
        cohort in its time and a teacher invests.
      </Paragraph>
      <Action path={path}>See your referrals</Action>
    </Layout>
  ),
};
