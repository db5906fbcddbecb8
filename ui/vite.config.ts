import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import type { HtmlTagDescriptor, Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

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
      const app = Object.values(bundle).find(
        (file) => file.type === 'chunk' && file.isDynamicEntry && file.name === 'App',
      );
      const letters = Object.keys(bundle).find((file) => file.includes('inter-latin-wght-normal'));
      if (app?.type !== 'chunk' || letters === undefined)
        throw new Error('the program or its letters have another name, and would be fetched late');
      const link = (attrs: Record<string, string>): HtmlTagDescriptor => ({
        tag: 'link',
        attrs: { crossorigin: '', ...attrs },
        injectTo: 'head',
      });
      return [
        link({ rel: 'preload', as: 'font', type: 'font/woff2', href: `./${letters}` }),
        link({ rel: 'modulepreload', href: `./${app.fileName}` }),
        ...[...(app.viteMetadata?.importedCss ?? [])].map((css) =>
          link({ rel: 'stylesheet', href: `./${css}` }),
        ),
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
      rolldownOptions: { input: at(scenes ? './scenes.html' : './index.html') },
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
