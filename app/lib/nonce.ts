import { createContext, useContext } from "react";

/** The nonce of this response's Content-Security-Policy; empty in the browser, which hides it from scripts. */
export const NonceContext = createContext("");

/** The nonce to put on inline scripts while the page is rendered on the server. */
export const useNonce = (): string => useContext(NonceContext);
