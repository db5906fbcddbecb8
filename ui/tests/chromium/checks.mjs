// A handful of assertions whose failures name what was seen.
import assert from 'node:assert/strict';

const results = [];

/** Runs one named check and prints its result. */
export async function check(name, run) {
  const start = performance.now();
  const spent = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  try {
    await run();
    results.push(true);
    console.log(`ok    ${name} (${spent()})`);
  } catch (error) {
    results.push(false);
    console.log(
      `FAIL  ${name} (${spent()})\n      ${String(error.message).replaceAll('\n', '\n      ')}`,
    );
  }
}

/** Prints a figure beside what it may be, and fails above that. */
export function within(what, figure, most, unit = 'ms') {
  console.log(`      ${what}: ${Math.round(figure * 10) / 10} of ${most} ${unit}`);
  assert.ok(figure <= most, `${what}: ${figure} ${unit}, more than ${most}`);
}

/** Does `work` for each item, in their order, `many` at a time. */
export async function eachOf(items, many, work) {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: many }, worker));
}

/** Prints the count and gives the exit code. */
export function finish() {
  const failed = results.filter((passed) => !passed).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

export { assert };
