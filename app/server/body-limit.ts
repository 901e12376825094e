import type { NextFunction, Request, RequestHandler, Response } from "express";
import { plainPage } from "./plain-page";

const DRAIN_MS = 10_000;
const DRAIN_FACTOR = 10;

function answerTooLarge(res: Response, limitBytes: number): void {
  if (res.headersSent) return;
  const limit = `${Math.floor(limitBytes / 1_000_000)} MB`;
  res
    .status(413)
    .type("html")
    .send(
      plainPage(
        "Too large",
        `What you sent is larger than ${limit}. Go back, choose a smaller file or shorten the text, and send it again.`,
      ),
    );
}

/**
 * A browser that is still sending when the connection closes shows an error of its own instead of ours:
 * so the rest is read and thrown away, within bounds, before the answer.
 */
function drainThenAnswer(
  req: Request,
  res: Response,
  declaredBytes: number,
  limitBytes: number,
): void {
  const answer = () => {
    clearTimeout(timer);
    answerTooLarge(res, limitBytes);
  };
  const giveUp = () => {
    res.setHeader("connection", "close");
    answer();
  };
  const timer = setTimeout(giveUp, DRAIN_MS);
  res.on("close", () => clearTimeout(timer));
  if (declaredBytes > limitBytes * DRAIN_FACTOR) giveUp();
  req.on("end", answer);
  req.resume();
}

/** Counts what the parser hands over, for bodies whose length nobody declared. */
function watchStream(req: Request, res: Response, limitBytes: number): void {
  const push = req.push.bind(req);
  let bytes = 0;
  let refused = false;
  req.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (refused) return true;
    if (chunk !== null) bytes += (chunk as Buffer).length;
    if (bytes <= limitBytes) return push(chunk, encoding);
    refused = true;
    res.setHeader("connection", "close");
    res.on("finish", () => req.destroy());
    answerTooLarge(res, limitBytes);
    return true;
  };
}

/** Refuses request bodies over the limit with 413, whether their length is declared or only turns out. */
export function limitBody(limitBytes: number): RequestHandler {
  return (req: Request, res: Response, next: NextFunction) => {
    const declared = Number(req.headers["content-length"] ?? 0);
    if (declared > limitBytes) {
      drainThenAnswer(req, res, declared, limitBytes);
      return;
    }
    if (req.headers["transfer-encoding"] !== undefined) watchStream(req, res, limitBytes);
    next();
  };
}
