import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** To somebody who is asked to teach a cohort together with others. */
export const coTeacherInvited: Template<{ teacher: string; cohort: string; path: string }> = {
  subject: ({ teacher, cohort }) => `${teacher} asks you to teach ${cohort} together`,
  Component: ({ teacher, cohort, path }) => (
    <Layout preview="You can accept or decline.">
      <Paragraph>Hello,</Paragraph>
      <Paragraph>
        {teacher} asks you to teach the cohort {cohort} on Belay together. Its teachers read, score
        and decide applications, and may put their own money into offers. Sign in, or open an
        account, with the address that this message came to.
      </Paragraph>
      <Action path={path}>See the invitation</Action>
    </Layout>
  ),
};

/** To the one who invited: the answer. */
export const coTeacherAnswered: Template<{
  name: string;
  other: string;
  cohort: string;
  answer: string;
  path: string;
}> = {
  subject: ({ other, answer, cohort }) => `${other} has ${answer} to teach ${cohort} with you`,
  Component: ({ name, other, cohort, answer, path }) => (
    <Layout preview={`${other} has ${answer}.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {other} has {answer} to teach {cohort} with you.
      </Paragraph>
      <Action path={path}>See the cohort</Action>
    </Layout>
  ),
};
