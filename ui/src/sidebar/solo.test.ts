import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAlone, planSolo, type Solo, type SoloPlan } from './solo';

interface One {
  id: string;
  isVisible: boolean;
}

const of = (visible: string, hidden = ''): One[] => [
  ...[...visible].map((id) => ({ id, isVisible: true })),
  ...[...hidden].map((id) => ({ id, isVisible: false })),
];
const after = (calendars: readonly One[], { show, hide }: SoloPlan): One[] =>
  calendars.map((one) => ({
    ...one,
    isVisible: show.includes(one.id) || (one.isVisible && !hide.includes(one.id)),
  }));
const visible = (calendars: readonly One[]): string =>
  calendars
    .filter((one) => one.isVisible)
    .map((one) => one.id)
    .sort()
    .join('');
const press = (
  calendars: readonly One[],
  ids: string,
  solo: Solo | null,
): { calendars: One[]; solo: Solo | null } => {
  const plan = planSolo(calendars, new Set(ids), solo);
  return { calendars: after(calendars, plan), solo: plan.solo };
};

test('alone, and again brings back what was shown', () => {
  const once = press(of('abc', 'd'), 'b', null);
  expect(visible(once.calendars)).toBe('b');
  const twice = press(once.calendars, 'b', once.solo);
  expect(visible(twice.calendars)).toBe('abc');
  expect(twice.solo).toBeNull();
});

test('from one alone to another, the way back leads to before both', () => {
  const first = press(of('abc'), 'a', null);
  const second = press(first.calendars, 'b', first.solo);
  expect(visible(second.calendars)).toBe('b');
  expect(visible(press(second.calendars, 'b', second.solo).calendars)).toBe('abc');
});

test('what was switched by hand since is what counts', () => {
  const first = press(of('abc'), 'a', null);
  const byHand = first.calendars.map((one) => (one.id === 'b' ? { ...one, isVisible: true } : one));
  const second = press(byHand, 'c', first.solo);
  expect(visible(press(second.calendars, 'c', second.solo).calendars)).toBe('ab');
});

test('a calendar that is hidden comes alone too', () => {
  expect(visible(press(of('ab', 'c'), 'c', null).calendars)).toBe('c');
});

test('where nothing is known of before, all are shown', () => {
  expect(visible(press(of('a', 'bc'), 'a', null).calendars)).toBe('abc');
});

test('a group comes alone as one', () => {
  const once = press(of('abcd'), 'bd', null);
  expect(visible(once.calendars)).toBe('bd');
  expect(isAlone(once.calendars, new Set('bd'))).toBe(true);
  expect(isAlone(once.calendars, new Set('b'))).toBe(false);
});

test('pressing twice leaves what was there, whatever that was', () => {
  const any = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { minLength: 2 }).chain((ids) =>
    fc.record({
      calendars: fc.tuple(...ids.map((id) => fc.boolean().map((isVisible) => ({ id, isVisible })))),
      which: fc.constantFrom(...ids),
    }),
  );
  fc.assert(
    fc.property(any, ({ calendars, which }) => {
      const shown = visible(calendars);
      fc.pre(shown !== '' && shown !== which);
      const once = press(calendars, which, null);
      expect(visible(once.calendars)).toBe(which);
      expect(visible(press(once.calendars, which, once.solo).calendars)).toBe(shown);
    }),
  );
});
