import { Markdown } from "~/components/ui/markdown";

export type ShownProfile = {
  headline: string;
  workHtml: string;
  planHtml: string;
  links: readonly { title: string; url: string }[];
};

/** An applicant's profile as a reviewer reads it. */
export function ProfileShown({ profile }: { profile: ShownProfile | null }) {
  if (
    !profile ||
    !(profile.headline || profile.workHtml || profile.planHtml || profile.links.length > 0)
  ) {
    return (
      <p className="text-ink-soft">
        This person has not written a profile. One is not needed to apply.
      </p>
    );
  }
  return (
    <>
      {profile.headline ? (
        <p className="max-w-[68ch] text-lg [overflow-wrap:anywhere]">{profile.headline}</p>
      ) : null}
      {profile.workHtml ? (
        <>
          <h3 className="mt-6 mb-2">Work</h3>
          <Markdown html={profile.workHtml} />
        </>
      ) : null}
      {profile.links.length > 0 ? (
        <ul className="mt-4 list-disc pl-5">
          {profile.links.map((link) => (
            <li key={link.url}>
              <a href={link.url} rel="nofollow noopener" className="[overflow-wrap:anywhere]">
                {link.title || link.url}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {profile.planHtml ? (
        <>
          <h3 className="mt-6 mb-2">What they would try if money were no matter</h3>
          <Markdown html={profile.planHtml} />
        </>
      ) : null}
    </>
  );
}
