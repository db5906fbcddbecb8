import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// `--mode scenes` builds a second page that shows the same App over the fake client, for the
// tests in Chromium. It has an entry and an output folder of its own: the packaged app never
// contains the fake.
export default defineConfig(({ mode }) => {
  const scenes = mode === 'scenes';
  return {
    base: './',
    clearScreen: false,
    plugins: [svelte()],
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
