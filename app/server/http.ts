import { existsSync } from "node:fs";
import { constants } from "node:zlib";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, {
  type Request as Asked,
  type ErrorRequestHandler,
  type Express,
  type RequestHandler,
  type Response,
} from "express";
import onHeaders from "on-headers";
import type { Logger } from "pino";
import type { Env } from "~/env.server";
import { READ_ONLY } from "~/features/public-api/serve-api.server";
import { type Problem, problemAnswer } from "~/lib/open-answer.server";
import { limitBody } from "./body-limit";
import { refuseForeign } from "./guard";
import { securityHeaders } from "./headers";
import { keepPages } from "./kept-pages";
import { plainPage } from "./plain-page";
import { requestLog } from "./request-log";

/** Forms with a file; a document may have 10 MB. */
const MAX_UPLOAD_BYTES = 12_000_000;
/** Forms without: the longest that ours can hold, every sign written in its longest way, is under this. */
const MAX_FORM_BYTES = 2_000_000;
const FORWARDED = [
  "forwarded",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-prefix",
  "x-forwarded-proto",
  "x-forwarded-scheme",
  "x-forwarded-server",
  "x-real-ip",
];

/** One thing that must hold for the site to serve: null when it does, otherwise what is wrong, without secrets. */
export type ReadinessCheck = () => Promise<string | null>;

export type AppOptions = {
  env: Pick<Env, "appUrl" | "production" | "TRUST_PROXY">;
  logger: Logger;
  /** The Remix build: loaded once, or by Vite at each request in development. */
  build: ServerBuild | (() => Promise<ServerBuild>);
  readiness: Record<"database" | "migrations" | "worker" | "log", ReadinessCheck>;
  /** Where `build/client` and `public` are. */
  clientDirectory: string;
  publicDirectory: string;
  /** Tells what public pages stand on (`getPublicVersion`): with it visitors' pages are kept in memory. Not in development. */
  publicVersion?: () => Promise<string>;
  /** Vite's middleware: development only. */
  vite?: RequestHandler;
};

/**
 * Nothing that a client claims about host or scheme reaches the routes: in production the request is
 * told under the public address. X-Forwarded-For counts only behind the configured number of proxies.
 */
function settleIdentity({ env }: AppOptions): RequestHandler {
  const own = new URL(env.appUrl);
  return (req, res, next) => {
    for (const name of FORWARDED) delete req.headers[name];
    if (env.TRUST_PROXY === 0) delete req.headers["x-forwarded-for"];
    if (env.production) {
      req.headers.host = own.host;
      Object.defineProperty(req, "protocol", { value: own.protocol.slice(0, -1) });
    } else if (!req.headers.host || !URL.canParse(`http://${req.headers.host}`)) {
      res
        .status(400)
        .type("html")
        .send(plainPage("Not understood", "The request does not say which site it is for."));
      return;
    }
    next();
  };
}

function guard({ env, logger }: AppOptions): RequestHandler {
  const header = (req: Asked, name: string) => {
    const value = req.headers[name];
    return Array.isArray(value) ? value.join(",") : value;
  };
  return (req, res, next) => {
    const refusal = refuseForeign(
      {
        method: req.method,
        path: req.path,
        origin: header(req, "origin"),
        secFetchSite: header(req, "sec-fetch-site"),
        host: req.headers.host,
      },
      env,
    );
    if (!refusal) return next();
    logger.warn({ requestId: req.id, reason: refusal }, "request refused by the guard");
    if (req.path.startsWith("/api/v1/")) return void sendProblem(res, READ_ONLY).catch(next);
    const message = `This was not sent from a page of this site, so nothing was done. Open ${env.appUrl} and send it again from there.`;
    res.status(403).type("html").send(plainPage("Not accepted", message));
  };
}

/** Programs are told what is wrong in the form that they read (RFC 9457): nothing can be written where they are. */
async function sendProblem(res: Response, problem: Problem): Promise<void> {
  const allow = { allow: "GET, HEAD, OPTIONS" };
  const answer = problemAnswer(new Request("http://localhost/"), problem, allow);
  for (const [name, value] of answer.headers) res.setHeader(name, value);
  res.status(answer.status).end(await answer.text());
}

/** Addresses that no route could read: broken percent signs in the path, or NUL, which the database cannot hold. */
const refuseUnreadable: RequestHandler = (req, res, next) => {
  if (isReadable(req.path) && !req.url.includes("%00")) return next();
  res
    .status(400)
    .type("html")
    .send(plainPage("Not understood", "That address is not one that this site knows."));
};

function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function limitBodies(): RequestHandler {
  const uploads = limitBody(MAX_UPLOAD_BYTES);
  const forms = limitBody(MAX_FORM_BYTES);
  return (req, res, next) => {
    const multipart = /^\s*multipart\/form-data\b/i.test(req.headers["content-type"] ?? "");
    (multipart ? uploads : forms)(req, res, next);
  };
}

