import { afterEach, expect, test } from 'vitest';
import { readFilter } from '../ipc/fake-filter';
import { filters } from './filters';
import { speak } from './t';

afterEach(() => speak('en'));

/** What the field says to a text. */
function said(text: string): string {
  const { problem } = readFilter(text, text.length, []);
  return problem === null ? '' : filters.mistake(problem.mistake, problem.word ?? '');
}

test('a mistake in a filter is said in the language of the window', async () => {
  expect(said('importance:hgih')).toBe('There is no importance “hgih”.');
  await speak('de');
  expect(said('importance:hgih')).toBe('Die Wichtigkeit „hgih“ gibt es nicht.');
  expect(said('sender:ada')).toBe('Den Schlüssel „sender“ gibt es nicht.');
  await speak('ar');
  // What was written stands isolated in its sentence.
  expect(said('has:teems')).toContain('\u2068teems\u2069');
});
