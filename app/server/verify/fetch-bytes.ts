import { createReadStream } from "node:fs";
import { PlainError } from "~/lib/plain-error";

/** For the answer's first byte, and between any two pieces of it. */
const PATIENCE_MS = 60_000;
const NOT_FOUND = 404;

/** Whether what a command was given is an address. */
export const isUrl = (source: string): boolean => /^https?:\/\//i.test(source);

const reasonOf = (error: unknown): string => {
  const { message, cause } = error as Error & { cause?: Error & { code?: string } };
  return cause?.code ?? cause?.message ?? message;
};

/** The body of an answer in one piece. Refuses to wait longer than PATIENCE_MS for a piece of it. */
async function bodyOf(response: Response, onWait: () => void): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const reader = response.body?.getReader();
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    chunks.push(piece.value);
    onWait();
  }
  return Buffer.concat(chunks);
}

/** The address of the bundle, where somebody named a teacher's page. */
export function bundleUrl(source: string): string {
  const isPage =
    URL.canParse(source) && /^\/teachers\/[a-z0-9-]+\/?$/.test(new URL(source).pathname);
  return isPage ? `${source.replace(/\/?([?#].*)?$/, "")}/track-record.json` : source;
}

/** The address under the log's prefix on the server of another address. Throws PlainError where that is none. */
export function logUrl(path: string, source: string): string {
  if (!URL.canParse(source)) throw new PlainError(`${source} is no address.`);
  return new URL(`/log/${path}`, source).href;
}

/** What stands at an address; null where the server says that there is nothing. Throws PlainError where it cannot be had. */
export async function fetchIfThere(url: string): Promise<Uint8Array | null> {
  const stop = new AbortController();
  const late = () => stop.abort(new Error(`no answer in ${PATIENCE_MS / 1000} s`));
  let timer = setTimeout(late, PATIENCE_MS);
  try {
    const response = await fetch(url, { signal: stop.signal });
    if (response.status === NOT_FOUND) {
      await response.body?.cancel();
      return null;
    }
    if (!response.ok) throw new Error(`status ${response.status}`);
    return await bodyOf(response, () => {
      clearTimeout(timer);
      timer = setTimeout(late, PATIENCE_MS);
    });
  } catch (error) {
    throw new PlainError(
      `${url} cannot be fetched: ${reasonOf(error)}. Is the address right, and the server up? Try again later.`,
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
  }
}

/** The bytes of a file or of an address. Throws PlainError where they cannot be had. */
export async function readSource(source: string): Promise<Uint8Array> {
  if (isUrl(source)) {
    const bytes = await fetchIfThere(source);
    if (bytes) return bytes;
    throw new PlainError(
      `${source}: there is nothing. A bundle is at /teachers/HANDLE/track-record.json.`,
    );
  }
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of createReadStream(source)) chunks.push(chunk as Uint8Array);
    return Buffer.concat(chunks);
  } catch (error) {
    throw new PlainError(`${source} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
