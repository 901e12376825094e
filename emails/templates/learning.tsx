import type { ReactNode } from "react";
import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** What a message about a cohort's learning space is filled with. `by` did it; `about` is what it concerns, in words. */
type Props = {
  name: string;
  by: string;
  cohort: string;
  about: string;
  body: string;
  path: string;
  stopPath: string;
};

const message = (
  subject: (props: Props) => string,
  says: (props: Props) => ReactNode,
  action: string,
): Template<Props> => ({
  subject,
  Component: (props) => (
    <Layout preview={subject(props)} stopPath={props.stopPath}>
      <Paragraph>Hello {props.name},</Paragraph>
      <Paragraph>{says(props)}</Paragraph>
      {props.body ? <Paragraph>{props.body}</Paragraph> : null}
      <Action path={props.path}>{action}</Action>
    </Layout>
  ),
});

/** A teacher told everybody in the cohort something. */
export const announcementPosted = message(
  ({ cohort, about }) => `${cohort}: ${about}`,
  ({ by, cohort }) => `${by} writes to everybody in ${cohort}:`,
  "Open the learning space",
);

/** To the teachers: a student shows an update or a piece of work. */
export const workWaits = message(
  ({ by, about }) => `${by} shows ${about}`,
  ({ by, cohort, about }) => `${by} shows ${about} in ${cohort}. It waits for feedback.`,
  "Read it and give feedback",
);

/** To the student: a teacher gave feedback. */
export const feedbackGiven = message(
  ({ by, about }) => `${by} has feedback on ${about}`,
  ({ by, about, cohort }) => `${by} has written feedback on ${about} in ${cohort}.`,
  "Read the feedback",
);

/** To the other side: an answer under feedback, or a revision that it asked for. */
export const feedbackAnswered = message(
  ({ by, about }) => `${by} has answered: ${about}`,
  ({ by, about, cohort }) => `${by} has answered to feedback on ${about} in ${cohort}.`,
  "Read the answer",
);

/** To whoever wrote the update: somebody commented under it. */
export const commentPosted = message(
  ({ by, about }) => `${by} commented on ${about}`,
  ({ by, about, cohort }) => `${by} commented on ${about} in ${cohort}:`,
  "Read the comment",
);
