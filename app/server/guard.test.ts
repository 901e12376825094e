import { describe, expect, it } from "vitest";
import { type GuardedRequest, refuseForeign } from "./guard";

const home = { appUrl: "http://localhost:3000", production: false };
const public_ = { appUrl: "https://belay.example", production: true };
const post: GuardedRequest = { method: "POST", path: "/wallet", host: "belay.example" };

describe("reading", () => {
  it.each(["GET", "HEAD", "OPTIONS"])("%s passes whatever it says of its source", (method) => {
    expect(
      refuseForeign(
        { method, path: "/", origin: "https://evil.example", secFetchSite: "cross-site" },
        public_,
      ),
    ).toBeNull();
  });
});

describe("writing in production", () => {
  it.each([
    ["our origin", { origin: "https://belay.example" }, null],
    [
      "our origin, same site",
      { origin: "https://belay.example", secFetchSite: "same-origin" },
      null,
    ],
    ["no origin, same-origin", { secFetchSite: "same-origin" }, null],
    ["no origin, by the person's own hand", { secFetchSite: "none" }, null],
    ["neither header", {}, "unknown_source"],
    ["another origin", { origin: "https://evil.example" }, "foreign_origin"],
    [
      "another origin, claiming to be the same",
      { origin: "https://evil.example", secFetchSite: "same-origin" },
      "foreign_origin",
    ],
    ["an opaque origin", { origin: "null" }, "foreign_origin"],
    ["our name without TLS", { origin: "http://belay.example" }, "foreign_origin"],
    ["our name at another port", { origin: "https://belay.example:8443" }, "foreign_origin"],
    ["a longer name", { origin: "https://belay.example.evil.example" }, "foreign_origin"],
    [
      "a sibling site",
      { origin: "https://belay.example", secFetchSite: "same-site" },
      "foreign_site",
    ],
    ["another site without origin", { secFetchSite: "cross-site" }, "foreign_site"],
  ] as const)("%s", (_name, headers, expected) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"]) {
      expect(refuseForeign({ ...post, ...headers, method }, public_)).toBe(expected);
    }
  });

  it("lets mailboxes stop mail on their own, there and nowhere else", () => {
    const request = { method: "POST", host: "belay.example" };
    expect(refuseForeign({ ...request, path: "/unsubscribe" }, public_)).toBeNull();
    for (const path of ["/unsubscribe/", "/unsubscribe/x", "/account/mail"])
      expect(refuseForeign({ ...request, path }, public_)).toBe("unknown_source");
  });

  it("does not believe the Host header", () => {
    const request = { ...post, host: "evil.example", origin: "http://evil.example" };
    expect(refuseForeign(request, public_)).toBe("foreign_origin");
  });
});

describe("writing at home", () => {
  it.each([
    ["localhost:3000", "http://localhost:3000", null],
    ["127.0.0.1:3000", "http://127.0.0.1:3000", null],
    ["LOCALHOST:3000", "http://localhost:3000", null],
    ["192.168.1.5:3000", "http://192.168.1.5:3000", null],
    ["127.0.0.1:3000", "http://127.0.0.1:4000", "foreign_origin"],
    ["127.0.0.1:3000", "https://evil.example", "foreign_origin"],
    ["not a host", "http://evil.example", "foreign_origin"],
  ])("reached as %s, sent from %s", (host, origin, expected) => {
    expect(refuseForeign({ method: "POST", path: "/", host, origin }, home)).toBe(expected);
  });
});
