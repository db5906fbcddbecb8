import { cleanup, configure } from '@testing-library/svelte';
import { afterEach } from 'vitest';
import { speak } from './words/t';

// How long something may take before it counts as never. A test that passes does not wait for
// it, and a machine that compiles beside it is no failure.
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);

await speak('en');
