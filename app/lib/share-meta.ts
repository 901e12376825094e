import type { MetaDescriptor } from "@remix-run/node";

type Shared = {
  siteUrl: string;
  path: string;
  title: string;
  description: string;
  type?: "website" | "profile";
  /** A picture of 1200 × 630 and what it says; without one, a preview has words alone. */
  image?: { path: string; alt: string };
};

/** What link previews show of a page, and its one address: OpenGraph, Twitter's words for it, the canonical link. */
export function shareMeta({
  siteUrl,
  path,
  title,
  description,
  type,
  image,
}: Shared): MetaDescriptor[] {
  const property = (name: string, content: string) => ({ property: `og:${name}`, content });
  return [
    { tagName: "link", rel: "canonical", href: `${siteUrl}${path}` },
    property("site_name", "Belay"),
    property("type", type ?? "website"),
    property("title", title),
    property("description", description),
    property("url", `${siteUrl}${path}`),
    { name: "twitter:card", content: image ? "summary_large_image" : "summary" },
    ...(image
      ? [
          property("image", `${siteUrl}${image.path}`),
          property("image:type", "image/png"),
          property("image:width", "1200"),
          property("image:height", "630"),
          property("image:alt", image.alt),
        ]
      : []),
  ];
}

type Thing = { "@type": string; [property: string]: unknown };

/** What a page is about, as schema.org has it: data, not a script. */
export const thingMeta = (thing: Thing): MetaDescriptor => ({
  "script:ld+json": { "@context": "https://schema.org", ...thing },
});

/** A page's other forms, for programs that look for them in its head. */
export const alternateMeta = (type: string, href: string, title: string): MetaDescriptor => ({
  tagName: "link",
  rel: "alternate",
  type,
  href,
  title,
});
