import { Form, Link } from "@remix-run/react";
import { Button } from "~/components/ui/form";

/**
 * Keeps a cohort in view, or no longer. `saved` null: a visitor, who signs in first. `listed`: its title, where it stands in the list
 * of what one saved; that list then answers.
 */
export function SaveForm(props: { slug: string; saved: boolean | null; listed?: string }) {
  const { slug, saved, listed } = props;
  if (saved === null)
    return (
      <Link
        to={`/sign-in?next=${encodeURIComponent(`/cohorts/${slug}`)}`}
        className="inline-flex min-h-11 items-center"
      >
        Sign in to save it
      </Link>
    );
  return (
    <Form
      method="post"
      action={listed ? "/saved" : `/cohorts/${slug}`}
      className="flex flex-wrap items-center gap-x-4 print:hidden"
    >
      {listed ? <input type="hidden" name="slug" value={slug} /> : null}
      <Button kind="plain" name="intent" value={saved ? "unsave" : "save"}>
        {saved ? "Take it out of what you saved" : listed ? "Save it again" : "Save this cohort"}
        {listed ? <span className="sr-only">: {listed}</span> : null}
      </Button>
      {saved && !listed ? (
        <Link to="/saved" className="inline-flex min-h-11 items-center">
          All that you saved
        </Link>
      ) : null}
    </Form>
  );
}
