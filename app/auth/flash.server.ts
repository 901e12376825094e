import { createCookie, redirect, type TypedResponse } from "@remix-run/node";
import { getEnv } from "~/env.server";
import { FLASHES, type FlashKey, isFlashKey } from "~/lib/flash";
import { singleton } from "~/lib/singleton.server";

const MINUTE_S = 60;
export const FLASH_COOKIE = "belay_flash";
const getCookie = () =>
  singleton("flash", () =>
    createCookie(FLASH_COOKIE, {
      path: "/",
      httpOnly: true,
      sameSite: "lax",
      maxAge: MINUTE_S,
      secure: getEnv().appUrl.startsWith("https:"),
    }),
  );

/** Sends the browser on, to a page that says once that the action went well. */
export async function redirectSaying(to: string, key: FlashKey): Promise<TypedResponse<never>> {
  return redirect(to, { headers: { "Set-Cookie": await getCookie().serialize(key) } });
}

/** What the page is to say of the action before it, and the `Set-Cookie` value that makes it be said once; null for nothing. */
export async function takeFlash(request: Request): Promise<{ said: string; clear: string } | null> {
  const key: unknown = await getCookie().parse(request.headers.get("cookie"));
  if (!isFlashKey(key)) return null;
  return { said: FLASHES[key], clear: await getCookie().serialize("", { maxAge: 0 }) };
}
