import { expect, test } from 'vitest';
import { initials } from './initials';

test.each([
  ['Grace Hopper', 'GH'],
  ['Ada', 'A'],
  ['margaret.h@contoso.com', 'MH'],
  ['Åsa Öberg Lind', 'ÅL'],
  ['Room 4A', 'RA'],
  ['1234', ''],
  ['', ''],
])('%s becomes %s', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
