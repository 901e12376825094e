import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

type Props = { name: string; teacher: string; cohort: string; message: string; path: string };

/** To an applicant who has a place. */
export const applicationAdmitted: Template<Props> = {
  subject: ({ cohort }) => `You have a place in ${cohort}`,
  Component: ({ name, teacher, cohort, message, path }) => (
    <Layout preview={`${teacher} has admitted you.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {teacher} has admitted you to {cohort}. Your place, the feedback and the certificate do not
        depend on selling shares of your token.
      </Paragraph>
      {message ? <Paragraph>{message}</Paragraph> : null}
      <Action path={path}>See your application</Action>
    </Layout>
  ),
};

/** To an applicant who has no place. */
export const applicationDeclined: Template<Props> = {
  subject: ({ cohort }) => `Your application to ${cohort}`,
  Component: ({ name, teacher, cohort, message, path }) => (
    <Layout preview="A decision about your application.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {teacher} has decided not to offer you a place in {cohort} this time.
      </Paragraph>
      {message ? <Paragraph>{message}</Paragraph> : null}
      <Action path={path}>See your application</Action>
    </Layout>
  ),
};
