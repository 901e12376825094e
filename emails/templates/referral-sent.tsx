import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** To somebody whom a scout referred, who may not know us. */
export const referralSent: Template<{
  name: string;
  scout: string;
  reasons: string;
  path: string;
}> = {
  subject: ({ scout }) => `${scout} thinks that you should be on Belay`,
  Component: ({ name, scout, reasons, path }) => (
    <Layout preview={`${scout} has referred you.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {scout} has referred you to Belay, where teachers run cohorts, choose students and invest
        their own money in some of them. {scout} wrote:
      </Paragraph>
      <Paragraph>{reasons}</Paragraph>
      <Paragraph>
        If you know {scout}, you can confirm that. If you do not, say so there, or do nothing:
        nothing happens then, and we do not write about this again.
      </Paragraph>
      <Action path={path}>See the referral</Action>
    </Layout>
  ),
};
