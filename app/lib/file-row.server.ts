import { createHash } from "node:crypto";
import { plainFileName } from "./plain-file-name";

/** A file as a row of it is kept: its name made plain, and the digest by which its content is known. */
export function fileRow(file: {
  ownerId: string;
  name: string;
  contentType: string;
  bytes: Uint8Array;
  createdAt: Date;
}) {
  const { ownerId, contentType, bytes, createdAt } = file;
  return {
    ownerId,
    fileName: plainFileName(file.name),
    contentType,
    sizeBytes: bytes.byteLength,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    content: Buffer.from(bytes),
    createdAt,
  };
}
