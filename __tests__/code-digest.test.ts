import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeDigest } from '../src/api/code-digest.ts';

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-code-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

const FILES = {
  'codemods/rename.ts': `import lodash from 'lodash/fp';
import type { A } from './types';
import './effects.js';
const table = new URL('../tables/names.json', import.meta.url);
const later = () => import("./later.mjs");
export default {};
`,
  'codemods/types.ts': 'export type A = 1;\n',
  'codemods/effects.ts': "import './rename.ts';\nconst deep = require('./deep');\n",
  'codemods/deep/index.js': 'module.exports = 1;\n',
  'codemods/later.mjs': 'export const later = 1;\n',
  'tables/names.json': '{"a":"./not-read.js"}\n',
  'node_modules/lodash/package.json': '{"name":"lodash","version":"4.17.21"}\n',
};

/** Lays the files, and gives the digest. */
async function laid(): Promise<string | undefined> {
  for (const [name, text] of Object.entries(FILES)) put(name, text);
  return codeDigest('./codemods/rename.ts', folder);
}

describe('the digest of the code of a transform', () => {
  it.each(Object.keys(FILES))('is another one with another %s', async (name) => {
    const before = await laid();
    expect(before).toMatch(/^[0-9a-f]{32}$/);
    put(name, FILES[name as keyof typeof FILES].replace('4.17.21', '4.17.22').replace(/\n$/, ' \n'));
    const after = await codeDigest('./codemods/rename.ts', folder);
    // Of a package, the version counts.
    expect(after).not.toBe(before);
    expect(await laid()).toBe(before);
  });

  it('is the same wherever it is, and whatever lies beside it', async () => {
    const before = await laid();
    put('codemods/other.ts', 'other();\n');
    for (const [name, text] of Object.entries(FILES)) put(`copy/${name}`, text);
    expect(await codeDigest('codemods/rename.ts', join(folder, 'copy'))).toBe(before);
  });

  it('is that of the file which a package leads to', async () => {
    put(
      'node_modules/@acme/codemod/package.json',
      '{"name":"@acme/codemod","version":"1.0.0","main":"main.js"}',
    );
    put('node_modules/@acme/codemod/main.js', "module.exports = require('./lib/a.js');\n");
    put('node_modules/@acme/codemod/lib/a.js', 'module.exports = {};\n');
    const before = await codeDigest('@acme/codemod', folder);
    expect(before).toMatch(/^[0-9a-f]{32}$/);
    put('node_modules/@acme/codemod/lib/a.js', 'module.exports = { a: 1 };\n');
    expect(await codeDigest('@acme/codemod', folder)).not.toBe(before);
  });

  it('is none where it is a built-in one, or not there', async () => {
    expect(await codeDigest('console-to-logger', folder)).toBeUndefined();
    expect(await codeDigest('./gone.ts', folder)).toBeUndefined();
    expect(await codeDigest('gone', folder)).toBeUndefined();
  });

  it('is made of what cannot be a path, too', async () => {
    put(
      'odd.js',
      `const a = './${'x'.repeat(5000)}';\nconst b = './';\nconst c = '../..';\nconst d = './\0';\n`,
    );
    expect(await codeDigest('./odd.js', folder)).toMatch(/^[0-9a-f]{32}$/);
  });
});
