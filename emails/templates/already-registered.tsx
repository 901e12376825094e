import { Action, Anchor, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** To a known address with which somebody tried to sign up. */
export const alreadyRegistered: Template<{ name: string; signInPath: string; resetPath: string }> =
  {
    subject: () => "You already have an account",
    Component: ({ name, signInPath, resetPath }) => (
      <Layout preview="Sign in with this address instead.">
        <Paragraph>Hello {name},</Paragraph>
        <Paragraph>
          somebody, probably you, tried to open an account with this address. You already have one:
          please sign in.
        </Paragraph>
        <Action path={signInPath}>Sign in</Action>
        <Paragraph>
          If you no longer know your password, <Anchor path={resetPath}>set a new one</Anchor>. If
          it was not you, do nothing: nothing has changed.
        </Paragraph>
      </Layout>
    ),
  };
