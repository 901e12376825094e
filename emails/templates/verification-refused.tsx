import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** A person could not be verified as an investor. */
export const verificationRefused: Template<{ name: string; reason: string; path: string }> = {
  subject: () => "You could not be verified as an investor",
  Component: ({ name, reason, path }) => (
    <Layout preview="The reason, and what you can do.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>we could not verify you as an investor. The reason: {reason}</Paragraph>
      <Paragraph>
        Your money and everything else stay as they are. You can ask again with what was missing.
      </Paragraph>
      <Action path={path}>See your verification</Action>
    </Layout>
  ),
};
