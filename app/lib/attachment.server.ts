/** RFC 5987: what `encodeURIComponent` leaves but a header's extended value may not hold. */
function encodeFileName(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Somebody's file as a download that no browser runs and nobody keeps on the way. */
export function attachment(file: {
  fileName: string;
  contentType: string;
  content: Uint8Array;
}): Response {
  const plainName = file.fileName.replace(/[^\w. -]/g, "_");
  return new Response(new Uint8Array(file.content), {
    headers: {
      "Content-Type":
        file.contentType === "text/plain" ? "text/plain; charset=utf-8" : file.contentType,
      "Content-Length": String(file.content.byteLength),
      "Content-Disposition": `attachment; filename="${plainName}"; filename*=UTF-8''${encodeFileName(file.fileName)}`,
      "Content-Security-Policy": "sandbox; default-src 'none'",
      "X-Content-Type-Options": "nosniff",
      "Cross-Origin-Resource-Policy": "same-origin",
      "Cache-Control": "private, no-store",
    },
  });
}
