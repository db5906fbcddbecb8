/** Text in the source of a component or a module that a person would read. For the tests. */
import { parse } from 'svelte/compiler';
import ts from 'typescript';

/** Attributes and properties of components that are shown or read out. */
const READ = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'action',
  'description',
  'doneLabel',
  'hint',
  'label',
  'message',
  'placeholder',
  'text',
  'title',
]);

interface Node {
  type: string;
  [key: string]: unknown;
}

/** Text nodes, attributes that are read, and texts in expressions of the markup. */
export function textsInMarkup(component: string): string[] {
  const { fragment } = parse(component, { modern: true });
  const found: string[] = [];
  walk(fragment as unknown as Node, 'shown', found);
  return found.map((text) => text.trim()).filter(hasWord);
}

function walk(node: Node, place: 'shown' | 'hidden', found: string[]): void {
  if (node.type === 'Comment') return;
  if (node.type === 'Text' && place === 'shown') found.push(String(node.data));
  if (node.type === 'Literal' && typeof node.value === 'string' && place === 'shown') {
    found.push(node.value);
  }
  if (node.type === 'TemplateElement' && place === 'shown') {
    found.push(String((node.value as { cooked: string }).cooked));
  }
  for (const child of childrenOf(node)) walk(child, placeOf(node, child, place), found);
}

/** Conditions, calls and comparisons take codes; what is left in a tag is text. */
function placeOf(parent: Node, child: Node, place: 'shown' | 'hidden'): 'shown' | 'hidden' {
  if (child.type === 'Fragment') return 'shown';
  if (child.type === 'Attribute') return READ.has(String(child.name)) ? 'shown' : 'hidden';
  if (/Block$|Directive$|SpreadAttribute|AttachTag|ConstTag|RenderTag/.test(child.type)) {
    return 'hidden';
  }
  if (/^(Binary|Call|Member|New|ArrowFunction)Expression$|Property$/.test(parent.type)) {
    return 'hidden';
  }
  if (parent.type === 'ConditionalExpression' && child === parent.test) return 'hidden';
  return place;
}

function childrenOf(node: Node): Node[] {
  return Object.entries(node)
    .filter(([key]) => key !== 'metadata' && key !== 'parent')
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter((value): value is Node => typeof (value as Node | null)?.type === 'string');
}

/** Literals of code that read like a sentence or a title of several words: "Up to date". */
export function sentencesInCode(code: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    // What is thrown there is for developers.
    if (ts.isNewExpression(node) && node.expression.getText().endsWith('Error')) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) {
      if (/^[A-Z“][a-z’]+ \p{L}|^\p{Ll}+ \p{Ll}+ \p{Ll}+/u.test(node.text)) found.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('module.ts', code, ts.ScriptTarget.Latest, true));
  return found;
}

/** The code of a component, or of a module as it is. */
export function codeOf(path: string, source: string): string {
  if (!path.endsWith('.svelte')) return source;
  return [...source.matchAll(/<script[^>]*>([^]*?)<\/script>/g)]
    .map((match) => match[1])
    .join('\n');
}

const hasWord = (text: string): boolean => /\p{L}{2}/u.test(text);
