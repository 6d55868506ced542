import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { assumed, holds, type Transform } from '../../src/index.ts';
import { COMMAND_LINE, hastenIn } from '../command-line.ts';

/**
 * Two transforms for files of calls. `a()` becomes `b()` and, in the next pass, `b()` becomes `c()`; `x()` becomes `y()`, which is imported
 * from a file that is created for it.
 */
const TRANSFORMS = `import { assumed, defineTransform, holds } from 'hasten';
import { dirname, join } from 'node:path';
const rename = (id, summary, names, evidence) => defineTransform({
  id, summary, prefilter: /\\(/,
  *inspect({ path, find, j, replace, textOf, ensureImport, createFile }) {
    for (const { node } of find(j.CallExpression)) {
      const to = names[textOf(node.callee)];
      if (to === undefined) continue;
      const more = to !== 'y' ? [] : [
        ...ensureImport({ from: './y.js', name: 'y' }).edits,
        ...createFile(join(dirname(path), 'y.ts'), 'export const y = (one) => one;\\n'),
      ];
      yield { at: node, title: textOf(node.callee) + ' → ' + to, evidence, edits: [replace(node.callee, to), ...more] };
    }
  },
});
`;
const LETTERS = `${TRANSFORMS}export default rename('letters', 'Call the next letter.', { a: 'b', b: 'c' }, [holds('the next letter does the same')]);\n`;
const CREATED = `${TRANSFORMS}export default rename('created', 'Call what is created.', { x: 'y' }, [assumed('nobody else is named \`y\`')]);\n`;

/** A folder of its own for one test, and the command line in it. */
export class Project {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-plans-')));

  constructor() {
    this.lay('mods/letters.ts', LETTERS);
    this.lay('mods/created.ts', CREATED);
    const transforms = { './mods/letters.ts': true, './mods/created.ts': true };
    this.lay('hasten.config.json', JSON.stringify({ transforms, exclude: ['mods'], level: 'review' }));
  }

  readonly at = (name: string): string => join(this.root, name);

  lay(name: string, text: string): void {
    mkdirSync(dirname(this.at(name)), { recursive: true });
    writeFileSync(this.at(name), text);
  }

  read(name: string): string {
    return readFileSync(this.at(name), 'utf8');
  }

  has(name: string): boolean {
    return existsSync(this.at(name));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** What git answers in the project, whoever the user of this machine is. */
  git(...words: readonly string[]): string {
    return execFileSync('git', words, { cwd: this.root, encoding: 'utf8' });
  }

  /** Makes the project a git work tree in which everything is committed. */
  commitAll(): void {
    if (!this.has('.git')) {
      this.git('init', '-q', '-b', 'main');
      for (const [name, value] of [
        ['user.name', 'Some One'],
        ['user.email', 'some.one@example.com'],
        ['commit.gpgSign', 'false'],
        ['core.hooksPath', '.git/hooks'],
      ] as const)
        this.git('config', name, value);
    }
    this.git('add', '-A');
    this.git('commit', '-q', '-m', 'begin');
  }

  hastenIn(cwd: string, ...words: readonly string[]) {
    return hastenIn(this.at(cwd), words);
  }

  hasten(...words: readonly string[]) {
    return this.hastenIn('.', ...words);
  }

  /** Runs a command line in a process of its own, which may be killed. */
  hastenProcess(...words: readonly string[]) {
    return spawnSync(process.execPath, [...COMMAND_LINE, ...words], { cwd: this.root, encoding: 'utf8' });
  }
}

/** Renames calls in files, in as many passes as `names` has steps; used where no command line is. */
export const renaming = (id: string, names: Readonly<Record<string, string>>, isSure = true): Transform => ({
  id,
  summary: 'Call the next one.',
  prefilter: /\(/,
  *inspect({ find, replace, textOf }) {
    for (const { node } of find('CallExpression')) {
      const from = textOf(node.callee);
      const to = names[from];
      if (to === undefined) continue;
      const evidence = [(isSure ? holds : assumed)(`\`${to}\` does what \`${from}\` does`)];
      yield { at: node, title: `${from} → ${to}`, evidence, edits: [replace(node.callee, to)] };
    }
  },
});
