/** What happens once something is on screen. */

/** Does it so many animation frames later; the answer gives that up. */
export function afterFrames(frames: number, work: () => void): () => void {
  let frame = 0;
  const next = (left: number): void => {
    if (left === 0) work();
    else frame = requestAnimationFrame(() => next(left - 1));
  };
  next(frames);
  return () => cancelAnimationFrame(frame);
}

/**
 * Tells once that the first week with its events is on screen: two animation frames after the
 * change that rendered it, when the picture has been handed to the compositor.
 */
export function tellWhenPainted(tell: (count: number) => unknown): (count: number) => void {
  let told = false;
  return (count) => {
    if (told) return;
    told = true;
    afterFrames(2, () => void tell(count));
  };
}
