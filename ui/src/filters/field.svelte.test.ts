import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeClient, type FakeClient } from '../ipc/fake';
import { ZONE } from '../ipc/fake-data';
import { FilterField } from './field.svelte';

describe('FilterField', () => {
  let client: FakeClient;
  let applied: string[];
  let field: FilterField;

  beforeEach(() => {
    client = fakeClient();
    applied = [];
    field = new FilterField(
      client,
      () => ZONE,
      '',
      (text) => applied.push(text),
    );
  });
  afterEach(() => field.adopt(''));

  const typed = async (text: string): Promise<void> => {
    const asked = client.calls.length;
    field.type(text, text.length);
    await vi.waitFor(() => expect(client.calls.length).toBeGreaterThan(asked));
    await Promise.resolve();
    await Promise.resolve();
  };

  test('a text that can be read comes into force, one that cannot changes nothing', async () => {
    await typed('importance:high');
    await vi.waitFor(() => expect(applied).toEqual(['importance:high']));
    await typed('importance:hihg');
    await vi.waitFor(() => expect(field.problem?.suggestion).toBe('importance:low'));
    expect(applied).toEqual(['importance:high']);
    field.mend();
    await vi.waitFor(() => expect(applied.at(-1)).toBe('importance:low'));
    expect(field.problem).toBeNull();
  });

  test('a word that may become a key waits until it is none', async () => {
    await typed('cat');
    await vi.waitFor(() =>
      expect(field.completions.map((one) => one.label)).toEqual(['category:']),
    );
    expect(applied).toEqual([]);
    field.close();
    expect(applied).toEqual(['cat']);
  });

  test('a completion takes the place of what was typed, and the cursor stands behind it', async () => {
    await typed('cat');
    await vi.waitFor(() => expect(field.completions).toHaveLength(1));
    field.move(1);
    const offered = field.completions[field.chosen];
    if (offered === undefined) throw new Error('nothing offered');
    expect(field.complete(offered)).toBe('category:'.length);
    await vi.waitFor(() => expect(field.completions.map((one) => one.label)).toContain('Client A'));
  });

  test('what was offered for an older text is not taken', async () => {
    await typed('cat');
    await vi.waitFor(() => expect(field.completions).toHaveLength(1));
    const [offered] = field.completions;
    if (offered === undefined) throw new Error('nothing offered');
    field.type('stand cat', 9);
    field.move(1);
    expect(field.chosen).toBe(-1);
    expect(field.complete(offered)).toBeNull();
    expect(field.text).toBe('stand cat');
  });

  test('who types fast is read once', async () => {
    for (const text of ['i', 'im', 'imp']) field.type(text, text.length);
    await vi.waitFor(() => expect(client.calls).toHaveLength(1));
    expect(client.calls[0]?.args[0]).toBe('imp');
  });

  test('what cannot be read is cleared too, and what has not been read yet', async () => {
    await typed('importance:hihg');
    await vi.waitFor(() => expect(field.problem).not.toBeNull());
    field.clear();
    expect([field.text, field.problem]).toEqual(['', null]);
    vi.useFakeTimers();
    const asked = client.calls.length;
    field.type('stand', 5);
    field.clear();
    vi.runAllTimers();
    vi.useRealTimers();
    expect(client.calls).toHaveLength(asked);
    expect(applied).toEqual(['', '']);
  });

  test('who asks for a text that the engine does not read gets the days that say why', async () => {
    client.fail('readFilter', { code: 'internal', message: 'No answer.' });
    await typed('stand');
    expect(applied).toEqual([]);
    field.submit();
    await vi.waitFor(() => expect(applied).toEqual(['stand']));
  });

  test('the keyboard walks the offers in a circle', async () => {
    await typed('i');
    await vi.waitFor(() => expect(field.completions.length).toBe(2));
    field.move(-1);
    expect(field.chosen).toBe(1);
    field.move(1);
    expect(field.chosen).toBe(0);
  });
});
