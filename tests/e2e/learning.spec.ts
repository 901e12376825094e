import { expect, test } from "@playwright/test";
import { join, mailedLink, openBrowser, type Visitor } from "./people";
import { admitOnly, apply, applySlowly, openCohort, press, says } from "./steps";

/** Admits the only application to a cohort. */
async function admit(teacher: Visitor, student: Visitor, slug: string): Promise<void> {
  const { page } = teacher;
  await page.goto(`/teach/cohorts/${slug}`);
  await page.getByRole("link", { name: student.name }).click();
  await admitOnly(page);
  await says(page, /admitted/i);
}

test("a week in a cohort: update, feedback, another go, answer, rating", async ({ browser }) => {
  const teacher = await join(browser, { name: "Kari Solberg", handle: "kari" });
  const student = await join(browser, { name: "Pia Lund", handle: "pia" });
  const peer = await join(browser, {
    name: "Rui Matos",
    handle: "rui",
    javaScriptEnabled: false,
  });
  const slug = await openCohort(teacher, "Knots that hold");
  const space = `/cohorts/${slug}/space`;
  await applySlowly(student, slug);
  await apply(peer, slug);
  for (const who of [student, peer]) await admit(teacher, who, slug);
  let update = "";

  await test.step("a draft is the student's alone; published, it waits for the teacher", async () => {
    const { page } = student;
    await page.goto(space);
    await page.getByRole("link", { name: "Write this week’s update" }).click();
    await press(page, "Publish this update");
    await expect(page.getByRole("alert")).toContainText("Write what you did.");
    await page.getByLabel("What you did").fill("Tied **forty** knots.");
    await page.getByLabel("What you learnt").fill("Wet rope lies.");
    await press(page, "Save as a draft");
    await says(page, "Your draft is saved");
    await teacher.page.goto(space);
    await says(teacher.page, "Everything that your students have shown has feedback");
    await press(page, "Publish this update");
    await expect(page).toHaveURL(/\/updates\/[0-9a-f-]{36}$/);
    update = new URL(page.url()).pathname;
    await expect(page.getByText("forty", { exact: true })).toHaveJSProperty("tagName", "STRONG");
    await teacher.page.goto(space);
    await says(teacher.page, "1 thing waits for feedback");
  });

  await test.step("a peer, without JavaScript, comments and reads no feedback", async () => {
    await peer.page.goto(update);
    await peer.page.getByLabel("Your comment").fill("Which rope?");
    await press(peer.page, "Add this comment");
    await says(peer.page, "Which rope?");
    await expect(peer.page.getByRole("heading", { name: "Feedback" })).toHaveCount(0);
  });

  await test.step("the teacher asks for another go and keeps a private note", async () => {
    const { page } = teacher;
    await page.goto(space);
    await page.getByRole("link", { name: /^Pia Lund: the update/ }).click();
    await press(page, "Give Pia Lund this feedback");
    await expect(page.getByRole("alert")).toContainText("Write your feedback.");
    await page.getByLabel("Your feedback").fill("How many of them held? Give me numbers.");
    await page.getByLabel("Ask for another go").last().check();
    await press(page, "Give Pia Lund this feedback");
    await says(page, "asks for another go");
    await page.getByRole("link", { name: "Pia Lund", exact: true }).click();
    await page.getByLabel("Strengths that you see").fill("Patience");
    await press(page, "Keep this note");
    await says(page, "Strengths: Patience");
    await student.page.goto(`${space}/students/pia`);
    await expect(student.page.getByRole("main")).not.toContainText("Patience");
  });

  await test.step("the student sees what waits, revises, answers and rates", async () => {
    const { page } = student;
    await page.goto(space);
    await page.getByRole("link", { name: /^Kari Solberg asks for another go/ }).click();
    await page.getByRole("link", { name: "Change this update" }).click();
    await page.getByLabel("What you did").fill("Tied forty knots; thirty-one held.");
    await press(page, "Publish the changes");
    await says(page, "answered");
    await page.getByText("Answer", { exact: true }).click();
    await page.getByLabel("Your answer").fill("Thirty-one of forty.");
    await press(page, "Answer Kari Solberg");
    await says(page, "Thirty-one of forty.");
    await press(page, "Keep this rating");
    await expect(page.getByRole("alert")).toContainText("Choose how much it helped");
    await page.getByLabel("5: it changed what I do").check();
    await press(page, "Keep this rating");
    await says(page, "helpful: 5 of 5");
    await page.goto(space);
    await says(page, "No feedback waits for your answer");
  });

  await test.step("hours and figures stand beside the money, in public", async () => {
    const { page } = teacher;
    await page.goto(`${space}/hours`);
    await page.getByLabel("Hours", { exact: true }).fill("25");
    await page.getByLabel("What it was about").fill("Lab");
    await press(page, "Record these hours");
    await expect(page.getByRole("alert")).toContainText("at most 12");
    await page.getByLabel("Hours", { exact: true }).fill("2.5");
    await press(page, "Record these hours");
    await says(page, "2.5 hours in this cohort");
    const visitor = await openBrowser(browser);
    await visitor.page.goto("/teachers/kari");
    await says(visitor.page, "Beside the money");
    await says(visitor.page, "5 of 5");
    const answer = await visitor.page.goto(space);
    expect(new URL(visitor.page.url()).pathname, String(answer?.status())).toBe("/sign-in");
    expect(visitor.problems).toEqual([]);
  });

  await test.step("mail of a topic is stopped from the mail, without signing in", async () => {
    const link = await mailedLink(student.page, student.email, "/unsubscribe");
    const visitor = await openBrowser(browser);
    await visitor.page.goto(link);
    await says(visitor.page, "Nothing has changed yet");
    await press(visitor.page, "Stop this mail");
    await says(visitor.page, "We no longer write to you about");
    expect(visitor.problems).toEqual([]);
    await student.page.goto("/account/mail");
    await expect(student.page.getByRole("checkbox", { checked: false })).toHaveCount(1);
    for (const box of await student.page.getByRole("checkbox").all()) await box.check();
    await press(student.page, "Save my choice");
    await says(student.page, "Your choice is saved");
    const { origin } = new URL(student.page.url());
    const oneClick = await fetch(`${origin}${link}`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "List-Unsubscribe=One-Click",
      redirect: "manual",
    });
    expect(oneClick.status).toBe(200);
    await student.page.reload();
    await expect(student.page.getByRole("checkbox", { checked: false })).toHaveCount(1);
    const forged = await fetch(`${origin}/unsubscribe?token=x`, { method: "POST" });
    expect(forged.status).toBe(404);
  });

  expect([...teacher.problems, ...student.problems, ...peer.problems]).toEqual([]);
});
