import { expect, it } from "vitest";
import { deadlinesOf, isAlive, ledTo } from "./rules";

const sentAt = new Date("2026-03-01T10:15:00.000Z");
const referral = { sentAt, ...deadlinesOf(sentAt) };
const before = (instant: Date) => new Date(instant.getTime() - 1);

it("lives 90 days to an application and 12 months to an investment, to the instant", () => {
  expect(referral.applyBy.toISOString()).toBe("2026-05-30T10:15:00.000Z");
  expect(referral.investBy.toISOString()).toBe("2027-03-01T10:15:00.000Z");
  const leap = deadlinesOf(new Date("2024-02-29T00:00:00.000Z"));
  expect(leap.investBy.toISOString()).toBe("2025-02-28T00:00:00.000Z");
});

it("led to an application that came after it, within its time", () => {
  expect(ledTo(referral, null)).toBe(false);
  expect(ledTo(referral, before(sentAt))).toBe(false);
  expect(ledTo(referral, sentAt)).toBe(true);
  expect(ledTo(referral, before(referral.applyBy))).toBe(true);
  expect(ledTo(referral, referral.applyBy)).toBe(false);
});

it("is alive until the time to apply is over, and until the time to invest where they applied", () => {
  expect(isAlive(referral, false, before(referral.applyBy))).toBe(true);
  expect(isAlive(referral, false, referral.applyBy)).toBe(false);
  expect(isAlive(referral, true, before(referral.investBy))).toBe(true);
  expect(isAlive(referral, true, referral.investBy)).toBe(false);
});
