/**
 * Reads canonical JSON of a known shape straight from its bytes. Whatever canonical JSON would write otherwise (a space, a
 * needless escape, a repeated key, loose base64, a leading zero) is refused where it stands, so nothing needs to be
 * written again to be compared. Its memory is bounded by what is read; nothing recurses but `json`, to a given depth.
 */
import { canonicalJson, type Json } from "../canonical";
import { HASH_BYTES } from "./sha256";

/** Bytes that are not what they should be; the message says what and where. */
export class Malformed extends Error {}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const PAD = 0x3d;
const ZERO = 0x30;
const BASE64_OF_HASH = 44;
const MOST_DIGITS = 16;
const FIRST_ROOM = 2 ** 14;
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** More than the 24 bits of four characters: one of them is none of base64. */
const INVALID = 2 ** 24;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** The six bits of a character where it is the first, second, third or fourth of four. */
const [FIRST, SECOND, THIRD, FOURTH] = [18, 12, 6, 0].map((shift) => {
  const bits = new Int32Array(256).fill(INVALID);
  [...ALPHABET].forEach((one, i) => {
    bits[one.charCodeAt(0)] = i << shift;
  });
  return bits;
}) as [Int32Array, Int32Array, Int32Array, Int32Array];

export class CanonicalReader {
  #at = 0;
  #bytes: Uint8Array;
  /** What base64 is decoded into, one after the other. */
  #decoded: Uint8Array;
  #filled = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#decoded = new Uint8Array(Math.min(bytes.length, FIRST_ROOM));
  }

  /** Begins other bytes. What was read from base64 before is written over. */
  open(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.seek(0);
  }

  /** Goes on at another place. What was read from base64 before is written over. */
  seek(at: number): void {
    this.#at = at;
    this.#filled = 0;
  }

  /** Goes past the next byte of that value, unseen. */
  skipPast(byte: number, what: string): void {
    const found = this.#bytes.indexOf(byte, this.#at);
    if (found < 0) this.#wrong(what);
    this.#at = found + 1;
  }

  #makeRoom(length: number): void {
    if (this.#filled + length <= this.#decoded.length) return;
    // What was read before stays where it is.
    this.#decoded = new Uint8Array(Math.max(length, 2 * this.#decoded.length));
    this.#filled = 0;
  }

  /** How far it has read. */
  get at(): number {
    return this.#at;
  }

  #wrong(expected: string, at = this.#at): never {
    throw new Malformed(`byte ${at}: ${expected} is due there`);
  }

  /** Whether these ASCII characters come next. */
  comes(text: string): boolean {
    for (let i = 0; i < text.length; i++)
      if (this.#bytes[this.#at + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  /** Reads exactly these ASCII characters. */
  take(text: string): void {
    if (!this.comes(text)) this.#wrong(text);
    this.#at += text.length;
  }

  /** Reads them where they come next. */
  takeIf(text: string): boolean {
    const there = this.comes(text);
    if (there) this.#at += text.length;
    return there;
  }

  end(): void {
    if (this.#at !== this.#bytes.length) this.#wrong("the end");
  }

  /** A number from 0 to 2^53 − 1. */
  integer(): number {
    const begin = this.#at;
    let value = 0;
    for (;;) {
      const digit = (this.#bytes[this.#at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      this.#at += 1;
      if (this.#at - begin > MOST_DIGITS) this.#wrong("a smaller number", begin);
    }
    const length = this.#at - begin;
    const padded = length > 1 && this.#bytes[begin] === ZERO;
    if (length === 0 || padded || !Number.isSafeInteger(value)) this.#wrong("a number", begin);
    return value;
  }

  /** The bytes of a string up to its closing quote, past which it goes on. */
  #quoted(what: string, most: number): Uint8Array {
    this.take('"');
    const begin = this.#at;
    let end = this.#bytes.indexOf(QUOTE, begin);
    while (end > 0 && this.#isEscaped(begin, end)) end = this.#bytes.indexOf(QUOTE, end + 1);
    if (end < 0 || end - begin > most) this.#wrong(`${what} of at most ${most} bytes`, begin);
    this.#at = end + 1;
    return this.#bytes.subarray(begin, end);
  }

  #isEscaped(begin: number, quote: number): boolean {
    let slashes = 0;
    while (quote - slashes > begin && this.#bytes[quote - slashes - 1] === BACKSLASH) slashes += 1;
    return slashes % 2 === 1;
  }

  /** A string of printable ASCII that has the form. */
  ascii(what: string, form: RegExp, most = 256): string {
    const begin = this.#at;
    const text = String.fromCharCode.apply(null, this.#quoted(what, most) as unknown as number[]);
    if (!form.test(text)) this.#wrong(what, begin);
    return text;
  }

  /** Any string. */
  text(what: string, most: number): string {
    const begin = this.#at;
    this.#quoted(what, most);
    return this.#parsed(what, begin) as string;
  }

  /** Bytes in base64, no more than `most` of them; good until the next `seek` or `open`. */
  base64(what: string, most: number): Uint8Array {
    const begin = this.#at + 1;
    const quoted = this.#quoted(what, Math.ceil(most / 3) * 4);
    const bytes = this.#decode(begin, quoted.length);
    if (bytes === null || bytes.length > most) this.#wrong(`${what} in base64`, begin);
    return bytes;
  }

  /** Bytes in base64, so many of them. */
  fixed(what: string, length: number): Uint8Array {
    const begin = this.#at;
    const bytes = this.base64(what, length);
    if (bytes.length !== length) this.#wrong(what, begin);
    return bytes;
  }

  /** A list of hashes in base64, no more than `most`: one after the other, as one run of bytes. */
  hashes(what: string, most: number): Uint8Array {
    this.take("[");
    this.#makeRoom((most + 1) * HASH_BYTES);
    const from = this.#filled;
    if (this.takeIf("]")) return this.#decoded.subarray(from, from);
    do {
      if (this.#filled - from >= most * HASH_BYTES) this.#wrong(`at most ${most} hashes`);
      const begin = this.#at + 1;
      const end = begin + BASE64_OF_HASH;
      this.take('"');
      const hash = this.#bytes[end] === QUOTE ? this.#decode(begin, BASE64_OF_HASH) : null;
      if (hash?.length !== HASH_BYTES) this.#wrong(`${what} in base64`, begin);
      this.#at = end + 1;
    } while (this.takeIf(","));
    this.take("]");
    return this.#decoded.subarray(from, this.#filled);
  }

  #decode(begin: number, length: number): Uint8Array | null {
    if (length % 4 !== 0) return null;
    this.#makeRoom((length / 4) * 3);
    const [bytes, out] = [this.#bytes, this.#decoded];
    const end = begin + length;
    const pads = length === 0 || bytes[end - 1] !== PAD ? 0 : bytes[end - 2] === PAD ? 2 : 1;
    const from = this.#filled;
    let to = from;
    let wrong = 0;
    const whole = pads > 0 ? end - 4 : end;
    for (let i = begin; i < whole; i += 4) {
      const bits =
        (FIRST[bytes[i] as number] as number) |
        (SECOND[bytes[i + 1] as number] as number) |
        (THIRD[bytes[i + 2] as number] as number) |
        (FOURTH[bytes[i + 3] as number] as number);
      wrong |= bits;
      out[to] = bits >> 16;
      out[to + 1] = bits >> 8;
      out[to + 2] = bits;
      to += 3;
    }
    if (pads > 0) {
      const bits =
        (FIRST[bytes[whole] as number] as number) |
        (SECOND[bytes[whole + 1] as number] as number) |
        (pads === 2 ? 0 : (THIRD[bytes[whole + 2] as number] as number));
      const spare = bits & (pads === 2 ? 0xffff : 0xff);
      wrong |= spare === 0 ? bits : INVALID;
      out[to++] = bits >> 16;
      if (pads === 1) out[to++] = bits >> 8;
    }
    if (wrong >= INVALID) return null;
    this.#filled = to;
    return out.subarray(from, to);
  }

  #parsed(what: string, begin: number): Json {
    try {
      const text = strictUtf8.decode(this.#bytes.subarray(begin, this.#at));
      const value = JSON.parse(text) as Json;
      if (canonicalJson(value) === text) return value;
    } catch {
      // It is no canonical JSON.
    }
    return this.#wrong(`${what} in canonical JSON`, begin);
  }

  /** Any value, no deeper than `depth`. */
  json(what: string, depth: number): Json {
    const begin = this.#at;
    let open = 0;
    do {
      const byte = this.#bytes[this.#at];
      if (byte === undefined || open > depth) this.#wrong(what, begin);
      if (byte === QUOTE) this.#quoted(what, this.#bytes.length);
      else {
        if (byte === 0x7b || byte === 0x5b) open += 1;
        if (byte === 0x7d || byte === 0x5d) open -= 1;
        this.#at += 1;
      }
    } while (open > 0);
    return this.#parsed(what, begin);
  }
}
