import type { Browser, BrowserContext, Page } from "@playwright/test";
import { PASSWORD } from "./people";
import type { Chapter, Stop } from "./stops";
import { TOUR } from "./tour";

/** Types the password and, where one is asked for, the code that the demo world shows everybody. */
async function signIn(page: Page, email: string): Promise<void> {
  const press = () => page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await press();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  if (new URL(page.url()).pathname !== "/sign-in/code") return;
  const codes = await page.context().newPage();
  await codes.goto("/dev/codes");
  const cells = codes.getByRole("row").filter({ hasText: email }).getByRole("cell");
  const shown = (await cells.allInnerTexts()).join(" ");
  await codes.close();
  await page.getByLabel("Code", { exact: true }).fill(/\b\d{6}\b/.exec(shown)?.[0] ?? "");
  await press();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/**
 * A stop of the tour, as the page stands there: what its address answered (0: it was not asked for by address), and what goes
 * wrong in it, to which `look` may add.
 */
export type Seen = { stop: Stop; who: string; page: Page; status: number; problems: string[] };

/** What is seen at a stop, in words. */
export const nameOf = (who: string, { route, state }: Stop): string =>
  `${who} ${route || "plain page"}${state ? ` (${state})` : ""}`;

/** A walk that can be gone chapter by chapter, in the order of the tour. */
export type Walk = { go(chapter: Chapter): Promise<string[]>; end(): Promise<void> };
type Options = { baseURL: string; width: number };
type Look = (seen: Seen) => Promise<void>;

/**
 * Begins a walk in which everybody keeps one page, and `look` is called at each stop. A chapter answers everything that was
 * wrong; a stop that cannot be reached is.
 */
export function beginWalk(browser: Browser, options: Options, look: Look): Walk {
  const pages = new Map<string, { context: BrowserContext; page: Page }>();
  const open = async (who: string) => {
    const known = pages.get(who);
    if (known) return known.page;
    const viewport = { width: options.width, height: 900 };
    const context = await browser.newContext({ baseURL: options.baseURL, viewport });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    pages.set(who, { context, page });
    if (who !== "visitor") await signIn(page, who);
    return page;
  };
  return {
    async go({ who, stops }) {
      const page = await open(who ?? "visitor");
      const found: string[] = [];
      for (const stop of stops) {
        const problems = await visit(page, who ?? "visitor", stop, look);
        found.push(...problems.map((problem) => `${nameOf(who ?? "visitor", stop)}: ${problem}`));
      }
      return found;
    },
    async end() {
      for (const { context } of pages.values()) await context.close();
    },
  };
}

/** Goes the whole way, and calls `look` at each stop. Answers everything that was wrong. */
export async function walk(browser: Browser, options: Options, look: Look): Promise<string[]> {
  const way = beginWalk(browser, options, look);
  const found: string[] = [];
  for (const chapter of TOUR) found.push(...(await way.go(chapter)));
  await way.end();
  return found;
}

async function visit(page: Page, who: string, stop: Stop, look: Look): Promise<string[]> {
  const problems: string[] = [];
  const onError = (error: Error) => problems.push(error.message);
  const onConsole = (message: { type(): string; text(): string }) => {
    if (message.type() !== "error") return;
    // The browser says so of every refusal.
    if ((stop.refused || stop.status) && /status of 4\d\d/.test(message.text())) return;
    problems.push(message.text());
  };
  page.on("pageerror", onError).on("console", onConsole);
  try {
    let status = 0;
    if (typeof stop.go === "string") {
      const answer = await page.goto(stop.go);
      status = answer?.status() ?? 0;
      const policy = answer?.headers()["content-security-policy"] ?? "";
      if (!policy.includes("script-src"))
        problems.push("answered without a content security policy");
    } else await stop.go(page);
    await look({ stop, who, page, status, problems });
  } catch (error) {
    problems.push(`not reached: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    page.off("pageerror", onError).off("console", onConsole);
  }
  return problems;
}
