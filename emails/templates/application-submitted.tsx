import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

type Props = {
  name: string;
  cohort: string;
  path: string;
  /** The questions with the answers, as plain text. Absent from messages that were written before there was a copy. */
  copy: string;
};

function Copy({ copy }: { copy: string | undefined }) {
  if (!copy) return null;
  return (
    <>
      <Paragraph>A copy of your answers:</Paragraph>
      {copy.split("\n").map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text that never changes
        <Paragraph key={index}>{line}</Paragraph>
      ))}
    </>
  );
}

/** To the applicant: the application has arrived, with a copy of it. */
export const applicationSubmitted: Template<Props> = {
  subject: ({ cohort }) => `Your application to ${cohort} has arrived`,
  Component: ({ name, cohort, path, copy }) => (
    <Layout preview="You can change it until the deadline.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        your application to {cohort} has arrived. You can change it or take it back until the
        deadline. You get a message when it is decided.
      </Paragraph>
      <Action path={path}>See your application</Action>
      <Copy copy={copy} />
    </Layout>
  ),
};

/** To the applicant: what was submitted before has changed, with a copy of it as it is now. */
export const applicationChanged: Template<Props> = {
  subject: ({ cohort }) => `Your application to ${cohort} has changed`,
  Component: ({ name, cohort, path, copy }) => (
    <Layout preview="These answers are read now.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        you have changed your application to {cohort}. It is read as it stands below. You can change
        it again until the deadline.
      </Paragraph>
      <Action path={path}>See your application</Action>
      <Copy copy={copy} />
    </Layout>
  ),
};
