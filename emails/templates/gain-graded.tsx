import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** To a token's owner, when an operator has judged the evidence of a gain. */
export const gainGraded: Template<{ name: string; grade: string; reason: string; path: string }> = {
  subject: ({ grade }) => `The evidence of your gain is now graded: ${grade}`,
  Component: ({ name, grade, reason, path }) => (
    <Layout preview="The grade stands beside the gain wherever it is shown.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        an operator looked at the evidence of a gain that you declared. Its grade is now: {grade}.
        The reason: {reason}
      </Paragraph>
      <Paragraph>
        The grade stands beside the gain wherever it is shown. The reason does not.
      </Paragraph>
      <Action path={path}>See the gain</Action>
    </Layout>
  ),
};
