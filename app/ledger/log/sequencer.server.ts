/** The sequencer: takes entries from the queue into the log, and signs what the log has become. Off the posting path. */
import { sql } from "drizzle-orm";
import { type Db, getDb, inTransaction, type Tx } from "#db/client.server";
import { PlainError } from "~/lib/plain-error";
import { isPublic, listBodies } from "../bodies.server";
import { type Checkpoint, formatCheckpoint } from "./checkpoint";
import { sha256, signText } from "./crypto.server";
import { GrowingTree, type NewLeaf, type NewLink } from "./growing-tree";
import { canonicalBytes, commitmentOf } from "./leaf";
import { provesConsistency } from "./merkle";
import { formatNote } from "./note";
import { type LogKey, type LogPlace, readMark, writeMark } from "./place.server";
import { getConsistencyProof, loadEdge, loadHeads } from "./tree.server";

/** The most entries of a batch. */
export const MOST_ENTRIES = 1_024;
/** How long a key that was rotated out still signs beside the new one. */
const BOTH_SIGN_MS = 90 * 86_400_000;

/** Where a batch can be interrupted; tests do so. */
export type Step = "before append" | "appended" | "marked" | "published";
/** An entry that waits: its body's bytes, its salt, and whose chains it goes into. */
type Waiting = {
  entryId: string;
  body: Uint8Array;
  salt: Uint8Array;
  people: readonly string[];
};
/** What a batch adds; `entryId` and `body` are null for the leaf of all heads. */
type Batch = {
  leaves: (NewLeaf & { entryId: string | null; body: Uint8Array | null })[];
  links: NewLink[];
  root: Uint8Array;
};
type Options = { place: () => LogPlace; now: () => Date; db?: Db; onStep?: (step: Step) => void };

/** The log cannot go on until somebody has looked: its database is not the one that was signed. */
export class LogStopped extends PlainError {}

/**
 * The sequencer of one process. Several may run, on any number of machines with one `LOG_STATE_DIR` each: a lock lets one work.
 * Whatever kills it at any moment, the next one goes on: what was appended is signed, the same tree always with the same bytes.
 */
export class Sequencer {
  /** The tree as this process left it; unknown after any failure. */
  #tree: GrowingTree | null = null;
  /** The size at which this process last saw all that is in the log published; unknown after any failure. */
  #publishedSize: number | null = null;

  constructor(private readonly options: Options) {}

