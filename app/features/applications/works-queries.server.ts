import { and, asc, eq, isNull } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { applicationFiles, applicationWorks, portfolioWorks } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { isId } from "~/lib/ids";

const columns = {
  id: portfolioWorks.id,
  title: portfolioWorks.title,
  description: portfolioWorks.description,
  url: portfolioWorks.url,
  file: {
    id: applicationFiles.id,
    name: applicationFiles.fileName,
    sizeBytes: applicationFiles.sizeBytes,
  },
};
export type Work = {
  id: string;
  title: string;
  description: string;
  url: string;
  file: { id: string; name: string; sizeBytes: number } | null;
};

const works = (db: Queryable) =>
  db
    .select(columns)
    .from(portfolioWorks)
    .leftJoin(applicationFiles, eq(applicationFiles.id, portfolioWorks.fileId));

/** A person's collection of works, in their order. For that person alone. */
export async function listWorks(personId: string, db: Queryable = getDb()): Promise<Work[]> {
  return works(db)
    .where(and(eq(portfolioWorks.personId, personId), isNull(portfolioWorks.removedAt)))
    .orderBy(asc(portfolioWorks.position), asc(portfolioWorks.createdAt));
}

/** One of the asker's own works; null for others' and removed ones. */
export async function findOwnWork(
  actor: Actor,
  id: string | undefined,
  db: Queryable = getDb(),
): Promise<Work | null> {
  if (!isId(id ?? "")) return null;
  const [row] = await works(db).where(
    and(
      eq(portfolioWorks.id, id ?? ""),
      eq(portfolioWorks.personId, actor.id),
      isNull(portfolioWorks.removedAt),
    ),
  );
  return row ?? null;
}

/** Which works an application shows. */
export async function listShownWorkIds(
  applicationId: string,
  db: Queryable = getDb(),
): Promise<string[]> {
  const rows = await db
    .select({ id: applicationWorks.workId })
    .from(applicationWorks)
    .where(eq(applicationWorks.applicationId, applicationId));
  return rows.map(({ id }) => id);
}

/** The works that an application shows, as they stand now, removed ones left out. Whoever calls it has asked whether the reader may. */
export async function listShownWorks(
  applicationId: string,
  db: Queryable = getDb(),
): Promise<Work[]> {
  return works(db)
    .innerJoin(applicationWorks, eq(applicationWorks.workId, portfolioWorks.id))
    .where(and(eq(applicationWorks.applicationId, applicationId), isNull(portfolioWorks.removedAt)))
    .orderBy(asc(portfolioWorks.position), asc(portfolioWorks.createdAt));
}
