/** ESLint with the rules that the variable `RULES` names, separated by commas, and no other; without types, which neither needs. */
import parser from '@typescript-eslint/parser';
import node from 'eslint-plugin-n';

const names = (process.env.RULES ?? '').split(',');

export default [
  {
    files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
    languageOptions: { parser },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
    plugins: { n: node },
    rules: Object.fromEntries(names.map((name) => [name, 'warn'])),
  },
];
