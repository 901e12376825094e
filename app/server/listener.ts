import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { PlainError } from "~/lib/plain-error";
import { plainPage } from "./plain-page";

const HEADERS_TIMEOUT_MS = 20_000;
const REQUEST_TIMEOUT_MS = 60_000;
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const SOCKET_TIMEOUT_MS = 120_000;
const DRAIN_MS = 10_000;

type Handler = (req: IncomingMessage, res: ServerResponse) => void;

/** The listening socket of the site, held from the first moment of a start. */
export type Listener = {
  server: Server;
  port: number;
  /** Hands all further requests to the application. */
  serve(handler: Handler): void;
  /** Takes no new connections, lets requests in flight finish (10 s at most), then closes. */
  close(): Promise<void>;
  /** Ends every connection at once. */
  hurry(): void;
};

const starting: Handler = (req, res) => {
  res.setHeader("cache-control", "no-store");
  if (req.url === "/healthz") {
    res.setHeader("content-type", "application/json").end('{"status":"ok"}');
    return;
  }
  res.statusCode = 503;
  res.setHeader("retry-after", "2");
  res.setHeader("connection", "close");
  if (req.url === "/readyz") {
    res
      .setHeader("content-type", "application/json")
      .end('{"status":"not ready","wrong":{"start":"is not done yet"}}');
    return;
  }
  res.setHeader("content-type", "text/html; charset=utf-8");
  res.setHeader("content-security-policy", "default-src 'none'");
  res.end(plainPage("Belay is starting", "Reload this page in a few seconds."));
};

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === "EADDRINUSE") {
    return new PlainError(
      `Port ${port} is taken by another program. Stop it, or choose another: PORT=${port + 1} npm start`,
    );
  }
  if (error.code === "EACCES") {
    return new PlainError(
      `Port ${port} may not be opened by this user. Choose one above 1023: PORT=3000 npm start`,
    );
  }
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
    return new PlainError(
      `HOST=${host} is not an address of this machine. Use 127.0.0.1, or 0.0.0.0 for all of them.`,
    );
  }
  return error;
}

/**
 * Opens the port before the slow work of a start; until `serve` everything but /healthz is answered 503.
 * Throws `PlainError` when the port or the address cannot be had.
 */
export async function listen(host: string, port: number): Promise<Listener> {
  let handler = starting;
  let closing = false;
  const server = createServer((req, res) => {
    if (closing) res.setHeader("connection", "close");
    handler(req, res);
  });
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
  server.setTimeout(SOCKET_TIMEOUT_MS);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
  return {
    server,
    port: (server.address() as AddressInfo).port,
    serve: (next) => {
      handler = next;
    },
    close: () =>
      new Promise<void>((resolve) => {
        closing = true;
        const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
        // A connection kept alive falls idle only after the answer in flight.
        const sweep = setInterval(() => server.closeIdleConnections(), 100);
        server.close(() => {
          clearTimeout(deadline);
          clearInterval(sweep);
          resolve();
        });
      }),
    hurry: () => server.closeAllConnections(),
  };
}
