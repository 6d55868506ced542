import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createModuleResolver, shownFrom } from '../../src/facts/modules.ts';

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-modules-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (files: Readonly<Record<string, string>>): void => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
};
const readText = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};
const found = (from: string, specifier: string): string | undefined => {
  const path = createModuleResolver(readText)(join(folder, from), specifier);
  return path === undefined ? undefined : shownFrom(folder, path);
};

describe('the source of a package of the same workspace', () => {
  const files = {
    'package.json': '{ "workspaces": ["repo/*", "express"] }',
    'express/package.json': '{ "name": "express", "main": "index.js" }',
    'express/index.js': '',
    'repo/package.json': '{ "workspaces": ["packages/*"] }',
    'repo/packages/a/package.json': '{ "name": "a" }',
    'repo/packages/a/index.ts': '',
    'repo/packages/b/b.ts': '',
  };

  it('is found by its name, up to the topmost folder that declares a workspace', () => {
    put(files);
    expect(found('repo/packages/b/b.ts', 'a')).toBe('repo/packages/a/index.ts');
    expect(found('repo/packages/b/b.ts', 'express')).toBe('express/index.js');
  });

  it('is not looked for around the repository', () => {
    put({ ...files, 'repo/.git/HEAD': 'ref: refs/heads/main\n' });
    expect(found('repo/packages/b/b.ts', 'a')).toBe('repo/packages/a/index.ts');
    expect(found('repo/packages/b/b.ts', 'express')).toBeUndefined();
  });
});
