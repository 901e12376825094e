// The import rules of the house: who may know whom. `npm run check` enforces them.
const room = (name, from, to, comment, fromNot) => ({
  name,
  comment,
  severity: "error",
  from: { path: from, ...(fromNot ? { pathNot: fromNot } : {}) },
  to: { path: to },
});
const TEST = "\\.test\\.tsx?$";
const SHELL = "^app/(root|entry\\.client|entry\\.server)\\.tsx$";
const ANY_SERVER_FILE = "\\.server\\.tsx?$";

module.exports = {
  forbidden: [
    {
      name: "no-circles",
      comment: "Two files that know each other are one file, or a third is missing.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "resolvable",
      comment: "Every import leads somewhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^virtual:" },
    },
    room(
      "routes-ask-features",
      "^app/routes/",
      "^(db|emails)/|^app/(ledger|server)/",
      "routes → features, auth, components, lib. Never db, never ledger.",
      TEST,
    ),
    room(
      "shell-asks-features",
      SHELL,
      "^(db|emails)/|^app/(ledger|server)/",
      "The shell knows what routes know.",
    ),
    room(
      "features-rooms",
      "^app/features/",
      "^app/(routes|server)/|^emails/(?!outbox)",
      "features → ledger, db, auth's permissions, emails' outbox, lib.",
      TEST,
    ),
    {
      name: "features-by-name",
      comment: "Another feature only through its named commands and queries.",
      severity: "error",
      from: { path: "^app/features/([^/]+)/", pathNot: TEST },
      to: { path: "^app/features/", pathNot: ["^app/features/$1/", ANY_SERVER_FILE] },
    },
    room(
      "ledger-knows-nobody",
      "^app/ledger/",
      "^app/(features|auth|routes|components|server)/|^emails/|node_modules/@remix-run/",
      "ledger: never features, auth, emails, Remix.",
      TEST,
    ),
    room(
      "ledger-pure-files",
      "^app/ledger/",
      `^(db)/|^app/env\\.server|${ANY_SERVER_FILE}`,
      "The ledger's pure files → lib alone: they also run in the browser and in the verifier.",
      `${ANY_SERVER_FILE}|${TEST}`,
    ),
    {
      name: "ledger-pure-without-node",
      comment: "The ledger's pure files run in the browser.",
      severity: "error",
      from: { path: "^app/ledger/", pathNot: `${ANY_SERVER_FILE}|${TEST}` },
      to: { dependencyTypes: ["core"] },
    },
    room(
      "auth-rooms",
      "^app/auth/",
      "^app/(features|ledger|routes|components|server)/|^emails/",
      "auth → db, lib.",
      TEST,
    ),
    {
      name: "only-auth-knows-lucia",
      comment: "Sessions have one importer of Lucia.",
      severity: "error",
      from: { pathNot: "^app/auth/" },
      to: { path: "node_modules/(lucia|@lucia-auth)/" },
    },
    room(
      "emails-rooms",
      "^emails/",
      "^app/(features|ledger|auth|routes|components|server)/",
      "emails → db, lib, env.",
    ),
    room(
      "db-knows-env",
      "^db/",
      "^app/(features|ledger|auth|routes|components|server)/|^emails/",
      "db → env (and lib).",
      TEST,
    ),
    room(
      "components-present",
      "^app/components/",
      "^app/(features|ledger|auth|routes|server)/|^(db|emails)/|^app/env\\.server",
      "components → lib.",
      TEST,
    ),
    room(
      "lib-is-small",
      "^app/lib/",
      "^app/(features|ledger|auth|routes|components|server)/|^(db|emails)/",
      "lib knows lib (and the environment).",
      TEST,
    ),
    room(
      "policy-is-pure",
      "^app/policy\\.ts$",
      "^(app/(?!lib/)|db/|emails/)",
      "The product's numbers know nobody.",
    ),
    {
      name: "browser-imports-pure-files",
      comment:
        "What is not marked .server may reach the browser: it takes no db, no emails, no server file.",
      severity: "error",
      from: {
        path: "^app/(components|lib|features)/",
        pathNot: [ANY_SERVER_FILE, TEST],
      },
      to: { path: [ANY_SERVER_FILE, "^(db|emails)/"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "not-from-tests",
      comment: "What is served does not know how it is tested.",
      severity: "error",
      from: { path: "^(app|db|emails)/", pathNot: TEST },
      to: { path: "^tests/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mts", ".mjs", ".js", ".cjs", ".json", ".d.ts", ".d.mts"],
    },
    moduleSystems: ["es6", "cjs"],
    cache: false,
  },
};