  get #db(): Db {
    return this.options.db ?? getDb();
  }

  /**
   * Publishes what is not yet published, then takes at most 1,024 entries into the log and publishes them. Answers how many
   * it took, null where somebody else works. Throws LogStopped where the database is older than what was signed, or another.
   */
  async advance(): Promise<number | null> {
    if (this.#publishedSize === null && !(await this.#publish())) return null;
    let taken = await this.#sequence();
    if (taken === "unpublished") {
      if (!(await this.#publish())) return null;
      taken = await this.#sequence();
    }
    if (taken === "unpublished") return null;
    if (taken) await this.#publish();
    return taken;
  }

  /** Advances until nothing waits; tells after each batch how many entries it has taken so far. */
  async drain(onProgress: (taken: number) => void = () => {}): Promise<number> {
    let all = 0;
    for (;;) {
      const taken = await this.advance();
      if (!taken) return all;
      all += taken;
      onProgress(all);
    }
  }

  /** Takes what waits; "unpublished" where somebody else has appended meanwhile, which comes before it. */
  async #sequence(): Promise<number | null | "unpublished"> {
    const [tree, published] = [this.#tree, this.#publishedSize];
    this.#tree = null;
    this.#publishedSize = null;
    return inTransaction(async (tx) => {
      const size = await hold(tx);
      if (size === null) return null;
      if (size !== published) return "unpublished" as const;
      await tx.execute(sql`SET LOCAL synchronous_commit = on`);
      const mark = readMark(this.options.place());
      if (mark && mark.size > size) throw olderThan(mark, size);
      const waiting = await listWaiting(tx);
      if (waiting.length === 0) {
        this.#tree = tree;
        this.#publishedSize = size;
        return 0;
      }
      const now = tree?.size === size ? tree : await loadTree(tx, size);
      const batch = batchOf(now, waiting);
      this.options.onStep?.("before append");
      await append(tx, size, batch, this.options.now());
      // Until the transaction has committed nobody may build on it.
      return { taken: waiting.length, tree: now };
    }, this.#db).then((done) => {
      if (done === null || typeof done !== "object") return done;
      this.#tree = done.tree;
      this.options.onStep?.("appended");
      return done.taken;
    });
  }

  /** Signs and publishes the newest tree, if that is still to be done. False where somebody else works. */
  async #publish(): Promise<boolean> {
    const place = this.options.place();
    this.#publishedSize = null;
    return inTransaction(async (tx) => {
      const size = await hold(tx);
      if (size === null) return null;
      const tree = await getUnpublished(tx, place.origin);
      if (!tree) return { size, isNew: false };
      await assertExtends(tx, place, tree);
      writeMark(place, tree);
      this.options.onStep?.("marked");
      const now = this.options.now();
      const keys = await signersAt(tx, place, now);
      const text = formatCheckpoint(tree);
      const note = formatNote({ text, signatures: keys.map((key) => signText(key, text)) });
      const vkeys = `{${keys.map(({ vkey }) => `"${vkey}"`).join(",")}}`;
      await tx.execute(
        sql`SELECT log_publish(${tree.size}, ${note}, ${vkeys}::text[], ${now.toISOString()}::timestamptz)`,
      );
      return { size, isNew: true };
    }, this.#db).then((published) => {
      if (published?.isNew) this.options.onStep?.("published");
      this.#publishedSize = published?.size ?? null;
      return published !== null;
    });
  }
}

async function hold(tx: Tx): Promise<number | null> {
  const [row] = await tx.execute<{ size: string | null }>(sql`SELECT log_hold()::text AS size`);
  return row?.size == null ? null : Number(row.size);
}

async function loadTree(tx: Tx, size: number): Promise<GrowingTree> {
  return new GrowingTree(sha256, await loadEdge(tx, size), await loadHeads(tx, size));
}

function batchOf(tree: GrowingTree, waiting: readonly Waiting[]): Batch {
  const batch: Omit<Batch, "root"> = { leaves: [], links: [] };
  for (const { entryId, body, salt, people } of waiting) {
    const { links, ...leaf } = tree.appendEntry(commitmentOf(sha256, salt, body), people);
    batch.leaves.push({ ...leaf, entryId, body });
    batch.links.push(...links);
  }
  batch.leaves.push({ ...tree.appendHeads(), entryId: null, body: null });
  return { ...batch, root: tree.root() };
}

/** The entries that wait, by id (ids commit out of order: whatever waits now comes next). */
async function listWaiting(tx: Tx): Promise<Waiting[]> {
  // Each opening by its key: a join would walk through those of the whole log first.
  const rows = await tx.execute<{ entry_id: string; salt: Buffer }>(sql`
    SELECT q.entry_id::text, o.salt FROM (SELECT entry_id FROM log_queue ORDER BY entry_id LIMIT ${MOST_ENTRIES}) q
    CROSS JOIN LATERAL (SELECT salt FROM entry_openings WHERE entry_id = q.entry_id OFFSET 0) o ORDER BY q.entry_id`);
  const bodies = await listBodies(
    tx,
    rows.map((row) => BigInt(row.entry_id)),
  );
  return rows.map(({ entry_id, salt }, i) => {
    const body = bodies[i];
    if (!body) throw new Error(`no body of entry ${entry_id}`);
    const people = isPublic(body.kind) ? body.people : [];
    return { entryId: entry_id, body: canonicalBytes(body), salt, people };
  });
}

const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex");
/** PostgreSQL's text of an array of bytes. */
const bytesArray = (list: readonly (Uint8Array | null)[]): string =>
  `{${list.map((bytes) => (bytes ? `"\\\\x${hex(bytes)}"` : "NULL")).join(",")}}`;
