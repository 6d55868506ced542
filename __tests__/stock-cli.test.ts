import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Babel compiles the whole engine, once from source and once from the build, which takes its time on a busy machine. */
const LIMIT = { timeout: 240_000 };

/** A transform as its author writes it. `index` is the module that it imports. */
const slowToFast = (
  index: string,
): string => `import { assumed, code, defineTransform, holds } from '${index}';

export default defineTransform({
  id: 'slow-to-fast',
  summary: 'Call \`fast\` instead of \`slow\`.',
  prefilter: /\\bslow\\b/,
  defaults: { to: 'fast', most: 1 },
  optionHelp: { to: 'The function to call.', most: 'How many arguments it takes.' },
  *inspect({ find, j, replace, options, facts, path }) {
    for (const { node } of find(j.CallExpression, { callee: { name: 'slow' } })) {
      const [argument] = node.arguments;
      const isText = argument !== undefined && facts.typeOf(path, argument).kinds.has('string');
      const sure = isText && node.arguments.length <= options.most;
      yield {
        at: node,
        title: 'slow → fast',
        evidence: [sure ? holds('the argument is all it needs') : assumed('the argument is all it needs')],
        edits: [replace(node, code\`\${options.to}(\${node.arguments})\`)],
      };
    }
  },
});
`;

const FILES = {
  'package.json': '{ "type": "module" }\n',
  'src/safe.ts': 'export const a: string = `x\n y`;\r\n\tslow( a );   slow(\r\n  `x\n  y` )\r\n',
  'src/for-review.ts': 'slow("a", 2);\n',
  'src/other.ts': 'quick( 1 )\n',
};

/** All projects are in one folder, and jscodeshift runs there: what Babel keeps of a file counts for one working directory. */
const projects = realpathSync(mkdtempSync(join(tmpdir(), 'stock-')));

function projectOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(projects, 'project-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** What Babel compiled for one test need not be compiled for the next. */
const cache = join(mkdtempSync(join(tmpdir(), 'babel-')), 'cache.json');

/** Runs a transform on `src` of a project. */
function jscodeshift(project: string, ...args: readonly string[]): string {
  const bin = join(root, 'node_modules/jscodeshift/bin/jscodeshift.js');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [bin, '--parser=ts', ...args, join(project, 'src')],
    {
      cwd: projects,
      encoding: 'utf8',
      env: { ...process.env, BABEL_CACHE_PATH: cache, NO_COLOR: '1' },
    },
  );
  return stdout + stderr;
}

describe('jscodeshift runs a transform from source', LIMIT, () => {
  let transform = '';
  beforeAll(() => {
    transform = join(
      projectOf({ 'slow-to-fast.ts': slowToFast(join(root, 'src/index.ts')) }),
      'slow-to-fast.ts',
    );
  });

  // Each process compiles the sources with Babel, which takes most of the time: so one asks several questions.
  it('in its own process: with its options, of any kind, without writing when it is told so, and past what does not parse', () => {
    const folder = projectOf({ ...FILES, 'src/broken.ts': 'const slow = ;\n' });
    const options = ['--to=faster', '--most=2'];
    const said = jscodeshift(folder, '-t', transform, '--dry', '--print', '--run-in-band', ...options);
    expect(said).toContain('\tfaster(a);   faster(`x\n  y`)');
    expect(said).toContain('faster("a", 2);');
    expect(said).toContain('Unexpected token');
    expect(said).toMatch(/^1 errors\n0 unmodified\n1 skipped\n2 ok$/m);
    for (const [path, text] of Object.entries(FILES))
      expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
  });

  it('in its workers, and writes what is safe and nothing else', () => {
    const folder = projectOf(FILES);
    expect(jscodeshift(folder, '-t', transform)).toMatch(/^0 errors\n0 unmodified\n2 skipped\n1 ok$/m);
    expect(readFileSync(join(folder, 'src/safe.ts'), 'utf8')).toBe(
      'export const a: string = `x\n y`;\r\n\tfast(a);   fast(`x\n  y`)\r\n',
    );
    expect(readFileSync(join(folder, 'src/for-review.ts'), 'utf8')).toBe(FILES['src/for-review.ts']);
    expect(readFileSync(join(folder, 'src/other.ts'), 'utf8')).toBe(FILES['src/other.ts']);
  });

  it('such as console-to-logger', () => {
    const folder = projectOf({
      'package.json': '{ "name": "shop", "type": "module", "dependencies": { "pino": "^9.0.0" } }\n',
      'src/logger.ts': `import pino from 'pino';\n\nexport const logger = pino();\n`,
      'src/orders.ts': `import { logger } from './logger.ts';\n\nexport function place(id: string): void {\n  logger.info('placing');\n  console.log('placed');\n}\n`,
    });
    const said = jscodeshift(folder, '-t', join(root, 'transforms/console-to-logger.ts'), '--run-in-band');
    expect(said).toMatch(/^0 errors$/m);
    expect(readFileSync(join(folder, 'src/orders.ts'), 'utf8')).toContain(`  logger.info('placed');\n`);
  });
});

describe('jscodeshift runs a transform from the build', LIMIT, () => {
  let transform = '';
  beforeAll(() => {
    const folder = projectOf({ 'transforms/slow-to-fast.ts': slowToFast('../src/index.ts') });
    for (const name of ['src', 'package.json', 'tsconfig.json', 'tsconfig.build.json']) {
      cpSync(join(root, name), join(folder, name), { recursive: true });
    }
    cpSync(join(root, 'transforms'), join(folder, 'transforms'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const tsc = [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json', '--noCheck'];
    const { status, stdout } = spawnSync(process.execPath, tsc, { cwd: folder, encoding: 'utf8' });
    expect(status, stdout).toBe(0);
    transform = join(folder, 'dist/transforms/slow-to-fast.js');
  });

  it.each([['compiled by Babel'], ['as it is', '--no-babel']])('%s', (_, ...args) => {
    const folder = projectOf(FILES);
    const said = jscodeshift(folder, '-t', transform, '--run-in-band', ...args);
    expect(said).toMatch(/^0 errors\n0 unmodified\n2 skipped\n1 ok$/m);
    expect(readFileSync(join(folder, 'src/safe.ts'), 'utf8')).toContain('\tfast(a);   fast(`x\n  y`)');
  });
});
