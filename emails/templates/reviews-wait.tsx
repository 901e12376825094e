import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** To a reviewer who has applications left to score. */
export const reviewsWait: Template<{ name: string; cohort: string; count: string; path: string }> =
  {
    subject: ({ cohort, count }) =>
      `${count} ${count === "1" ? "application waits" : "applications wait"} for your review in ${cohort}`,
    Component: ({ name, cohort, count, path }) => (
      <Layout preview="Nobody sees scores before their own.">
        <Paragraph>Hello {name},</Paragraph>
        <Paragraph>
          {count === "1" ? "One application" : `${count} applications`} to {cohort}{" "}
          {count === "1" ? "waits" : "wait"} for your review. If you are too close to somebody to
          judge them, say so on their page: it then goes to another reviewer.
        </Paragraph>
        <Action path={path}>See them</Action>
      </Layout>
    ),
  };
