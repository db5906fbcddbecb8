import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const UI = join(import.meta.dirname, '../..');

/** What is evaluated before the first `await` of a module: it and what it imports statically. */
function evaluatedWith(entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  if (!entry.endsWith('.ts')) return seen;
  for (const statement of parsed(entry).statements) {
    if (!ts.isImportDeclaration(statement) || statement.importClause?.isTypeOnly === true) continue;
    const { text } = statement.moduleSpecifier as ts.StringLiteral;
    if (!text.startsWith('.')) continue;
    const path = join(dirname(entry), text);
    const found = [path, `${path}.ts`, join(path, 'index.ts')].find(
      (one) => /\.\w+$/.test(one) && existsSync(join(UI, one)),
    );
    if (found !== undefined) evaluatedWith(found, seen);
  }
  return seen;
}

/** Whether a module says something while it is evaluated, and not only when it is asked. */
function speaksAtOnce(path: string): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isFunctionLike(node)) return false;
    if (ts.isCallExpression(node) && node.expression.getText() === 't') return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return visit(parsed(path));
}

function parsed(path: string): ts.SourceFile {
  const source = readFileSync(join(UI, path), 'utf8');
  return ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
}

// What is evaluated earlier would stay English for good.
test.each(['src/main.ts', 'scenes/main.ts'])(
  'nothing that %s needs to choose the language has spoken already',
  (entry) => {
    const modules = [...evaluatedWith(entry)];
    expect(modules).toContain('src/words/t.ts');
    expect(modules.filter((path) => path.endsWith('.svelte'))).toEqual([]);
    expect(modules.filter((path) => path.endsWith('.ts') && speaksAtOnce(path))).toEqual([]);
  },
);

test('a module with plain words would be noticed', () => {
  expect(speaksAtOnce('src/words/nav.ts')).toBe(true);
  expect(speaksAtOnce('src/words/failure.ts')).toBe(false);
});
