import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Empty, PageHead, Section, Table } from "~/components/ui/page";
import { findDevMail, hasDevMailbox, listDevMail } from "~/features/notices/queries.server";
import { formatInstant } from "~/lib/dates";

export const meta: MetaFunction = () => [
  { title: "Mailbox · Belay" },
  { name: "robots", content: "noindex" },
];
export const headers: HeadersFunction = () => ({
  "X-Robots-Tag": "noindex",
  "Cache-Control": "no-store",
});

export async function loader({ request }: LoaderFunctionArgs) {
  if (!hasDevMailbox()) throw new Response("Not found", { status: 404 });
  const asked = new URL(request.url).searchParams.get("message");
  if (asked !== null) {
    const mail = await findDevMail(asked);
    if (!mail) throw new Response("Not found", { status: 404 });
    return { mail: { ...mail, sentAt: formatInstant(mail.sentAt, "UTC") }, list: [] };
  }
  const list = await listDevMail();
  return {
    mail: null,
    list: list.map((row) => ({ ...row, sentAt: formatInstant(row.sentAt, "UTC") })),
  };
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;
type Mail = NonNullable<Loaded["mail"]>;
type Line = { id: string; toEmail: string; subject: string; sentAt: string };

export default function DevMail() {
  const { mail, list } = useLoaderData<typeof loader>();
  return mail ? <Message mail={mail} /> : <Mailbox list={list as Line[]} />;
}

function Mailbox({ list }: { list: Line[] }) {
  return (
    <>
      <PageHead title="Mailbox">
        Without a database of its own, Belay sends no mail. What it would have sent is here, for
        everyone, newest first.
      </PageHead>
      {list.length === 0 ? (
        <Empty>
          Nothing yet. Sign up, and the message that confirms your address appears here within
          seconds.
        </Empty>
      ) : (
        <Table
          caption="Messages"
          columns={[{ name: "Subject" }, { name: "To" }, { name: "Sent" }]}
          rows={list.map((row) => ({
            key: row.id,
            cells: [
              <Link key="subject" to={`?message=${row.id}`}>
                {row.subject}
              </Link>,
              row.toEmail,
              row.sentAt,
            ],
          }))}
        />
      )}
    </>
  );
}

function Message({ mail }: { mail: Mail }) {
  return (
    <>
      <PageHead title={mail.subject} trail={[{ to: "/dev/mail", name: "All messages" }]}>
        To {mail.toEmail}, {mail.sentAt}
      </PageHead>
      <article
        className="max-w-[68ch] whitespace-pre-wrap border-l-2 border-rule pl-4 [overflow-wrap:anywhere]"
        aria-label="Message"
      >
        {mail.pieces.map((piece, index) =>
          piece.path ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a message never move
            <a key={index} href={piece.path}>
              {piece.text}
            </a>
          ) : (
            piece.text
          ),
        )}
      </article>
      <Section title="HTML part">
        <details>
          <summary>Show the source</summary>
          <pre className="mt-4 overflow-x-auto text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
            {mail.html}
          </pre>
        </details>
      </Section>
    </>
  );
}
