/** German, as one chunk of its own. */
export const files: Record<string, string> = import.meta.glob('../../../locales/de/*.ftl', {
  query: '?raw',
  import: 'default',
  eager: true,
});
