/** ESLint with the rules that the variable `RULES` names, separated by commas, and no other; without types. */
import parser from '@typescript-eslint/parser';
import node from 'eslint-plugin-n';

/** `n/no-sync` insists on types where the parser could have them, although it needs none without options: they would cost far more than the rule. */
const withoutTypes = {
  meta: { name: 'typescript-without-types' },
  parseForESLint: (text, options) => ({ ...parser.parseForESLint(text, options), services: {} }),
};

const names = (process.env.RULES ?? '').split(',');

export default [
  {
    files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
    languageOptions: { parser: withoutTypes },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
    plugins: { n: node },
    rules: Object.fromEntries(names.map((name) => [name, 'warn'])),
  },
];
