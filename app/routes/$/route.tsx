import type { LoaderFunctionArgs } from "@remix-run/node";

/** Every address that no other route knows: a 404 that still knows who looks. */
export function loader(_: LoaderFunctionArgs): never {
  throw new Response("Not found", { status: 404 });
}

export const action = loader;

export default function Unknown() {
  return null;
}
