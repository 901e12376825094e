import { cohort, cohorts } from "./cohorts.server";
import type { Endpoint } from "./endpoint";
import { log } from "./log.server";
import { investments, record, teacher, teachers } from "./teachers.server";
import { token } from "./tokens.server";

/** Everything that `/api/v1` serves, in the order in which it is told of. */
export const ENDPOINTS: readonly Endpoint[] = [
  teachers,
  teacher,
  record,
  investments,
  cohorts,
  cohort,
  token,
  log,
];
