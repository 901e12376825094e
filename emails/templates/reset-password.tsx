import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** To a person who says they forgot their password. */
export const resetPassword: Template<{ name: string; path: string }> = {
  subject: () => "Set a new password",
  Component: ({ name, path }) => (
    <Layout preview="The link works once, for an hour.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        with this link you can set a new password. It works once, for an hour, and signs you out
        everywhere else.
      </Paragraph>
      <Action path={path}>Set a new password</Action>
      <Paragraph>If you did not ask for it, do nothing: your password stays as it is.</Paragraph>
    </Layout>
  ),
};
