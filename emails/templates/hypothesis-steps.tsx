import { Action, Layout, Paragraph } from "#emails/layout";
import type { Template } from "#emails/template";

/** To who may score it: the day has come of what a scout expected. `claims`: one a line; `about` is whom it concerns, empty for the reader. */
export const hypothesesDue: Template<{
  name: string;
  scout: string;
  about: string;
  claims: string;
  path: string;
  stopPath: string;
}> = {
  subject: ({ scout, about }) =>
    about
      ? `Did it come true what ${scout} expected of ${about}?`
      : `Did it come true what ${scout} expected of you?`,
  Component: ({ name, scout, about, claims, path, stopPath }) => (
    <Layout preview="Its day has come." stopPath={stopPath}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        when {scout} referred {about || "you"} to Belay, they wrote down what they expected, and its
        day has come:
      </Paragraph>
      {claims.split("\n").map((claim) => (
        <Paragraph key={claim}>“{claim}”</Paragraph>
      ))}
      <Paragraph>
        Please say what came of it, and what shows it. Somebody else may have done so before you.
        What you say is kept, and counts in the public record of {scout}.
      </Paragraph>
      <Action path={path}>Say what came of it</Action>
    </Layout>
  ),
};

/** To the scout: what came of something that they expected was said. */
export const hypothesisScored: Template<{
  name: string;
  about: string;
  by: string;
  claim: string;
  outcome: string;
  evidence: string;
  path: string;
  stopPath: string;
}> = {
  subject: ({ about, outcome }) => `What you expected of ${about}: ${outcome}`,
  Component: ({ name, about, by, claim, outcome, evidence, path, stopPath }) => (
    <Layout preview={`${by} has said what came of it.`} stopPath={stopPath}>
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        you wrote of {about}: “{claim}”
      </Paragraph>
      <Paragraph>
        {by} says: {outcome}. What shows it: “{evidence}”
      </Paragraph>
      <Action path={path}>See the referral</Action>
    </Layout>
  ),
};
