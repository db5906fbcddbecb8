/**
 * A language that nobody speaks: English with accents, 40 % longer and in brackets. A word without
 * accents does not come from a catalogue; a bracket that is cut off wants more room.
 */

const from = 'AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz';
const to = 'ÅåƁƀÇçÐðÉéƑƒĜĝĤĥÎîĴĵĶķĻļṀṁÑñÖöÞþǪǫŔŕŠšŢţÛûṼṽŴŵẊẋÝýŽž';

const accents = new Map(Array.from(from, (letter, at) => [letter, Array.from(to)[at] ?? letter]));

/** The letters of one piece of text; what stands in placeables is not touched. */
export function accented(text: string): string {
  return Array.from(text, (letter) => accents.get(letter) ?? letter).join('');
}

/** A whole message, filled up to 140 % and bracketed. */
export function bracketed(message: string): string {
  const letters = Array.from(message).length;
  return `[${message}${'~'.repeat(Math.ceil(letters * 0.4))}]`;
}
