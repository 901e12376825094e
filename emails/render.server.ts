import { render } from "@react-email/render";
import { createElement, type FunctionComponent } from "react";
import { getEnv } from "~/env.server";
import type { Template } from "./template";
import { type TemplateName, templates } from "./templates/index";

export type RenderedMail = { subject: string; html: string; text: string };

/** Whether a template of that name exists in this build. */
export function isTemplate(name: string): name is TemplateName {
  return Object.hasOwn(templates, name);
}

/**
 * Renders a message as HTML and as text, the same each time for the same props. Paths (props named `path` or ending in
 * `Path`) become addresses under APP_URL, whatever the props say of hosts. Throws for an unknown template or a foreign path.
 */
export async function renderMail(
  name: string,
  props: Record<string, string>,
): Promise<RenderedMail> {
  if (!isTemplate(name)) throw new Error(`there is no mail template ${name}`);
  const template: Template<Record<string, string>> = templates[name] as never;
  const full = withAddresses(props);
  const element = createElement(
    template.Component as FunctionComponent<Record<string, string>>,
    full,
  );
  const html = await render(element);
  const text = await render(element, { plainText: true });
  return { subject: oneLine(template.subject(full)), html, text };
}

const isPath = (key: string): boolean => key === "path" || key.endsWith("Path");

function withAddresses(props: Record<string, string>): Record<string, string> {
  const { appUrl } = getEnv();
  return Object.fromEntries(
    Object.entries(props).map(([key, value]) => {
      if (!isPath(key)) return [key, value];
      if (!/^\/(?![/\\])/.test(value))
        throw new Error(`the mail prop ${key} is not a path of this site`);
      return [key, `${appUrl}${value}`];
    }),
  );
}

/** Subjects are a header: what people typed must not add lines to it. */
const oneLine = (subject: string): string => subject.replace(/\s+/g, " ").trim().slice(0, 200);
