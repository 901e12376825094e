import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** To the owner: the token agreement is signed. */
export const tokenMinted: Template<{ name: string; version: string; path: string }> = {
  subject: () => "You have signed the token agreement",
  Component: ({ name, version, path }) => (
    <Layout preview="All 10,000,000 shares are yours.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        you have signed the token agreement ({version}). Your token has 10,000,000 shares, and all
        of them are yours until you sign an offer. If it was not you, tell us at once.
      </Paragraph>
      <Action path={path}>See your token</Action>
    </Layout>
  ),
};
