import { Form, Link } from "@remix-run/react";
import { Button } from "~/components/ui/form";

/** Keeps a cohort in view, or no longer. `saved` null: a visitor, who signs in first. */
export function SaveForm({ slug, saved }: { slug: string; saved: boolean | null }) {
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
    <Form method="post" action={`/cohorts/${slug}`} className="flex flex-wrap items-center gap-x-4">
      <Button kind="plain" name="intent" value={saved ? "unsave" : "save"}>
        {saved ? "Take it out of what you saved" : "Save this cohort"}
      </Button>
      {saved ? (
        <Link to="/saved" className="inline-flex min-h-11 items-center">
          All that you saved
        </Link>
      ) : null}
    </Form>
  );
}
