import type { ReactElement } from "react";

/**
 * A message: its subject and its body from the same texts. Props named `path`, or ending in `Path`, hold a path of this
 * site when the message is enqueued and its full address when it is rendered.
 */
export type Template<P extends Record<string, string>> = {
  subject(props: P): string;
  Component(props: P): ReactElement;
};
