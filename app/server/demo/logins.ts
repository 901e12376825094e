import { PASSWORD } from "./steps";

/** Who can sign in to the demo world, one login a role, and with what. */
export function demoLogins(): { role: string; email: string; password: string }[] {
  return [
    { role: "Teacher", email: "maya@belay.test", password: PASSWORD },
    { role: "Teacher without a record", email: "lukas@belay.test", password: PASSWORD },
    { role: "Student with an offer to read", email: "noor@belay.test", password: PASSWORD },
    { role: "Student who sold a company", email: "alice@belay.test", password: PASSWORD },
    { role: "Scout", email: "yuki@belay.test", password: PASSWORD },
    { role: "Operator", email: "ines@belay.test", password: PASSWORD },
    { role: "Second operator", email: "otto@belay.test", password: PASSWORD },
  ];
}
