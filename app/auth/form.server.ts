import { randomUUID } from "node:crypto";
import { data, redirect } from "@remix-run/node";
import type { FormProblem } from "~/lib/form-problem";
import type { Refusal } from "./command.server";

export type UploadedFile = { name: string; bytes: Uint8Array };
export type ReadForm = {
  values: Record<string, string>;
  files: Record<string, UploadedFile>;
  idempotencyKey: string;
};

/** A fresh key for a form, made by its loader and sent back as the hidden field `idempotencyKey`. */
export const newIdempotencyKey = (): string => randomUUID();

const KEY = /^[\w:-]{1,100}$/;
/** No form of ours has nearly as many fields: more are not read. */
const MOST_FIELDS = 1_000;

/** A text as it may be kept: line ends as LF, and without NUL, which the database cannot hold. */
const plainText = (text: string): string => text.replace(/\r\n?/g, "\n").replaceAll("\0", "");

/**
 * Reads a posted form: texts with line ends as LF, files as bytes, and the idempotency key. Fields of the same name
 * that repeat become `name.0`, `name.1`, … . A form without a key gets a new one (it is then not safe to repeat).
 * Throws 400 for what is no form, 413 for one of over a thousand fields. Its time grows with the form's length alone.
 */
export async function readForm(request: Request): Promise<ReadForm> {
  const fields = new Map<string, FormDataEntryValue[]>();
  let count = 0;
  for (const [name, entry] of await formOf(request)) {
    count += 1;
    if (count > MOST_FIELDS) throw new Response("Too many fields", { status: 413 });
    const same = fields.get(name);
    if (same) same.push(entry);
    else fields.set(name, [entry]);
  }
  const values: Record<string, string> = {};
  const files: Record<string, UploadedFile> = {};
  for (const [name, all] of fields) {
    for (const [index, entry] of all.entries()) {
      const key = all.length > 1 ? `${name}.${index}` : name;
      if (typeof entry === "string") values[key] = plainText(entry);
      // A field in which no file was chosen sends one without a name.
      else if (entry.size > 0 || entry.name !== "")
        files[key] = { name: entry.name, bytes: new Uint8Array(await entry.arrayBuffer()) };
    }
  }
  const sent = values.idempotencyKey ?? "";
  delete values.idempotencyKey;
  return { values, files, idempotencyKey: KEY.test(sent) ? sent : newIdempotencyKey() };
}

async function formOf(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    throw new Response("Not a form", { status: 400 });
  }
}

/** Refusal code → what to say: what is wrong, then what to do. A function gets the refusal's facts. */
export type Messages = Record<string, string | ((facts: Record<string, string>) => string)>;

const COMMON: Messages = {
  idempotency_conflict:
    "This form was already sent with other contents. Reload the page and send it again.",
  insufficient_balance:
    "Your balance is not enough for this. Deposit money first, or lower the amount.",
  // Nothing was ever paid in.
  unknown_account: "Your balance is not enough for this. Deposit money first, or lower the amount.",
  clock_behind: "Our clocks disagree for a moment. Please try again.",
};

/**
 * Answers a refusal to the form: 400 for input, 409 for what no longer holds, with everything typed kept.
 * Throws 404 for what does not exist for the asker, and redirects who must sign in or verify their address.
 */
export function refused(refusal: Refusal, form: ReadForm, messages: Messages = {}) {
  if (refusal.code === "not_found") throw new Response("Not found", { status: 404 });
  if (refusal.code === "sign_in") throw redirect("/sign-in");
  if (refusal.code === "verify_email") throw redirect("/account?verify=1");
  const problem: FormProblem = { fields: refusal.fields ?? {}, values: form.values };
  if (refusal.code === "invalid_input") return data({ problem }, { status: 400 });
  const said =
    messages[refusal.code] ??
    COMMON[refusal.code] ??
    "This cannot be done now. Reload the page to see how things stand.";
  const text = typeof said === "function" ? said(refusal.facts ?? {}) : said;
  if (refusal.field) problem.fields = { [refusal.field]: [text] };
  else problem.message = text;
  return data({ problem }, { status: 409 });
}
