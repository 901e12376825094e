import type { Page } from "@playwright/test";
import { mailedLink } from "./people";
import { press, says } from "./steps";

/** One page in one state: the route that it belongs to, and how to get there from the page before. */
export type Stop = {
  /** As `remix routes` prints it; the front page is "/", and a page that the server makes without Remix "". */
  route: string;
  go: string | ((page: Page) => Promise<unknown>);
  /** Tells states of one page apart. */
  state?: string;
  /** What the address answers; 200 unless said. */
  status?: number;
  /** The page says what is wrong with a form: its answer is a refusal. */
  refused?: true;
};
/** Pages in the order in which somebody sees them; null is a visitor. Later chapters need what earlier ones did. */
export type Chapter = { who: string | null; stops: Stop[] };

export const OPEN = "/cohorts/machines-that-braid";
export const TOUCH = "/cohorts/machines-that-touch";
export const TALENT = "toured@belay.test";
export const NEW_ADDRESS = "yuki-new@belay.test";

/** The first link in the page's main part whose address begins so. */
export const link = (beginning: string, more = "") => ({
  async go(page: Page) {
    const found = page.locator(`main a[href^="${beginning}"]${more}:not([href$="/new"])`).first();
    await page.goto((await found.getAttribute("href")) ?? "");
  },
});
/** Follows the link that somebody was mailed. */
export const mail = (to: string, path: string) => ({
  go: async (page: Page) => page.goto(await mailedLink(page, to, path)),
});
/** Presses a button and waits until the page says so. */
export const pressing = (name: string | RegExp, then: string | RegExp) => ({
  async go(page: Page) {
    await press(page, name);
    await says(page, then);
  },
});
/** A page at its own address. */
export const here = (path: string, state?: string): Stop => ({
  route: path.slice(1).split("?")[0] || "/",
  go: path,
  ...(state ? { state } : {}),
});
