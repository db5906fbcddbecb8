/** The text of files under `ui/`, by path, for the tests that read sources. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const UI = join(import.meta.dirname, '../../..');

export function filesUnder(folder: string, matches: RegExp): Record<string, string> {
  const paths = readdirSync(join(UI, folder), { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    paths
      .map((path) => join(folder, path).replaceAll('\\', '/'))
      .filter((path) => matches.test(path))
      .sort()
      .map((path) => [path, readFileSync(join(UI, path), 'utf8')]),
  );
}
