// The browser's side of the verifier, off the page's own thread: one question in, what it says out.
import { type Asked, verifyAtSite } from "./verify-at-site";

self.onmessage = ({ data }: MessageEvent<Asked>): void => {
  void verifyAtSite(data, (said) => self.postMessage(said));
};