/** Pages know who looks: no shared cache keeps them, unless a route says otherwise. */
const keepPrivate: RequestHandler = (_req, res, next) => {
  onHeaders(res, () => {
    if (!res.hasHeader("cache-control")) res.setHeader("cache-control", "private, no-cache");
  });
  next();
};

/** Headers of which an answer may have several. */
const MANY = new Set(["set-cookie", "vary"]);

/** What a route says of a header stands in the place of what was said of it before, not beside it. */
const letRoutesDecide: RequestHandler = (_req, res, next) => {
  const append = res.append.bind(res);
  res.append = (name, value) =>
    MANY.has(name.toLowerCase()) ? append(name, value) : res.setHeader(name, value ?? "");
  next();
};

function health(app: Express, readiness: AppOptions["readiness"]): void {
  app.get("/healthz", (_req, res) => {
    res.set("cache-control", "no-store").json({ status: "ok" });
  });
  app.get("/readyz", async (_req, res) => {
    const results = await Promise.all(
      Object.entries(readiness).map(async ([name, check]) => {
        try {
          return [name, await check()] as const;
        } catch {
          return [name, "does not answer"] as const;
        }
      }),
    );
    const wrong = Object.fromEntries(results.filter(([, problem]) => problem !== null));
    const ready = Object.keys(wrong).length === 0;
    res
      .set("cache-control", "no-store")
      .status(ready ? 200 : 503)
      .json(ready ? { status: "ready" } : { status: "not ready", wrong });
  });
}

/** To whoever takes Brotli goes the file that the build compressed, which is smaller than a server could make it in time. */
function sendCompressed(assets: string): RequestHandler {
  return (req, res, next) => {
    const name = /^\/([\w.-]+\.(js|css))$/.exec(req.path);
    if (!name || !req.acceptsEncodings("br") || !existsSync(`${assets}/${name[1]}.br`))
      return next();
    res
      .type(name[2] ?? "")
      .set("content-encoding", "br")
      .vary("accept-encoding");
    req.url = `${req.path}.br`;
    next();
  };
}

function staticFiles(app: Express, options: AppOptions): void {
  const hour = { maxAge: "1h", index: false, redirect: false } as const;
  const assets = `${options.clientDirectory}/assets`;
  const year = { immutable: true, maxAge: "1y", index: false, redirect: false } as const;
  app.use("/assets", sendCompressed(assets), express.static(assets, year), (_req, res) => {
    res.status(404).type("text").send("Not found\n");
  });
  app.use(express.static(options.clientDirectory, hour));
  app.use(express.static(options.publicDirectory, hour));
}

/** The last resort: answers plainly and logs without personal data. */
function lastResort(logger: Logger): ErrorRequestHandler {
  return (error: Error & { status?: number }, req, res, _next) => {
    const status =
      error.status !== undefined && error.status >= 400 && error.status < 500 ? error.status : 500;
    if (status === 500 && !req.destroyed)
      logger.error({ requestId: req.id, err: error }, "unexpected error");
    if (res.headersSent) {
      res.destroy();
      return;
    }
    const page =
      status === 500
        ? plainPage(
            "Something went wrong",
            `Nothing you typed was changed. Try again; if it stays, tell us this number: ${req.id}.`,
          )
        : plainPage("Not understood", "That address or request is not one that this site knows.");
    res.status(status).type("html").send(page);
  };
}

/**
 * The web server's application: request ids, logs, security headers, health, the guard on everything that
 * is not read-only, body limits, static files, then Remix. Every route, resource routes too, is behind it.
 */
export function createApp(options: AppOptions): Express {
  const { env, logger } = options;
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", env.TRUST_PROXY);
  app.set("query parser", "simple");
  app.use(requestLog(logger));
  app.use(securityHeaders({ appUrl: env.appUrl, dev: options.vite !== undefined }));
  health(app, options.readiness);
  app.use(settleIdentity(options));
  app.use(guard(options));
  app.use(refuseUnreadable);
  app.use(limitBodies());
  app.use(compression({ brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } } }));
  if (options.vite) app.use(options.vite);
  else staticFiles(app, options);
  const { build, publicVersion: version } = options;
  if (version && typeof build !== "function") app.use(keepPages({ build, version }));
  app.use(keepPrivate, letRoutesDecide);
  app.all(
    "*",
    createRequestHandler({
      build,
      getLoadContext: (req, res) => ({
        cspNonce: res.locals.cspNonce as string,
        requestId: String(req.id),
        clientAddress: req.ip ?? "",
      }),
    }),
  );
  app.use(lastResort(logger));
  return app;
}
