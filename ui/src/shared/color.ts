/**
 * Colours from the server keep only their hue; lightness and chroma come from the tokens in
 * app.css, so that text on them is readable in light and dark.
 */

/** A hue in degrees, and whether there is any: grey stays grey. */
export interface Hue {
  hue: number;
  chroma: 0 | 1;
}

const GREY: Hue = { hue: 0, chroma: 0 };

/** Below this OKLab chroma the eye sees grey. */
const GREY_BELOW = 0.03;

/** The OKLCH hue of `#rrggbb`; grey for anything else. */
export function hueOf(hex: string): Hue {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (match === null) return GREY;
  const [r, g, b] = [match[1], match[2], match[3]].map((part) => linear(parseInt(part ?? '0', 16)));
  const { a, b: yellow } = oklabOf(r ?? 0, g ?? 0, b ?? 0);
  if (Math.hypot(a, yellow) < GREY_BELOW) return GREY;
  const degrees = (Math.atan2(yellow, a) * 180) / Math.PI;
  return { hue: Math.round(degrees < 0 ? degrees + 360 : degrees) % 360, chroma: 1 };
}

function linear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

// Björn Ottosson, "A perceptual color space for image processing" (2020).
function oklabOf(r: number, g: number, b: number): { a: number; b: number } {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {
    a: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    b: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  };
}
