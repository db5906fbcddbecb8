import { screen, waitFor } from '@testing-library/svelte';
import { expect } from 'vitest';

/** Waits until the window is whole: what is beside the days is built behind the first picture. */
export async function built(): Promise<void> {
  await waitFor(() => expect(screen.getByTestId('screen').dataset.opening).toBeUndefined());
}
