import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestHandler } from "express";
import helmet from "helmet";
import onHeaders from "on-headers";

type HeaderOptions = { appUrl: string; dev: boolean };
const ONE_YEAR_S = 31_536_000;

/**
 * The security headers of every response, and `res.locals.cspNonce` for the scripts of its page. Transport
 * security only where the public address is https; development needs inline styles and a socket (Vite).
 */
export function securityHeaders({ appUrl, dev }: HeaderOptions): RequestHandler[] {
  const https = new URL(appUrl).protocol === "https:";
  const nonce = (_req: IncomingMessage, res: ServerResponse) =>
    `'nonce-${(res as ServerResponse & { locals: { cspNonce: string } }).locals.cspNonce}'`;
  return [
    (_req, res, next) => {
      res.locals.cspNonce = randomBytes(16).toString("base64");
      res.setHeader("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=()");
      // A reader who is told that nothing changed keeps the page of before, whose scripts carry the nonce of before.
      onHeaders(res, () => {
        if (res.statusCode === 304) res.removeHeader("content-security-policy");
      });
      next();
    },
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          "default-src": ["'self'"],
          "script-src": ["'self'", nonce],
          "script-src-attr": ["'none'"],
          "style-src": dev ? ["'self'", "'unsafe-inline'"] : ["'self'"],
          "img-src": ["'self'", "data:"],
          "font-src": ["'self'", "data:"],
          "connect-src": dev ? ["'self'", "ws:"] : ["'self'"],
          "form-action": ["'self'"],
          "frame-ancestors": ["'none'"],
          "base-uri": ["'none'"],
          "object-src": ["'none'"],
          ...(https ? { "upgrade-insecure-requests": [] } : {}),
        },
      },
      // Browsers send `Origin: null` with forms under no-referrer, which the guard refuses.
      referrerPolicy: { policy: "same-origin" },
      xFrameOptions: { action: "deny" },
      strictTransportSecurity: https ? { maxAge: ONE_YEAR_S, includeSubDomains: false } : false,
    }),
  ];
}
