import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { PageHead, Section } from "~/components/ui/page";
import { getLinesPage } from "~/features/records/lines-page.server";
import { LinesTable, PositionsTable } from "~/features/records/lines-tables";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: data
      ? `${data.figure.name} of ${data.person.displayName}, line by line · Belay`
      : "Not found · Belay",
  },
  { name: "robots", content: "noindex" },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams;
  const page = await getLinesPage(params.handle, search, getClock().now());
  if (!page) throw new Response("Not found", { status: 404 });
  return page;
}

export default function FigureLinesPage() {
  const { person, figure, part, net, value, sum, asOf, valued } = useLoaderData<typeof loader>();
  const scope = [part, net ? "net" : ""].filter(Boolean).join(", ");
  const trail = [
    { to: "/teachers", name: "Teachers" },
    { to: `/teachers/${person.handle}`, name: person.displayName },
  ];
  return (
    <>
      <PageHead title={`${figure.name}: ${value}`} trail={trail} over={scope || undefined}>
        {figure.how}
      </PageHead>
      {sum ? (
        <p className="text-lg tabular-nums [overflow-wrap:anywhere]" data-testid="sum">
          {sum}
        </p>
      ) : null}
      <NotCounted />
      <p className="mt-4 max-w-[68ch] text-sm text-ink-soft">
        As of {valued}. Each entry leads to the public log
        {asOf ? (
          <>
            {" "}
            (<Link to="/log">tree of {asOf.size} leaves</Link>, signed {asOf.text}, {asOf.signed}{" "}
            UTC)
          </>
        ) : null}
        : the entry as it was hashed, with what opens it.
      </p>
      <Lists />
      <Pages />
    </>
  );
}

function Lists() {
  const { lists, positions, positionCount, net } = useLoaderData<typeof loader>();
  return (
    <>
      {lists.map((list) => (
        <Section key={list.name} title={`${list.name}: ${list.sum}`}>
          <LinesTable list={list} net={net} />
        </Section>
      ))}
      {positionCount > 0 ? (
        <Section title={`${positionCount} ${positionCount === 1 ? "student" : "students"}`}>
          <PositionsTable positions={positions} />
        </Section>
      ) : null}
    </>
  );
}

function NotCounted() {
  const { notCounted } = useLoaderData<typeof loader>();
  if (notCounted.length === 0) return null;
  return (
    <p className="mt-2 max-w-[68ch]">
      Not counted here:{" "}
      {notCounted.map(({ name, text, to }, i) => (
        <span key={name}>
          {i > 0 ? ", " : ""}
          <Link to={to}>{text}</Link> of {name.toLowerCase()}
        </span>
      ))}
      .
    </p>
  );
}

function Pages() {
  const { pages } = useLoaderData<typeof loader>();
  if (pages.last === 1) return null;
  const link = "inline-flex min-h-11 items-center";
  return (
    <nav aria-label="Pages: lines" className="mt-6 flex gap-6 border-t border-rule print:hidden">
      {pages.before ? (
        <Link to={pages.before} rel="prev" className={link}>
          Earlier lines
        </Link>
      ) : null}
      <span className={`${link} text-ink-soft`}>
        Page {pages.page} of {pages.last}
      </span>
      {pages.next ? (
        <Link to={pages.next} rel="next" className={link}>
          More lines
        </Link>
      ) : null}
    </nav>
  );
}
