const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a part of an address can be the id of anything: asked before the database is, which refuses other texts. */
export function isId(text: string | undefined): text is string {
  return text !== undefined && ID.test(text);
}
