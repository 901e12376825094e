import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

type Props = {
  name: string;
  teacher: string;
  cohort: string;
  message: string;
  /** An instant in words; empty where there is none. */
  confirmBy: string;
  path: string;
};

/** What a teacher wrote, paragraph by paragraph. */
const Said = ({ message }: { message: string }) =>
  message
    .split(/\n{2,}/)
    .filter(Boolean)
    // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs may be equal, and none ever moves.
    .map((part, at) => <Paragraph key={at}>{part}</Paragraph>);

/** To an applicant who has a place. */
export const applicationAdmitted: Template<Props> = {
  subject: ({ cohort }) => `You have a place in ${cohort}`,
  Component: ({ name, teacher, cohort, message, confirmBy, path }) => (
    <Layout preview={`${teacher} has admitted you.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {teacher} has admitted you to {cohort}. Your place, the feedback and the certificate do not
        depend on selling shares of your token.
      </Paragraph>
      {confirmBy ? (
        <Paragraph>
          Confirm your place by {confirmBy}. After that it goes to the next on the waitlist.
        </Paragraph>
      ) : null}
      <Said message={message} />
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
      <Said message={message} />
      <Action path={path}>See your application</Action>
    </Layout>
  ),
};

/** To an applicant who waits for a place. */
export const applicationWaitlisted: Template<Props> = {
  subject: ({ cohort }) => `You are on the waitlist of ${cohort}`,
  Component: ({ name, teacher, cohort, message, path }) => (
    <Layout preview="A place that comes free goes to the first on the list.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {teacher} has put your application to {cohort} on the waitlist.
      </Paragraph>
      <Said message={message} />
      <Action path={path}>See your application</Action>
    </Layout>
  ),
};

/** To an applicant who may change the application and submit it again. */
export const applicationToRevise: Template<Props> = {
  subject: ({ cohort }) => `Revise your application to ${cohort}`,
  Component: ({ name, teacher, cohort, message, path }) => (
    <Layout preview="You can change it and submit it again.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {teacher} asks you to revise your application to {cohort}.
      </Paragraph>
      <Said message={message} />
      <Action path={path}>See your application</Action>
    </Layout>
  ),
};

/** To an applicant whose application is kept for another cohort. */
export const applicationDeferred: Template<Props> = {
  subject: ({ cohort }) => `Your application to ${cohort} is kept`,
  Component: ({ name, teacher, cohort, message, path }) => (
    <Layout preview="It is kept for another cohort.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        {teacher} has no place for you in {cohort}, and keeps your application for another cohort.
      </Paragraph>
      <Said message={message} />
      <Action path={path}>See your application</Action>
    </Layout>
  ),
};

/** To somebody who has a place and has not confirmed it yet. `utc` is `by` in UTC, empty where that is the same. */
export const placeToConfirm: Template<{
  name: string;
  cohort: string;
  by: string;
  utc: string;
  path: string;
}> = {
  subject: ({ cohort, by }) => `Confirm your place in ${cohort} by ${by}`,
  Component: ({ name, cohort, by, utc, path }) => (
    <Layout preview="After that it goes to the next on the waitlist.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        you have a place in {cohort} and have not confirmed it yet. You can until {by}
        {utc ? ` (${utc})` : ""}. After that it goes to the next on the waitlist.
      </Paragraph>
      <Paragraph>
        If you do not want it, decline it, and somebody who waits gets it at once.
      </Paragraph>
      <Action path={path}>Answer</Action>
    </Layout>
  ),
};

/** To somebody who did not confirm a place in time. */
export const placeLapsed: Template<{ name: string; cohort: string; path: string }> = {
  subject: ({ cohort }) => `Your place in ${cohort} has lapsed`,
  Component: ({ name, cohort, path }) => (
    <Layout preview="It was not confirmed in time.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        You did not confirm your place in {cohort} in time, so it goes to the next on the waitlist.
        You can apply to another cohort at any time.
      </Paragraph>
      <Action path={path}>See your application</Action>
    </Layout>
  ),
};
