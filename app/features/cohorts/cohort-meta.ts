import type { MetaDescriptor } from "@remix-run/node";
import { shareMeta, thingMeta } from "~/lib/share-meta";

/** What a cohort's page says of itself to search engines and link previews. */
export function cohortMeta(of: {
  siteUrl: string;
  cohort: { slug: string; title: string; skill: string; runs: string };
  startsOn: string;
  endsOn: string;
  teachers: readonly { handle: string; displayName: string }[];
}): MetaDescriptor[] {
  const { siteUrl, cohort, startsOn, endsOn, teachers } = of;
  const path = `/cohorts/${cohort.slug}`;
  const title = `${cohort.title} · Belay`;
  const names = teachers.map(({ displayName }) => displayName).join(", ");
  const description = `${cohort.skill}, with ${names}. ${cohort.runs}. What is taught, when to apply, and the terms on which its teachers invest.`;
  const url = `${siteUrl}${path}`;
  return [
    { title },
    { name: "description", content: description },
    ...shareMeta({
      ...{ siteUrl, path, title, description },
      image: { path: `${path}/card.png`, alt: `${cohort.title}: when to apply, and with whom` },
    }),
    thingMeta({
      ...{ "@type": "Course", "@id": url, url, name: cohort.title, description },
      about: cohort.skill,
      provider: teachers.map(({ handle, displayName }) => ({
        ...{ "@type": "Person", name: displayName, url: `${siteUrl}/teachers/${handle}` },
      })),
      hasCourseInstance: {
        ...{ "@type": "CourseInstance", startDate: startsOn },
        endDate: endsOn,
      },
    }),
  ];
}
