// Proves that the type check can fail: runs both checkers over files with a known type error
// and fails if either of them is content, or fails for another reason.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ui = fileURLToPath(new URL('../../', import.meta.url));
const config = 'tests/type-error/tsconfig.json';
const checks = [
  { name: 'tsc', args: ['tsc', '--noEmit', '-p', config], expected: /wrong\.ts.*TS2322/s },
  {
    name: 'svelte-check',
    args: [
      'svelte-check',
      '--workspace',
      'tests/type-error',
      '--tsconfig',
      config.replace('tests/type-error/', './'),
    ],
    expected: /Wrong\.svelte[\s\S]*not assignable to type 'number'/,
  },
];

let failed = false;
for (const { name, args, expected } of checks) {
  const run = spawnSync('npx', ['--no-install', ...args], { cwd: ui, encoding: 'utf8' });
  const output = `${run.stdout}${run.stderr}`;
  const caught = run.status !== 0 && expected.test(output);
  console.log(`${name}: ${caught ? 'refuses the known type error' : 'did NOT refuse it'}`);
  if (!caught) {
    console.log(output);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);
