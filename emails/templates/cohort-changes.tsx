import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** To applicants and those with a place: the schedule of a cohort has changed. */
export const cohortRescheduled: Template<{
  name: string;
  cohort: string;
  closes: string;
  decisions: string;
  starts: string;
  ends: string;
  path: string;
}> = {
  subject: ({ cohort }) => `The dates of ${cohort} have changed`,
  Component: ({ name, cohort, closes, decisions, starts, ends, path }) => (
    <Layout preview={`Applications close ${closes}.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>The dates of {cohort} have changed. From now on:</Paragraph>
      <Paragraph>Applications close: {closes}</Paragraph>
      <Paragraph>You hear by: {decisions}</Paragraph>
      <Paragraph>It begins: {starts}</Paragraph>
      <Paragraph>It ends: {ends}</Paragraph>
      <Action path={path}>See the cohort</Action>
    </Layout>
  ),
};

/** To everybody concerned: a cohort is cancelled. */
export const cohortCancelled: Template<{
  name: string;
  cohort: string;
  teacher: string;
  reason: string;
  path: string;
}> = {
  subject: ({ cohort }) => `${cohort} is cancelled`,
  Component: ({ name, cohort, teacher, reason, path }) => (
    <Layout preview={`${cohort} does not take place.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {cohort} does not take place: {teacher} has cancelled it, for this reason:
      </Paragraph>
      <Paragraph>{reason}</Paragraph>
      <Paragraph>There is nothing that you have to do. What you wrote stays yours.</Paragraph>
      <Action path={path}>See the cohort</Action>
    </Layout>
  ),
};

/** To whoever has begun or sent an application: the cohort asks something else. */
export const questionsChanged: Template<{
  name: string;
  cohort: string;
  submitted: string;
  path: string;
}> = {
  subject: ({ cohort }) => `${cohort} asks something else`,
  Component: ({ name, cohort, submitted, path }) => (
    <Layout preview="The questions have changed.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>The questions of {cohort} have changed since you last wrote.</Paragraph>
      <Paragraph>
        {submitted === "yes"
          ? "What you submitted stays valid. Until the deadline you can answer the new questions and submit again."
          : "Your draft is kept. Look through the questions before you submit."}
      </Paragraph>
      <Action path={path}>See the questions</Action>
    </Layout>
  ),
};

/** To a partner: their role or part has changed, or their work on a cohort has ended. */
export const partnerChanged: Template<{
  name: string;
  lead: string;
  cohort: string;
  said: string;
  path: string;
}> = {
  subject: ({ cohort }) => `What you do in ${cohort} has changed`,
  Component: ({ name, lead, cohort, said, path }) => (
    <Layout preview={said}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {lead} has changed what you do in {cohort}. {said}
      </Paragraph>
      <Action path={path}>See your cohorts</Action>
    </Layout>
  ),
};

/** To the leads of a cohort: another one's lead asks that both share one peer space. */
export const sisterAsked: Template<{
  name: string;
  by: string;
  cohort: string;
  other: string;
  path: string;
}> = {
  subject: ({ cohort, other }) => `${other} asks to be a sister cohort of ${cohort}`,
  Component: ({ name, by, cohort, other, path }) => (
    <Layout preview="Its students and yours would see each other's updates and work.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {by} asks that {other} and {cohort} share one peer space: the students of both would see
        each other’s updates and work. Applications, decisions and money stay apart.
      </Paragraph>
      <Action path={path}>Answer</Action>
    </Layout>
  ),
};

/** To those who asked, or shared: what became of a shared peer space, in a sentence. */
export const sisterAnswered: Template<{
  name: string;
  cohort: string;
  said: string;
  path: string;
}> = {
  subject: ({ said }) => said.replace(/\.$/, ""),
  Component: ({ name, cohort, said, path }) => (
    <Layout preview={said}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>{said}</Paragraph>
      <Action path={path}>See the sister cohorts of {cohort}</Action>
    </Layout>
  ),
};
