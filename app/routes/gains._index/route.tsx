import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { requirePerson } from "~/auth/session.server";
import { GradeBadge } from "~/components/ui/grade-badge";
import { Day, Money } from "~/components/ui/numbers";
import { ActionLink, Empty, PageHead, Table } from "~/components/ui/page";
import { PaymentBadge } from "~/components/ui/payment-badge";
import { findTokenBirth, listMyGains } from "~/features/gains/queries.server";

export const meta: MetaFunction = () => [{ title: "Gains · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const hasToken = (await findTokenBirth(actor.id)) !== null;
  return { hasToken, gains: await listMyGains(actor.id, getClock().now()) };
}

export default function MyGains() {
  const { hasToken, gains } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="Your gains">
        When you sell company equity, the holders of your token get their part of the gain. You
        declare the sale within 30 days and pay within 30 days after that, out of what you received.
      </PageHead>
      {hasToken ? <ActionLink to="/gains/new">Declare a sale</ActionLink> : null}
      <div className="mt-8">
        {!hasToken ? (
          <Empty>
            You have no token yet, so nobody has a part in what you sell. Your token is minted when
            you sign your first offer.
          </Empty>
        ) : gains.length === 0 ? (
          <Empty>You have declared nothing yet. If you sold nothing, you owe nothing.</Empty>
        ) : (
          <GainsTable gains={gains} />
        )}
      </div>
    </>
  );
}

function GainsTable({
  gains,
}: {
  gains: ReturnType<typeof useLoaderData<typeof loader>>["gains"];
}) {
  return (
    <Table
      caption="Your declared sales"
      columns={[
        { name: "Company" },
        { name: "Closed" },
        { name: "To divide", numeric: true },
        { name: "To your holders", numeric: true },
        { name: "Payment" },
        { name: "Evidence" },
      ]}
      rows={gains.map((gain) => ({
        key: gain.id,
        cells: [
          <Link key="company" to={`/gains/${gain.id}`} className="[overflow-wrap:anywhere]">
            {gain.company}
          </Link>,
          <Day key="closingDate" day={gain.closingDate} />,
          <Money key="distributableCents" cents={gain.distributableCents} />,
          <Money key="toPayCents" cents={gain.toPayCents} />,
          <PaymentBadge key="payment" gain={gain} />,
          <GradeBadge key="grade" grade={gain.grade} />,
        ],
      }))}
    />
  );
}
