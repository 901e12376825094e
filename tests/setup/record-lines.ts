import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { getDb } from "#db/client.server";
import { figureLines } from "~/features/records/figure-lines";
import { readAsked } from "~/features/records/figures";
import { getLinedRecord } from "~/features/records/get-record.server";
import { exactOf, type Shown } from "~/features/records/shown";
import { getAmong, getTeacherPage } from "~/features/records/teacher-page.server";

type Page = NonNullable<Awaited<ReturnType<typeof getTeacherPage>>>;

const isShown = (value: object): value is Shown =>
  "exact" in value && "to" in value && typeof value.to === "string";

/** Every figure on a record's page that has ledger lines. */
export function figuresOf(page: Page): Shown[] {
  const found: Shown[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if (isShown(value)) found.push(value);
    else for (const part of Object.values(value)) walk(part);
  };
  walk({ record: page.record, investments: page.investments });
  return found;
}

/**
 * Every figure on a record's page is, to the last digit, what its ledger lines give; and the lines of each list add up to its sum.
 * Answers how many figures there were, by name.
 */
export async function expectLinesAgree(
  page: Page,
  person: { id: string; handle: string },
  day: string,
): Promise<Map<string, number>> {
  const record = await getLinedRecord(getDb(), person, day);
  const counts = new Map<string, number>();
  for (const { exact, to } of figuresOf(page)) {
    const { pathname, searchParams } = new URL(to, "http://belay.test");
    expect(pathname).toBe(`/teachers/${person.handle}/lines`);
    const asked = readAsked(searchParams);
    if (!asked) throw new Error(`asks for nothing: ${to}`);
    const { lists, result, positions } = figureLines(record, asked);
    expect(exactOf(result), to).toBe(exact);
    for (const { lines, cents } of lists)
      expect(
        lines.reduce((sum, line) => sum + line.cents, 0n),
        to,
      ).toBe(cents);
    if (["median", "best"].includes(asked.of) && exact !== "not yet")
      expect(
        positions.filter(({ chosen }) => chosen),
        to,
      ).toHaveLength(1);
    counts.set(asked.of, (counts.get(asked.of) ?? 0) + 1);
  }
  return counts;
}

/** On every holder's page of that day, every figure opens lines that give it. Answers how many figures were opened, by name. */
export async function expectFiguresOpen(day: string): Promise<Map<string, number>> {
  const holders = await getDb().execute<{ id: string; handle: string }>(
    sql`SELECT id, handle FROM persons WHERE id IN (SELECT holder_id FROM lots) ORDER BY handle`,
  );
  const all = new Map<string, number>();
  const among = await getAmong(getDb(), day);
  for (const person of holders) {
    const page = await getTeacherPage(person.handle, new Date(`${day}T23:00:00.000Z`), {
      all: true,
      among,
    });
    if (!page) throw new Error(`no page: ${person.handle}`);
    for (const [of, count] of await expectLinesAgree(page, person, day))
      all.set(of, (all.get(of) ?? 0) + count);
  }
  return all;
}
