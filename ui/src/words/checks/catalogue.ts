/** What stands in a catalogue file, and what the modules of `words/` ask of it. For the tests. */
import { FluentResource } from '@fluent/bundle';
import ts from 'typescript';

/** A message, and the arguments that it uses in any of its forms. */
export interface Entry {
  id: string;
  args: string[];
}

/** The messages of a file, and the lines that the parser passed over as junk. */
export function entriesOf(text: string): { entries: Entry[]; junk: string[] } {
  const entries = new FluentResource(text).body.map((message) => ({
    id: message.id,
    args: [...variablesIn(message.value)].sort(),
  }));
  const known = new Set(entries.map(({ id }) => id));
  const junk = text.split('\n').filter((line) => {
    const id = /^(-?[A-Za-z][\w-]*) *=/.exec(line)?.[1];
    return id === undefined ? !/^(#.*|[ }].*|)$/.test(line) : !known.has(id);
  });
  return { entries, junk };
}

function variablesIn(node: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(node)) node.forEach((one) => variablesIn(one, found));
  else if (typeof node === 'object' && node !== null) {
    const { type, name } = node as { type?: unknown; name?: unknown };
    if (type === 'var' && typeof name === 'string') found.add(name);
    else Object.values(node).forEach((one) => variablesIn(one, found));
  }
  return found;
}

/** The calls of `t` in a module; an id that is not written out is `null`. */
export function callsIn(source: string): { id: string | null; args: string[] }[] {
  const calls: { id: string | null; args: string[] }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const [id, args] = node.arguments;
      if (node.expression.text === 't') {
        calls.push({
          id: id !== undefined && ts.isStringLiteral(id) ? id.text : null,
          args: args === undefined ? [] : namesIn(args),
        });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('module.ts', source, ts.ScriptTarget.Latest));
  return calls;
}

function namesIn(args: ts.Expression): string[] {
  if (!ts.isObjectLiteralExpression(args)) return ['written out'];
  return args.properties
    .map((property) =>
      property.name !== undefined && ts.isIdentifier(property.name) ? property.name.text : '?',
    )
    .sort();
}
