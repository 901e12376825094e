import { makeTemplate } from "./template";

/** Vitest's global setup of the tests that touch SQL: the template database, once a run. */
export default async function setup(): Promise<void> {
  const url = process.env.TEST_OWNER_URL;
  if (!url) throw new Error("TEST_OWNER_URL is not set: run the tests with npm test");
  // Both projects that touch SQL ask for it; one template serves the whole run.
  if (process.env.TEST_TEMPLATE_READY === url) return;
  await makeTemplate(url);
  process.env.TEST_TEMPLATE_READY = url;
}
