import { Anchor, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** To a person whose password was just set by a mailed link. */
export const passwordChanged: Template<{ name: string; resetPath: string }> = {
  subject: () => "Your password was changed",
  Component: ({ name, resetPath }) => (
    <Layout preview="You were signed out everywhere.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        a new password was set for your account, with a link that we mailed to this address. You
        were signed out everywhere.
      </Paragraph>
      <Paragraph>
        If it was not you, somebody reads your mail: secure your mailbox, then{" "}
        <Anchor path={resetPath}>set another password</Anchor>.
      </Paragraph>
    </Layout>
  ),
};
