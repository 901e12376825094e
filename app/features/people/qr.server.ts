import { encode } from "uqr";

/** A QR code as one SVG path over a square of `size` units, quiet zone included. */
export type Qr = { size: number; path: string };

/** Draws a text as a QR code. */
export function drawQr(text: string): Qr {
  const { size, data } = encode(text, { ecc: "M", border: 4 });
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join("");
  return { size, path };
}
