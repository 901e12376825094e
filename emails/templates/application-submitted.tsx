import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** To the applicant: the application has arrived. */
export const applicationSubmitted: Template<{ name: string; cohort: string; path: string }> = {
  subject: ({ cohort }) => `Your application to ${cohort} has arrived`,
  Component: ({ name, cohort, path }) => (
    <Layout preview="You can change it until the deadline.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        your application to {cohort} has arrived. You can change it or take it back until the
        deadline. You get a message when it is decided.
      </Paragraph>
      <Action path={path}>See your application</Action>
    </Layout>
  ),
};
