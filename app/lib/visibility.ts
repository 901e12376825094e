/** Who reads a part of a profile, from everybody to few. */
export const VISIBILITIES = ["public", "signed_in", "teachers"] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** What each choice means, as the profile's form says it and as the page says what it holds back. */
export const VISIBILITY_WORDS: Record<Visibility, { choice: string; kept: string }> = {
  public: { choice: "Everybody, search engines included", kept: "" },
  signed_in: { choice: "Whoever has signed in here", kept: "whoever has signed in" },
  teachers: {
    choice: "Teachers of the cohorts that I applied to",
    kept: "teachers of the cohorts that they applied to",
  },
};

/** Whether somebody may read a part of a profile. Its owner always may. */
export function isShown(
  visibility: Visibility,
  reader: { owner: boolean; signedIn: boolean; teachesOwner: boolean },
): boolean {
  if (reader.owner || visibility === "public") return true;
  return visibility === "signed_in" ? reader.signedIn : reader.signedIn && reader.teachesOwner;
}
