import { describe, expect, it } from 'vitest';
import { Seers } from '../../src/facts/cones/seers.ts';
import { createWholeProgram } from '../../src/facts/effects/whole-program.ts';

/** The names of the files that may have something of a type that `of` declares. */
function seersOf(of: string, files: Readonly<Record<string, string>>): readonly string[] {
  const texts = new Map(Object.entries(files).map(([name, text]) => [`/project/${name}`, text]));
  const whole = createWholeProgram([...texts.keys()], (path) => texts.get(path));
  const source = whole.program.getSourceFile(`/project/${of}`);
  if (source === undefined) throw new Error(`${of} is not in the program`);
  return [...new Seers(whole).of(source)]
    .map(({ fileName }) => fileName.slice('/project/'.length))
    .toSorted();
}

const STORE = 'export class Store {}\n';

describe('the files that see a class', () => {
  it('are those that import it over any number of steps, in any way', () => {
    const files = {
      'store.ts': STORE,
      'again.ts': "export * from './store';\n",
      'made.ts': "import { Store } from './again';\nexport const make = () => new Store();\n",
      'use.ts': "import { make } from './made';\nexport const one = make();\n",
      'typed.ts': "export const none: import('./store').Store | undefined = undefined;\n",
      'later.ts': "export const load = () => import('./store');\n",
      'common.js': "const { Store } = require('./store');\nmodule.exports = new Store();\n",
      'other.ts': 'export const two = 2;\n',
    };
    expect(seersOf('store.ts', files)).toEqual([
      'again.ts',
      'common.js',
      'later.ts',
      'made.ts',
      'store.ts',
      'typed.ts',
      'use.ts',
    ]);
    expect(seersOf('use.ts', files)).toEqual(['use.ts']);
  });

  it('are all where it is declared for all, or what sees it declares something for all', () => {
    const other = { 'other.ts': 'export const two = 2;\n' };
    expect(seersOf('store.ts', { 'store.ts': 'class Store {}\n', ...other })).toContain('other.ts');
    const global = "import type { Store } from './store';\ndeclare global {\n  var store: Store;\n}\n";
    expect(seersOf('store.ts', { 'store.ts': STORE, 'global.ts': global, ...other })).toContain('other.ts');
    const ambient = "declare module 'shop' {\n  export const store: import('./store').Store;\n}\n";
    const declared = { 'store.ts': STORE, 'shop.d.ts': ambient, ...other };
    expect(seersOf('store.ts', declared)).toContain('other.ts');
  });
});
