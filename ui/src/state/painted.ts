/**
 * Tells once that the first week with its events is on screen: two animation frames after the
 * change that rendered it, when the picture has been handed to the compositor.
 */
export function tellWhenPainted(tell: (count: number) => unknown): (count: number) => void {
  let told = false;
  return (count) => {
    if (told) return;
    told = true;
    requestAnimationFrame(() => requestAnimationFrame(() => void tell(count)));
  };
}
