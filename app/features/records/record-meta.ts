import type { MetaDescriptor } from "@remix-run/node";
import { alternateMeta, shareMeta, thingMeta } from "~/lib/share-meta";
import type { Headline } from "./headline.server";

/** What a record's page says of itself to search engines, link previews and feed readers. `sentence`: the headline as one. */
export function recordMeta(of: {
  siteUrl: string;
  headline: Headline;
  sentence: string;
}): MetaDescriptor[] {
  const { siteUrl, sentence } = of;
  const { handle, name, about } = of.headline;
  const path = `/teachers/${handle}`;
  const page = `${siteUrl}${path}`;
  const title = `${name}: record · Belay`;
  return [
    { title },
    { name: "description", content: sentence },
    ...shareMeta({
      ...{ siteUrl, path, title, description: sentence, type: "profile" },
      image: { path: `${path}/card.png`, alt: sentence },
    }),
    alternateMeta("application/atom+xml", `${page}/feed.atom`, `${name}: events of the record`),
    alternateMeta(
      "application/json+oembed",
      `${siteUrl}/oembed?url=${encodeURIComponent(page)}`,
      title,
    ),
    thingMeta({
      "@type": "ProfilePage",
      url: page,
      mainEntity: {
        ...{ "@type": "Person", "@id": page, name, url: page, identifier: handle },
        ...(about === "" ? {} : { description: about }),
        jobTitle: "Teacher",
      },
    }),
  ];
}
