/** A file name without folders and control characters, at most 120 characters long, never empty. */
export function plainFileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? "";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const clean = last.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "").trim();
  // Cut within a character of two units, its second half would be left, which is no text.
  return clean.slice(-120).replace(/^[\udc00-\udfff]/, "") || "document";
}
