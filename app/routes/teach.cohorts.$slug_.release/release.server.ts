import type { Actor } from "~/auth/actor";
import { newIdempotencyKey } from "~/auth/form.server";
import { getReleasePreview, SHOWN } from "~/features/decisions/preview.server";
import { KINDS } from "~/features/decisions/words";
import { formatInstant } from "~/lib/dates";

/** All that the page of a release shows, 200 decisions a page; 404 for who may not decide. */
export async function loadRelease(actor: Actor, slug: string, search: URLSearchParams, now: Date) {
  const asked = Number(search.get("after") ?? 0);
  const skipped = Number.isSafeInteger(asked) && asked > 0 ? Math.min(asked, 1_000_000) : 0;
  const preview = await getReleasePreview(actor, slug, now, skipped);
  if (!preview) throw new Response("Not found", { status: 404 });
  const { cohort, release, total } = preview;
  const left = Math.max(0, total - skipped - SHOWN);
  return {
    title: cohort.title,
    slug: cohort.slug,
    idempotencyKey: newIdempotencyKey(),
    seen: preview.seen,
    total,
    left,
    first: skipped > 0 ? "?" : null,
    next: left > 0 ? `?after=${skipped + SHOWN}` : null,
    places: `${preview.taken} of ${cohort.capacity}`,
    counts: KINDS.flatMap(({ value, many }) => {
      const n = value === "hold" ? 0 : (preview.counts.get(value) ?? 0);
      return n > 0 ? [{ kind: value, said: `${n} ${many}` }] : [];
    }),
    decisions: preview.decisions.map(({ confirmBy, ...one }) => ({
      ...one,
      many: KINDS.find(({ value }) => value === one.kind)?.many ?? "",
      confirmBy: confirmBy ? formatInstant(confirmBy, cohort.timeZone) : null,
    })),
    release: release && {
      done: release.done,
      total: release.total,
      finished: release.finishedAt !== null,
      at: formatInstant(release.finishedAt ?? release.begunAt, cohort.timeZone),
    },
  };
}
