export * from "./cohorts";
export * from "./documents";
export * from "./ledger";
export * from "./mail";
export * from "./offers";
export * from "./people";
export * from "./treasury";
