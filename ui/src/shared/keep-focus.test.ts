import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepFocus } from './keep-focus';

let stop = (): void => {};
beforeEach(() => {
  document.body.innerHTML = `
    <nav><button id="first">first</button></nav>
    <main>
      <div id="grid" role="grid">
        <div id="monday"><button id="day" tabindex="-1">day</button><button id="event">event</button></div>
        <div><button id="stop">stop</button></div>
      </div>
    </main>`;
  stop = keepFocus();
});
afterEach(() => {
  stop();
  document.body.innerHTML = '';
});

const the = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no ${id}`);
  return found;
};
const comesTo = (id: string): Promise<void> =>
  vi.waitFor(() => expect(document.activeElement?.id).toBe(id));
const over = (html: string): HTMLElement => {
  document.body.insertAdjacentHTML('beforeend', html);
  const [button] = Array.from(document.querySelectorAll<HTMLElement>('#over button'));
  button?.focus();
  return the('over');
};

test('what goes leaves the focus to the nearest stop of the Tab key', async () => {
  the('event').focus();
  the('event').remove();
  await comesTo('stop');
});

test('what passes gives the focus back to where it was', async () => {
  the('event').focus();
  over('<dialog open id="over"><button>OK</button></dialog>').remove();
  await comesTo('event');
});

test('and to the days where it was nowhere, or where that has gone as well', async () => {
  over('<div role="status" id="over"><button>Dismiss</button></div>').remove();
  await comesTo('event');
  const dialog = over('<dialog open id="over"><button>OK</button></dialog>');
  the('event').remove();
  dialog.remove();
  await comesTo('stop');
});

test('within what stays open the focus stays', async () => {
  the('event').focus();
  const dialog = over(
    '<dialog open id="over"><button>Again</button><button id="close">Close</button></dialog>',
  );
  dialog.querySelector('button')?.remove();
  await comesTo('close');
});

test('who clicks beside everything is left alone', async () => {
  the('event').focus();
  the('event').blur();
  document.body.dispatchEvent(new Event('pointerup', { bubbles: true }));
  the('event').remove();
  await new Promise((next) => requestAnimationFrame(next));
  await new Promise((next) => requestAnimationFrame(next));
  expect(document.activeElement).toBe(document.body);
});
