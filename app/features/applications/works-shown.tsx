import { FileLink } from "./answers";
import type { Work } from "./works-queries.server";

/** Works of a person's collection: what each is, with its link and its file. */
export function WorksShown({ works }: { works: readonly Work[] }) {
  return (
    <ul className="max-w-[68ch]">
      {works.map(({ id, title, description, url, file }) => (
        <li key={id} className="border-t border-rule py-4">
          <h3 className="text-base [overflow-wrap:anywhere]">{title}</h3>
          {description ? (
            <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{description}</p>
          ) : null}
          {url ? (
            <p>
              <a
                href={url}
                rel="nofollow noopener ugc"
                target="_blank"
                className="[overflow-wrap:anywhere]"
              >
                {url}
              </a>
            </p>
          ) : null}
          {file ? (
            <p>
              <FileLink file={file} />
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
