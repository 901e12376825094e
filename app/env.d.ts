// The import makes this file a module: without it the declaration would replace the package's types.
import "@remix-run/node";

declare module "@remix-run/node" {
  interface AppLoadContext {
    /** The nonce of this response's Content-Security-Policy. */
    cspNonce: string;
    /** Names this request in the log and in the response's x-request-id. */
    requestId: string;
    /** The address that the request came from: for limits alone, never stored or logged. */
    clientAddress: string;
    /** The page is made to be kept, for nobody in particular: whole, and not piece by piece. */
    keeping?: boolean;
  }
}
