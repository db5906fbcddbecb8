/** Where the bars of a chart stand. Pure, in the units of its picture. */

/** A rectangle; `index` says of which value. */
export interface Bar {
  index: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Size {
  width: number;
  height: number;
  /** Between two bars. */
  gap: number;
}

/** A value that is there is seen, however small it is beside the others. */
const LEAST = 2;
const STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** A round number that no value is above, and not far above the greatest. */
export function roundMost(values: readonly number[]): number {
  const most = Math.max(1, ...values);
  const power = 10 ** Math.floor(Math.log10(most));
  return (STEPS.find((step) => step * power >= most) ?? 10) * power;
}

/** One bar for each value that is neither absent nor zero, from the bottom up. */
export function barsOf(values: readonly (number | null)[], size: Size, most: number): Bar[] {
  return values.flatMap((value, index) => {
    if (value === null || value <= 0) return [];
    const height = heightOf(value, most, size.height);
    return [{ index, ...column(index, values.length, size), y: size.height - height, height }];
  });
}

/** Two bars on each other; the lower one is part of the whole. */
export interface Stack {
  index: number;
  part: Bar | null;
  rest: Bar | null;
}

/** A stack for each whole that is not zero. A part never reaches over its whole. */
export function stacksOf(
  values: readonly { whole: number; part: number }[],
  size: Size,
  most: number,
): Stack[] {
  return values.flatMap(({ whole, part }, index) => {
    if (whole <= 0) return [];
    const place = { index, ...column(index, values.length, size) };
    const tall = heightOf(whole, most, size.height);
    const low = part <= 0 ? 0 : part >= whole ? tall : Math.min(tall, (tall * part) / whole);
    const bar = (y: number, height: number): Bar | null =>
      height <= 0 ? null : { ...place, y, height };
    return [
      { index, part: bar(size.height - low, low), rest: bar(size.height - tall, tall - low) },
    ];
  });
}

/** The length of a bar beside others, 0 to 100. */
export function share(value: number, most: number): number {
  return most <= 0 || value <= 0 ? 0 : Math.min(100, Math.max(1, (value / most) * 100));
}

/** Where the greatest value stands, the first of several; `null` if there is none above zero. */
export function greatest(values: readonly (number | null)[]): number | null {
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  return most === 0 ? null : values.findIndex((value) => value === most);
}

function heightOf(value: number, most: number, height: number): number {
  return Math.min(height, Math.max(LEAST, (value / most) * height));
}

function column(index: number, count: number, { width, gap }: Size): { x: number; width: number } {
  const pitch = width / count;
  return { x: index * pitch + gap / 2, width: Math.max(0.5, pitch - gap) };
}
