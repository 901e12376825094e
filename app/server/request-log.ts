import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { type HttpLogger, pinoHttp } from "pino-http";
import { describeError } from "~/lib/logger.server";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const LOOKS_SECRET = /^(?=.*\d)[A-Za-z0-9_-]{24,}$/;

/** A path fit for the log: without its query, and without segments that could be one-time secrets or addresses. */
export function loggedPath(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? "";
  if (path.startsWith("/calendar/")) return "/calendar/[secret]";
  const segments = path.split("/").map((segment) => {
    if (/@|%40/i.test(segment)) return "[address]";
    return LOOKS_SECRET.test(segment) && !UUID.test(segment) ? "[secret]" : segment;
  });
  return segments.join("/");
}

type Answered = IncomingMessage & { originalUrl?: string; id?: unknown };

/**
 * One line a request: id, method, path, status, time. No query, cookie, header, body or address. The id is
 * made here, never taken from the client, and stands in the response's x-request-id.
 */
export function requestLog(logger: Logger): HttpLogger {
  return pinoHttp({
    logger,
    genReqId: (_req, res) => {
      const id = randomUUID();
      res.setHeader("x-request-id", id);
      return id;
    },
    quietReqLogger: true,
    wrapSerializers: false,
    serializers: {
      req: (req: Answered) => ({
        id: req.id,
        method: req.method,
        path: loggedPath(req.originalUrl ?? req.url ?? ""),
      }),
      res: (res: ServerResponse) => ({ status: res.statusCode }),
      err: describeError,
    },
    customAttributeKeys: { reqId: "requestId", responseTime: "timeMs" },
    customLogLevel: (req, res, error) => {
      if (error || res.statusCode >= 500) return "error";
      return (req.url ?? "").startsWith("/assets/") ? "debug" : "info";
    },
    customSuccessMessage: () => "request",
    customErrorMessage: () => "request failed",
  });
}
