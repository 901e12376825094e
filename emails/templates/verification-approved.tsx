import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** A person is now a verified investor. */
export const verificationApproved: Template<{ name: string; until: string; path: string }> = {
  subject: () => "You are verified as an investor",
  Component: ({ name, until, path }) => (
    <Layout preview={`You can make offers until ${until}.`}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        you are verified as an investor until {until}. Until then you can make offers from your
        balance.
      </Paragraph>
      <Action path={path}>See your verification</Action>
    </Layout>
  ),
};
