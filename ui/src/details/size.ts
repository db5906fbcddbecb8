/** The size of an attachment as text. Pure. */
import { words } from '../words';

/** What is larger crosses to the window as this number. */
const MOST = 2_147_483_647;

/** "312 bytes", "24 KB", "1.4 MB"; in steps of 1,024, as file managers count. */
export function sizeText(bytes: number): string {
  if (bytes >= MOST) return words.size.overGigabytes(2);
  if (bytes < 1024) return words.size.bytes(bytes);
  const { kilobytes, megabytes, gigabytes } = words.size;
  const units = [kilobytes, megabytes, gigabytes];
  let size = bytes;
  let unit = -1;
  // 1,023.6 would be rounded to 1,024.
  while (Math.round(size) >= 1024) {
    size /= 1024;
    unit += 1;
  }
  const shown = unit > 0 && size < 10 ? Math.round(size * 10) / 10 : Math.round(size);
  return (units[unit] ?? gigabytes)(shown);
}
