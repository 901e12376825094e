import { Link } from "@remix-run/react";
import { PageHead } from "~/components/ui/page";
import { SearchForm } from "./search-form";

type Said = { title: string; text: string };

const BY_STATUS: Record<number, Said> = {
  400: {
    title: "This could not be read",
    text: "Something in the address or the form is not as it should be. Go back and try once more.",
  },
  403: {
    title: "This was not accepted",
    text: "It was not sent from a page of this site, or is not yours to do. Nothing was changed.",
  },
  404: {
    title: "There is nothing here",
    text: "The address may be mistyped, or the page is for other eyes than yours. Search for it, or go on from one of these places.",
  },
  413: {
    title: "This is too large",
    text: "What you sent is larger than we can take. Nothing was changed.",
  },
  429: { title: "Too many tries", text: "Please wait a few minutes, then try again." },
};
const OURS: Said = {
  title: "Something broke on our side",
  text: "It is not your doing. What you were about to do was either done wholly or not at all: look before you do it again.",
};

/** What an error says: what is wrong, then what to do. */
export function saidOf(status: number): Said {
  return BY_STATUS[status] ?? (status >= 400 && status < 500 ? (BY_STATUS[400] ?? OURS) : OURS);
}

/** The page that stands for one that cannot be shown: what is wrong, and where to go on. */
export function ErrorPage({ status, signedIn }: { status: number; signedIn: boolean }) {
  const { title, text } = saidOf(status);
  return (
    <>
      <PageHead title={title}>
        <p>{text}</p>
      </PageHead>
      {status === 404 ? (
        <div className="mb-8 max-w-xl">
          <SearchForm place="page" />
        </div>
      ) : null}
      <ul className="flex max-w-[68ch] flex-wrap gap-x-6 gap-y-2">
        {[
          signedIn ? { to: "/home", name: "Your home" } : { to: "/sign-in", name: "Sign in" },
          ...WAYS_ON,
        ].map((way) => (
          <li key={way.to}>
            <Link to={way.to} className="inline-flex min-h-8 items-center">
              {way.name}
            </Link>
          </li>
        ))}
      </ul>
      <p className="mt-12 text-sm text-ink-soft">Status {status}</p>
    </>
  );
}

const WAYS_ON = [
  { to: "/", name: "The first page" },
  { to: "/cohorts", name: "All cohorts" },
  { to: "/teachers", name: "All teachers" },
];
