/** One or two letters for a person: first and last word of the name, by grapheme. */
export function initials(name: string): string {
  const parts = (name.split('@')[0] ?? '').split(/[\s._-]+/u).filter((part) => /\p{L}/u.test(part));
  const first = parts[0];
  const last = parts.length > 1 ? parts[parts.length - 1] : undefined;
  return [first, last].map(firstLetter).join('').toUpperCase();
}

function firstLetter(word: string | undefined): string {
  return /\p{L}\p{M}*/u.exec(word ?? '')?.[0] ?? '';
}
