import { z } from "./zod";

/** The address of a page on the web. */
export const webAddressField = z
  .string()
  .trim()
  .max(500, "This address is too long.")
  .refine(
    (url) => URL.canParse(url) && ["https:", "http:"].includes(new URL(url).protocol),
    "Enter a web address that begins with https://",
  );

/** The fields of a form for so many links, each a title and an address: `linkTitle1`, `linkUrl1`, … */
export const linkFields = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      [
        `linkTitle${index + 1}`,
        z.string().trim().max(80, "Please use at most 80 characters.").default(""),
      ],
      [`linkUrl${index + 1}`, z.union([z.literal(""), webAddressField]).default("")],
    ]).flat(),
  ) as Record<`linkTitle${number}` | `linkUrl${number}`, z.ZodType<string>>;

/** The links that those fields hold; one without a title is called by its host. */
export function linksOf(fields: object, count: number): { title: string; url: string }[] {
  const pairs = fields as Record<string, string>;
  return Array.from({ length: count }, (_, index) => ({
    title: pairs[`linkTitle${index + 1}`] ?? "",
    url: pairs[`linkUrl${index + 1}`] ?? "",
  }))
    .filter((link) => link.url !== "")
    .map(({ title, url }) => ({ title: title || new URL(url).hostname, url }));
}
