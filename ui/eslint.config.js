import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const ipcOnly = {
  patterns: [
    { group: ['@tauri-apps/*'], message: 'Only ipc/client.ts talks to the shell.' },
    { group: ['**/bindings'], message: 'Import types from ipc/client.' },
  ],
};

export default ts.config(
  { ignores: ['dist', 'dist-scenes', 'test-results', 'src/ipc/bindings.ts', 'tests/type-error'] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-imports': ['error', ipcOnly],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "CallExpression[callee.property.name='setAttribute'][arguments.0.value='style']",
          message: 'The content security policy blocks style attributes.',
        },
      ],
      eqeqeq: 'error',
      'svelte/no-at-html-tags': 'error',
      // State is replaced, not mutated ($state.raw), so plain maps are what we want.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    files: ['src/ipc/client.ts', 'src/ipc/client.test.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  { files: ['src/shared/SafeHtml.svelte'], rules: { 'svelte/no-at-html-tags': 'off' } },
);
