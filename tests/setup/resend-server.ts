import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export type ResendRequest = {
  key: string | null;
  authorization: string | null;
  body: { from: string; to: string; subject: string; html: string; text: string };
};
type Reply = { status: number; body?: unknown } | "hang";

/** A stand-in for Resend on this machine: it answers as told, in order, then accepts; the same key gives the same id. */
export class ResendServer {
  readonly requests: ResendRequest[] = [];
  /** Messages as their receivers see them: one a key. */
  readonly delivered = new Map<string, ResendRequest>();
  #replies: Reply[] = [];
  readonly #byKey = new Map<string, Reply>();
  #server: Server | undefined;

  /** The next answers; after them every message is accepted. */
  answer(...replies: Reply[]): void {
    this.#replies = replies;
  }

  /** The next answer to the message with that key. */
  answerFor(key: string, reply: Reply): void {
    this.#byKey.set(key, reply);
  }

  async start(): Promise<string> {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const key = request.headers["idempotency-key"];
        const seen: ResendRequest = {
          key: typeof key === "string" ? key : null,
          authorization: request.headers.authorization ?? null,
          body: JSON.parse(Buffer.concat(chunks).toString("utf8")),
        };
        this.requests.push(seen);
        const told = this.#byKey.get(seen.key ?? "");
        this.#byKey.delete(seen.key ?? "");
        const reply = told ?? this.#replies.shift() ?? { status: 200 };
        if (reply === "hang" || reply.status === 200)
          this.delivered.set(seen.key ?? `none-${this.requests.length}`, seen);
        if (reply === "hang") return;
        response.writeHead(reply.status, { "content-type": "application/json" });
        response.end(JSON.stringify(reply.body ?? { id: `id-of-${seen.key}` }));
      });
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}

/** How Resend says what went wrong. */
export const resendError = (status: number, name: string) => ({
  status,
  body: { statusCode: status, name, message: "told by the test" },
});
