import ts from 'typescript';
import { expect, test, vi } from 'vitest';
import { filesUnder } from './checks/files';
import { codeOf } from './checks/markup';

/** Whether a module says something while it is evaluated, and not only when it is asked. */
function speaksAtOnce(source: string): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isFunctionLike(node)) return false;
    if (ts.isCallExpression(node) && node.expression.getText() === 't') return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return visit(ts.createSourceFile('module.ts', source, ts.ScriptTarget.Latest, true));
}

// Modules are there before their language is known; what they say too early would stay English.
test('no module speaks while it is evaluated', () => {
  const sources = Object.entries(filesUnder('src', /(?<!\.test)\.ts$/));
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.filter(([path, source]) => speaksAtOnce(codeOf(path, source)))).toEqual([]);
});

test('a module that speaks at once would be noticed', () => {
  expect(speaksAtOnce("const nav = { today: t('nav-today') };")).toBe(true);
  expect(speaksAtOnce("const nav = said(() => ({ today: t('nav-today') }));")).toBe(false);
});

test(
  'the program is there without a language, and reads no word of it',
  { timeout: 120_000 },
  async () => {
    vi.resetModules();
    const { default: App } = await import('../App.svelte');
    expect(App).toBeTypeOf('function');
    const { spoken, said } = await import('./t');
    expect(spoken()).toBe('en');
    // That it was not spoken yet: words still wait.
    expect(() => said(() => ({ join: '' })).join).toThrow('join was read before');
  },
);
