import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { startSession } from "~/auth/session.server";
import type { Someone } from "~/server/demo/steps";
import { useDatabase } from "../setup/database";
import { type Ids, makeOthersThings } from "../setup/others-things";
import type { World } from "../setup/world";

useDatabase();

let world: World;
let stranger: Someone;
let ids: Ids;
let cohortSlug: string;
let studentHandle: string;
let spaceSlug: string;

beforeAll(async () => {
  ({ world, stranger, ids, cohortSlug, studentHandle, spaceSlug } = await makeOthersThings());
});

type Loader = (args: {
  request: Request;
  params: Record<string, string>;
  context: Record<string, unknown>;
}) => Promise<unknown>;
const context = { cspNonce: "n", requestId: "r", clientAddress: "127.0.0.1" };

/** The parameters with which each private page would show somebody else's thing. */
const PRIVATE: Record<string, () => { id?: string; slug?: string; handle?: string }> = {
  "cohorts.$slug_.space": () => ({ slug: spaceSlug }),
  "cohorts.$slug_.space_.announce": () => ({ slug: spaceSlug }),
  "cohorts.$slug_.space_.hours": () => ({ slug: spaceSlug }),
  "cohorts.$slug_.space_.students.$handle": () => ({ slug: spaceSlug, handle: studentHandle }),
  "cohorts.$slug_.space_.update": () => ({ slug: spaceSlug }),
  "cohorts.$slug_.space_.updates.$id": () => ({ slug: spaceSlug, id: ids.update }),
  "cohorts.$slug_.space_.work": () => ({ slug: spaceSlug }),
  "cohorts.$slug_.space_.works.$id": () => ({ slug: spaceSlug, id: ids.work }),
  "applications.$id": () => ({ id: ids.submitted }),
  "cohorts.$slug_.draft": () => ({ slug: cohortSlug }),
  "profile_.works_.$id": () => ({ id: ids.portfolioWork }),
  "files.$id": () => ({ id: ids.applicationFile }),
  "teach.cohorts.$slug": () => ({ slug: cohortSlug }),
  "teach.cohorts.$slug_.decisions": () => ({ slug: cohortSlug }),
  "teach.cohorts.$slug_.release": () => ({ slug: cohortSlug }),
  "teach.cohorts.$slug_.export[.]csv": () => ({ slug: cohortSlug }),
  "teach.cohorts.$slug_.waitlist": () => ({ slug: cohortSlug }),
  "teach.cohorts.$slug_.review": () => ({ slug: cohortSlug }),
  "teach.cohorts.$slug_.setup": () => ({ slug: cohortSlug }),
  "teach.cohorts.$slug_.questions": () => ({ slug: cohortSlug }),
  "teach.cohorts.$slug_.rubric": () => ({ slug: cohortSlug }),
  "teach.cohorts.$slug_.people": () => ({ slug: cohortSlug }),
  "teach.cohorts.$slug_.people_.import": () => ({ slug: cohortSlug }),
  "teach.cohorts.$slug_.preview": () => ({ slug: cohortSlug }),
  "teach.cohorts.$slug_.late": () => ({ slug: cohortSlug }),
  "teach.cohorts.$slug_.cancel": () => ({ slug: cohortSlug }),
  "teach.applications.$id": () => ({ id: ids.submitted }),
  "teach.applications.$id_.offer": () => ({ id: ids.application }),
  "refer_.$id": () => ({ id: ids.confirmedReferral }),
  "hypotheses.$id": () => ({ id: ids.hypothesis }),
  "offers.$id": () => ({ id: ids.openOffer }),
  "offers.$id_.questions": () => ({ id: ids.openOffer }),
  "offers.$id_.token": () => ({ id: ids.openOffer }),
  "offers.$id_.sign": () => ({ id: ids.openOffer }),
  "offers.$id_.leave": () => ({ id: ids.offer }),
  "offers.$id_.fund": () => ({ id: ids.waitingOffer }),
  "offers.$id_.decline": () => ({ id: ids.openOffer }),
  "gains.$id": () => ({ id: ids.gain }),
  "documents.$id": () => ({ id: ids.document }),
  "desk.gains.$id": () => ({ id: ids.gain }),
  "desk.deposits.$id": () => ({ id: ids.deposit }),
  "desk.withdrawals.$id": () => ({ id: ids.withdrawal }),
  "desk.verifications.$id": () => ({ id: ids.verification }),
};
/** Pages with a parameter that anyone may open. */
const PUBLIC = [
  "$",
  "api.v1.$",
  "calendar.$file",
  "cohorts.$slug",
  "cohorts.$slug_.card[.]png",
  "log.$",
  "log.entry.$index",
  "people.$handle",
  "r.$code",
  "scouts.$handle",
  "teachers.$handle",
  "teachers.$handle_.lines",
  "sitemaps.$part",
  "teachers.$handle_.badge[.]svg",
  "teachers.$handle_.card[.]png",
  "teachers.$handle_.feed[.]atom",
  "teachers.$handle_.track-record[.]csv",
  "teachers.$handle_.track-record[.]journal",
  "teachers.$handle_.track-record[.]json",
  "tokens.$token.cap-table[.]ocf[.]zip",
  "cohorts.$slug_.apply",
  "cohorts.$slug_.late",
];

describe("a page of somebody else's thing", () => {
  it("knows every page with a parameter", () => {
    const pages = readdirSync("app/routes").filter((name) => name.includes("$"));
    expect(pages.sort()).toEqual([...Object.keys(PRIVATE), ...PUBLIC].sort());
  });

  it.each(Object.keys(PRIVATE))(
    "%s: 404, for a stranger as for an id that nobody has",
    async (route) => {
      const { loader } = (await import(`../../app/routes/${route}/route.tsx`)) as {
        loader: Loader;
      };
      const cookie = (await startSession(stranger.id)).split(";")[0] ?? "";
      const params = PRIVATE[route]?.() ?? {};
      for (const asked of [
        params,
        { id: crypto.randomUUID(), slug: "no-such-cohort" },
        { id: "1", slug: "x" },
      ]) {
        const request = new Request(`http://localhost:3000/x`, { headers: { cookie } });
        const answer = await loader({
          request,
          params: asked as Record<string, string>,
          context,
        }).catch((thrown: unknown) => thrown);
        expect(answer, JSON.stringify(asked)).toBeInstanceOf(Response);
        expect((answer as Response).status, JSON.stringify(asked)).toBe(404);
      }
    },
  );

  it("and its owner sees it", async () => {
    const owner = await world.find(studentHandle);
    const cookie = (await startSession(owner.id)).split(";")[0] ?? "";
    const { loader } = (await import(`../../app/routes/${"gains.$id"}/route.tsx`)) as {
      loader: Loader;
    };
    const answer = await loader({
      request: new Request("http://localhost:3000/x", { headers: { cookie } }),
      params: { id: ids.gain },
      context,
    });
    expect(answer).not.toBeInstanceOf(Response);
  });
});
