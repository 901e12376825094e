import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** To somebody who is asked to teach a cohort together with others. */
export const coTeacherInvited: Template<{
  teacher: string;
  cohort: string;
  role: string;
  may: string;
  path: string;
}> = {
  subject: ({ teacher, cohort }) => `${teacher} asks you to work on ${cohort} together`,
  Component: ({ teacher, cohort, role, may, path }) => (
    <Layout preview="You can accept or decline.">
      <Paragraph>Hello,</Paragraph>
      <Paragraph>
        {teacher} asks you to work on the cohort {cohort} on Belay, as {role}: {may}. Sign in, or
        open an account, with the address that this message came to.
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
  subject: ({ other, answer, cohort }) => `${other} has ${answer} to work on ${cohort} with you`,
  Component: ({ name, other, cohort, answer, path }) => (
    <Layout preview={`${other} has ${answer}.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {other} has {answer} to work on {cohort} with you.
      </Paragraph>
      <Action path={path}>See the cohort</Action>
    </Layout>
  ),
};
