import type { ReactNode } from "react";
import { Action, Anchor, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

type Told = { name: string; resetPath: string };

/** A message about something that changed in an account, and what to do where the reader did not change it. */
function Changed(props: Told & { preview: string; children: ReactNode }) {
  return (
    <Layout preview={props.preview}>
      <Paragraph>Hello {props.name},</Paragraph>
      <Paragraph>{props.children}</Paragraph>
      <Paragraph>
        If it was not you, <Anchor path={props.resetPath}>set a new password</Anchor> at once and
        answer this message.
      </Paragraph>
    </Layout>
  );
}

/** To a person who changed their password while signed in. */
export const passwordReplaced: Template<Told> = {
  subject: () => "Your password was changed",
  Component: (props) => (
    <Changed {...props} preview="You were signed out in all other browsers.">
      the password of your account was changed by somebody who was signed in to it. All other
      browsers were signed out.
    </Changed>
  ),
};

/** To the new address: the link that makes the change. */
export const confirmNewAddress: Template<{ name: string; path: string }> = {
  subject: () => "Confirm your new e-mail address",
  Component: ({ name, path }) => (
    <Layout preview="The link works for a day.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        you asked that your account on Belay use this address. Open the link in the browser where
        you are signed in. It works for a day.
      </Paragraph>
      <Action path={path}>Use this address</Action>
      <Paragraph>If you did not ask for it, do nothing: nothing has changed.</Paragraph>
    </Layout>
  ),
};

/** To the present address, when another is asked for. */
export const addressChangeAsked: Template<Told & { newAddress: string }> = {
  subject: () => "Another e-mail address was asked for",
  Component: (props) => (
    <Changed {...props} preview="Nothing has changed yet.">
      somebody who was signed in to your account asked that it use {props.newAddress} from now on.
      Nothing changes until the link that we sent there is opened.
    </Changed>
  ),
};

/** To the old address, once the account uses another. */
export const addressChanged: Template<{ name: string; newAddress: string; heldUntil: string }> = {
  subject: () => "Your account uses another e-mail address now",
  Component: ({ name, newAddress, heldUntil }) => (
    <Layout preview="No money can be taken out for 72 hours.">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        your account on Belay uses {newAddress} from now on, and no longer this address. So that
        nobody can rob you by it, no money can be taken out of the account until {heldUntil}.
      </Paragraph>
      <Paragraph>
        If it was not you, answer this message at once: we hold the account until it is clear whose
        it is.
      </Paragraph>
    </Layout>
  ),
};

/** To a person who turned their second step on. */
export const secondStepOn: Template<Told> = {
  subject: () => "Signing in now asks for a code",
  Component: (props) => (
    <Changed {...props} preview="Keep your recovery codes where you find them.">
      from now on, signing in to your account asks for a code of your authenticator after the
      password. All other browsers were signed out. Keep the recovery codes that you were shown:
      each of them stands for one code if you lose the authenticator.
    </Changed>
  ),
};

/** To a person who turned their second step off. */
export const secondStepOff: Template<Told> = {
  subject: () => "Signing in no longer asks for a code",
  Component: (props) => (
    <Changed {...props} preview="The password alone opens your account.">
      the second step was turned off: from now on the password alone opens your account. The
      recovery codes no longer work.
    </Changed>
  ),
};

/** To a person whose second step was turned off by whoever runs the site, because the authenticator was lost. */
export const secondStepReset: Template<Told> = {
  subject: () => "Your second step was reset",
  Component: (props) => (
    <Changed {...props} preview="You are signed out everywhere.">
      the second step of your account was turned off by those who run Belay, since its authenticator
      was said to be lost. You are signed out everywhere, and the recovery codes no longer work.
      Until you set up a new second step under Account, the password alone opens your account.
    </Changed>
  ),
};

/** To a person who made new recovery codes. */
export const recoveryCodesRenewed: Template<Told> = {
  subject: () => "You have new recovery codes",
  Component: (props) => (
    <Changed {...props} preview="The earlier ones no longer work.">
      new recovery codes were made for your account. The earlier ones no longer work.
    </Changed>
  ),
};

/** To a person whose recovery code was used. */
export const recoveryCodeUsed: Template<Told & { left: string }> = {
  subject: () => "A recovery code was used",
  Component: (props) => (
    <Changed {...props} preview={`${props.left} are left.`}>
      one of your recovery codes was used in the place of a code of your authenticator. {props.left}{" "}
      are left.
    </Changed>
  ),
};
