/**
 * Focus that goes with what had it, put as near as can be: an event that another week does not
 * have, a sheet that closes, a saved view that is deleted. Else whoever has no mouse begins again
 * at the top of the window, and a screen reader falls silent.
 *
 * In one place, since everything that comes and goes can take the focus along.
 */

/** What comes and goes over or beside the rest; the focus returns to where it was before. */
const PASSING = 'dialog, [role="dialog"], [role="menu"], [role="alert"], [role="status"]';
const STOPS = 'button, input, select, textarea, a[href], [tabindex]';
/** What takes the focus for all that is in it. */
const HOME = '[data-home]';
/** Where it goes if it was nowhere before. */
const DAYS = `main :is([role="grid"], ${HOME})`;

/** How long days that are built anew are waited for. */
const MOST_FRAMES = 60;

/** What has the focus and what that stands in, the innermost first. */
type Trail = readonly HTMLElement[];

/** Begins to keep it; the answer stops that. */
export function keepFocus(): () => void {
  let last: Trail = [];
  /** The last one outside of what passes. */
  let under: Trail = [];
  let passing: Element | null = null;
  let frame = 0;

  /** What is disabled has lost it, whenever an engine comes to say so. */
  const isLost = (): boolean => {
    const { activeElement } = document;
    return (
      activeElement === null ||
      activeElement === document.body ||
      activeElement.matches(':disabled')
    );
  };

  function onfocusin({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement)) return;
    last = trailOf(target);
    passing = target.closest(PASSING);
    if (passing === null) under = last;
  }

  /** Who clicks beside everything has left on purpose. */
  function onpointerup(): void {
    if (isLost()) last = [];
  }

  function restore(left = MOST_FRAMES): void {
    if (!isLost()) return;
    const within = passing?.isConnected === true ? passing : null;
    const trail = within === null ? under : last.filter((one) => within.contains(one));
    const near = trail.some(
      (one) => one.isConnected && focusIn(one.closest<HTMLElement>(HOME) ?? one),
    );
    const days = near ? null : document.querySelector<HTMLElement>(DAYS);
    if (days !== null) focusIn(days);
    // The days themselves are built anew, and are there in a moment.
    else if (!near && left > 0) frame = requestAnimationFrame(() => restore(left - 1));
  }

  const observer = new MutationObserver((records) => {
    const [lost] = last;
    if (lost === undefined || !records.some((record) => takes(record, lost))) return;
    cancelAnimationFrame(frame);
    // What comes in its place is measured and shown two frames later, and may have taken the focus
    // by itself.
    frame = requestAnimationFrame(() => (frame = requestAnimationFrame(() => restore())));
  });

  observer.observe(document.body, {
    childList: true,
    subtree: true,
    attributeFilter: ['disabled', 'hidden', 'inert'],
  });
  document.addEventListener('focusin', onfocusin);
  document.addEventListener('pointerup', onpointerup, { capture: true });
  return () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
    document.removeEventListener('focusin', onfocusin);
    document.removeEventListener('pointerup', onpointerup, { capture: true });
  };
}

/** Whether a change takes the element away, or from who uses it. */
function takes({ type, target, removedNodes }: MutationRecord, element: HTMLElement): boolean {
  return type === 'attributes'
    ? target.contains(element)
    : Array.from(removedNodes).some((node) => node.contains(element));
}

function trailOf(target: HTMLElement): Trail {
  const trail: HTMLElement[] = [];
  for (
    let at: HTMLElement | null = target;
    at !== null && at !== document.body;
    at = at.parentElement
  )
    trail.push(at);
  return trail;
}

/** Focuses it, or the first stop of the Tab key in it; answers whether there is one. */
function focusIn(element: HTMLElement): boolean {
  const home = element.querySelector<HTMLElement>(HOME);
  if (home !== null && focused(home)) return true;
  if (element.matches(STOPS) && focused(element)) return true;
  const stops = Array.from(element.querySelectorAll<HTMLElement>(STOPS));
  return stops.some((stop) => stop.tabIndex >= 0 && focused(stop));
}

/** What is hidden, inert or disabled does not take it; the last may seem to have it still. */
function focused(element: HTMLElement): boolean {
  if (element.matches(':disabled')) return false;
  element.focus({ preventScroll: true });
  return document.activeElement === element;
}
