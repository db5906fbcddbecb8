import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import type { HtmlTagDescriptor, Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Three files, in the order that a start needs them, each with all that no earlier one has: what
 * asks for the data, what shows the first picture, and the rest.
 */
const PARTS = [
  { name: 'first', test: /\/src\/main\.ts$/, priority: 3 },
  { name: 'App', test: /\/src\/App\.svelte$/, priority: 2 },
  { name: 'rest', test: /\/src\/rest\.ts$/, priority: 1 },
];

/**
 * The window's program is fetched with the page, though nothing asks for it before the first
 * question is on its way, and its letters before they are asked for, so that none are drawn twice.
 */
const fetchedAhead: Plugin = {
  name: 'fetched-ahead',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle }) {
      // The development server has none.
      if (bundle === undefined) return [];
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const entry = chunks.find((file) => file.isEntry);
      const app = chunks.find((file) => file.name === 'App');
      const letters = Object.keys(bundle).find((file) => file.includes('inter-latin-wght-normal'));
      if (entry === undefined || app === undefined || letters === undefined)
        throw new Error('the program or its letters have another name, and would be fetched late');
      const link = (attrs: Record<string, string>): HtmlTagDescriptor => ({
        tag: 'link',
        attrs: { crossorigin: '', ...attrs },
        injectTo: 'head',
      });
      // What the entry itself imports is named already.
      const names = [app.fileName, ...app.imports].filter((name) => !entry.imports.includes(name));
      const program = chunks.filter((file) => names.includes(file.fileName));
      const styles = program.flatMap((file) => [...(file.viteMetadata?.importedCss ?? [])]);
      return [
        link({ rel: 'preload', as: 'font', type: 'font/woff2', href: `./${letters}` }),
        ...names.map((name) => link({ rel: 'modulepreload', href: `./${name}` })),
        ...styles.map((name) => link({ rel: 'stylesheet', href: `./${name}` })),
      ];
    },
  },
};

// `--mode scenes` builds a second page that shows the same App over the fake client, for the
// tests in Chromium. It has an entry and an output folder of its own: the packaged app never
// contains the fake.
export default defineConfig(({ mode }) => {
  const scenes = mode === 'scenes';
  return {
    base: './',
    clearScreen: false,
    plugins: [svelte(), fetchedAhead],
    resolve: mode === 'test' ? { conditions: ['browser'] } : {},
    server: { port: 1420, strictPort: true },
    build: {
      target: 'safari17',
      outDir: scenes ? 'dist-scenes' : 'dist',
      emptyOutDir: true,
      // The content security policy allows neither inline scripts nor data: fonts.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: at(scenes ? './scenes.html' : './index.html'),
        output: { codeSplitting: { groups: PARTS } },
      },
    },
    test: {
      environment: 'happy-dom',
      include: ['src/**/*.test.ts'],
      setupFiles: ['./src/test-setup.ts'],
      restoreMocks: true,
      // As `asyncUtilTimeout`: when never has come, not how fast something is.
      testTimeout: 30_000,
    },
  };
});
