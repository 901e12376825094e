import { Transform } from "node:stream";

/**
 * Takes the NUL bytes out of a page on its way. React 18 writes a page in blocks of 2,048 bytes, and where a letter of several
 * bytes does not fit into the end of a block, sends the bytes that it left empty; a page has no others.
 */
export const withoutGaps = (): Transform =>
  new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, chunk.includes(0) ? chunk.filter((byte) => byte !== 0) : chunk);
    },
  });
