import { expect, type Locator, type Page } from "@playwright/test";

const MOST_TABS = 120;

/** Whatever has the focus shows it, and stands on the screen. */
export async function expectVisibleFocus(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const focused = document.activeElement;
    // Past the last of the page it is the browser's own turn, then the first one's.
    if (!focused || focused === document.body) return "";
    const { outlineStyle, outlineWidth } = getComputedStyle(focused);
    const { top, bottom, width, height } = focused.getBoundingClientRect();
    const what = `${focused.tagName} ${focused.textContent?.slice(0, 40)}`;
    if (outlineStyle === "none" || Number.parseFloat(outlineWidth) < 2)
      return `${what}: no outline`;
    if (width < 1 || height < 1 || bottom < 0 || top > window.innerHeight)
      return `${what}: not on the screen`;
    return "";
  });
  expect(seen).toBe("");
}

/** Whether the target is what the keyboard speaks to. */
export const hasFocus = (target: Locator) =>
  target.evaluate((element) => element === document.activeElement);

/** Presses Tab until the target has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    await page.keyboard.press("Tab");
    await expectVisibleFocus(page);
    if (await hasFocus(target)) return;
  }
  throw new Error(`${target} is not reached by Tab`);
}

/** Tabs to the target and presses Enter. */
export async function follow(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

/** Tabs to the field of that label and types. */
export async function type(page: Page, label: string | RegExp, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: typeof label === "string" }));
  await page.keyboard.type(text);
}

/** Goes to a group of radio buttons, and on with the arrows to the one of that name. */
export async function choose(page: Page, name: string | RegExp): Promise<void> {
  const radio = page.getByRole("radio", { name, exact: typeof name === "string" });
  const group = page.getByRole("group").filter({ has: radio });
  // Tab goes to the one that is chosen, or to the first.
  const chosen = group.getByRole("radio", { checked: true });
  const entry = (await chosen.count()) > 0 ? chosen : group.getByRole("radio");
  await tabTo(page, page.locator(`[id="${await entry.first().getAttribute("id")}"]`));
  await page.keyboard.press("Space");
  for (let moves = 0; moves < 5 && !(await radio.isChecked()); moves++)
    await page.keyboard.press("ArrowDown");
  await expect(radio).toBeChecked();
}

/** Tabs to a list to choose from, and goes down in it to what is called so. */
export async function pick(page: Page, label: string, option: string | RegExp): Promise<void> {
  const list = page.getByLabel(label, { exact: true });
  await tabTo(page, list);
  const chosen = list.locator("option:checked");
  for (let moves = 0; moves < 20; moves++) {
    const text = (await chosen.textContent()) ?? "";
    if (typeof option === "string" ? text === option : option.test(text)) return;
    await page.keyboard.press("ArrowDown");
  }
  throw new Error(`${label} has no ${option}`);
}

/** Tabs to a field of a day and types its parts in the order of Chromium's own language: month, day, year. */
export async function typeDay(page: Page, label: string, day: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  await tabTo(page, field);
  const [year = "", month = "", date = ""] = day.split("-");
  await page.keyboard.type(`${month}${date}${year}`);
  await expect(field).toHaveValue(day);
}
