/** Builds the window anew, with words of another language. */
export function reloadWindow(): void {
  location.reload();
}