const array = (list: readonly (string | number | null)[]): string =>
  `{${list.map((one) => one ?? "NULL").join(",")}}`;

async function append(
  tx: Tx,
  from: number,
  { leaves, links, root }: Batch,
  now: Date,
): Promise<void> {
  const tiles = leaves.flatMap((leaf) => leaf.tiles);
  await tx.execute(sql`SELECT log_append(${from},
    ${array(leaves.map((leaf) => leaf.entryId))}::bigint[], ${bytesArray(leaves.map((leaf) => leaf.body))}::bytea[],
    ${bytesArray(leaves.map((leaf) => leaf.data))}::bytea[], ${bytesArray(leaves.map((leaf) => leaf.hash))}::bytea[],
    ${array(links.map((link) => link.person))}::uuid[], ${array(links.map((link) => link.n))}::int[],
    ${array(links.map((link) => link.leaf))}::bigint[], ${bytesArray(links.map((link) => link.head))}::bytea[],
    ${array(tiles.map((tile) => tile.level))}::int[], ${array(tiles.map((tile) => tile.index))}::bigint[],
    ${bytesArray(tiles.map((tile) => tile.hash))}::bytea[],
    decode(${hex(root)}, 'hex'), ${now.toISOString()}::timestamptz)`);
}

async function getUnpublished(tx: Tx, origin: string): Promise<Checkpoint | null> {
  const [row] = await tx.execute<{ size: string; root: Buffer }>(sql`
    SELECT t.size::text, t.root FROM log_trees t
    WHERE t.size > coalesce((SELECT max(size) FROM log_checkpoints), 0) ORDER BY t.size DESC LIMIT 1`);
  return row ? { origin, size: Number(row.size), root: row.root } : null;
}

const olderThan = (mark: Checkpoint, size: number): LogStopped =>
  new LogStopped(
    `The public log has stopped: this database has ${size} leaves of it, but ${mark.size} were signed. It is an older copy. Bring in a backup that has them all (the high-water mark in LOG_STATE_DIR says what was signed); nothing is signed until then.`,
  );

/** Whatever was signed before must be the beginning of what is to be signed. */
async function assertExtends(tx: Tx, place: LogPlace, tree: Checkpoint): Promise<void> {
  const mark = readMark(place);
  if (!mark) return;
  if (mark.size > tree.size) throw olderThan(mark, tree.size);
  const proof = await getConsistencyProof(tx, mark.size, tree.size);
  if (!provesConsistency(sha256, mark, tree, proof))
    throw new LogStopped(
      `The public log has stopped: this database does not continue the tree of ${mark.size} leaves that was signed (a fork). Find the database that does; nothing is signed until then.`,
    );
}

/** The keys that sign now: the newest, and for 90 days after its announcement the one before it. */
async function signersAt(tx: Tx, place: LogPlace, now: Date): Promise<LogKey[]> {
  const [newest, before] = place.keys;
  if (!newest) throw new PlainError("The public log has no key: LOG_SIGNING_KEY is not set.");
  const known = await tx.execute<{ vkey: string }>(sql`SELECT vkey FROM log_keys`);
  const [announced] = await tx.execute<{ at: string }>(sql`
    SELECT max(recorded_at)::text AS at FROM journal_entries WHERE kind = 'key_changed' AND data->>'vkey' = ${newest.vkey} HAVING count(*) > 0`);
  if (!announced) {
    if (known.length === 0 || known.some(({ vkey }) => vkey === newest.vkey)) return [newest];
    if (before && known.some(({ vkey }) => vkey === before.vkey)) return [before];
    throw new LogStopped(
      "The public log has stopped: its key is not one that it was ever signed with. Put the old key after the new one in LOG_SIGNING_KEY, and run `npm run log -- rotate`.",
    );
  }
  const isFresh = now.getTime() - Date.parse(announced.at) < BOTH_SIGN_MS;
  return before && isFresh ? [newest, before] : [newest];
}
