import { expect, test } from 'vitest';
import { sizeText } from './size';

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1,023 bytes'],
  [1024, '1 KB'],
  [24_700, '24 KB'],
  [1_048_500, '1 MB'],
  [1_500_000, '1.4 MB'],
  [157_286_400, '150 MB'],
  [2_147_483_646, '2 GB'],
  [2_147_483_647, 'over 2 GB'],
])('%i bytes are %s', (bytes, expected) => {
  expect(sizeText(bytes)).toBe(expected);
});
