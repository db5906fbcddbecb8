/**
 * The second layer for descriptions: Rust has sanitised them already; this does it again, and
 * takes every link's target away, so that nothing in the window can navigate.
 *
 * A link becomes an element with `role="link"` and its number; opening goes through the gate in
 * Rust by that number. Numbers count the links that Rust left, in document order.
 */
import createPurifier from 'dompurify';

const TAGS = [
  'p',
  'br',
  'ul',
  'ol',
  'li',
  'b',
  'strong',
  'i',
  'em',
  'u',
  'a',
  'blockquote',
  'pre',
  'code',
];

/** The attribute that carries a link's number. */
export const LINK_INDEX = 'data-link';

/** Makes HTML inert: only text markup is left, and links are numbered instead of addressed. */
export function sanitize(html: string): string {
  const purifier = createPurifier(window);
  let links = 0;
  purifier.addHook('uponSanitizeElement', (node) => {
    if (!(node instanceof Element) || node.tagName !== 'A' || !node.hasAttribute('href')) return;
    const target = node.getAttribute('href') ?? '';
    for (const { name } of Array.from(node.attributes)) node.removeAttribute(name);
    node.setAttribute(LINK_INDEX, String(links));
    node.setAttribute('role', 'link');
    node.setAttribute('tabindex', '0');
    node.setAttribute('title', target);
    links += 1;
  });
  return purifier.sanitize(html, {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: [LINK_INDEX, 'role', 'tabindex', 'title'],
    ALLOW_ARIA_ATTR: false,
    ALLOW_DATA_ATTR: false,
  });
}
