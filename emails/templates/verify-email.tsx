import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** To a new address: opening the link shows that it belongs to the person. */
export const verifyEmail: Template<{ name: string; path: string }> = {
  subject: () => "Confirm your e-mail address",
  Component: ({ name, path }) => (
    <Layout preview="One link, and your account can be used.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        please confirm that this is your address. Until then you can look around, but not apply,
        offer or sign.
      </Paragraph>
      <Action path={path}>Confirm this address</Action>
      <Paragraph>
        If you did not open an account on Belay, do nothing: without this link nobody can use your
        address.
      </Paragraph>
    </Layout>
  ),
};
