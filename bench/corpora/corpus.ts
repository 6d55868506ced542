import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { discover } from '../../src/run/discover.ts';
import { command } from '../command.ts';
import { CORPORA, TYPES_OF_NODE, type SourcePackage } from './packages.ts';
import { unpack } from './unpack.ts';

/** A project to measure on. */
export interface Corpus {
  readonly name: string;
  /** A git work tree with everything committed, which may be changed as long as it is put back. */
  readonly folder: string;
  /** The sources in it, absolute and sorted. */
  readonly files: readonly string[];
  readonly lines: number;
  /** Where the sources are from, for people. */
  readonly origin: string;
}

const COMPILER_OPTIONS = {
  target: 'es2022',
  lib: ['es2023', 'dom', 'dom.iterable'],
  module: 'esnext',
  moduleResolution: 'bundler',
  types: ['node'],
  jsx: 'preserve',
  strict: true,
  allowJs: true,
  skipLibCheck: true,
  resolveJsonModule: true,
  esModuleInterop: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  allowImportingTsExtensions: true,
  noEmit: true,
};

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const LINE_FEED = 10;

/** The line feeds of all files, as `wc -l` counts. */
function linesOf(files: readonly string[]): number {
  let lines = 0;
  for (const file of files) for (const byte of readFileSync(file)) if (byte === LINE_FEED) lines++;
  return lines;
}

/** Puts everything in `folder` into a git work tree, as it is in a project that people work on. */
function commit(folder: string): void {
  appendFileSync(join(folder, '.gitignore'), '\nnode_modules\n.hasten\n');
  command(['git', 'init', '--quiet'], folder);
  command(['git', 'add', '--all'], folder);
  const author = ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', '-c', 'commit.gpgsign=false'];
  command(['git', ...author, 'commit', '--quiet', '--no-verify', '--message', 'The corpus'], folder);
}

/** Makes `folder` with `fill`, whole or not at all. */
function makeOnce(folder: string, fill: (unfinished: string) => void): void {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  fill(unfinished);
  renameSync(unfinished, folder);
}

/** Writes the sources of `packages` with what makes them one project, and installs what they depend on. */
function fillFrom(packages: readonly SourcePackage[], folder: string, scratch: string): void {
  const dependencies: Record<string, string> = {};
  for (const one of packages) {
    const target = join(folder, 'packages', one.name.replace(/^@/, '').replace('/', '-'));
    const manifest = unpack(one, target, scratch);
    if (one.install === true) Object.assign(dependencies, manifest.dependencies);
  }
  Object.assign(dependencies, TYPES_OF_NODE);
  writeFileSync(join(folder, 'package.json'), asJson({ name: 'corpus', private: true, dependencies }));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    asJson({ compilerOptions: COMPILER_OPTIONS, include: ['packages'] }),
  );
  command(
    [
      'npm',
      'install',
      '--ignore-scripts',
      '--legacy-peer-deps',
      '--no-audit',
      '--no-fund',
      '--no-package-lock',
    ],
    folder,
  );
  commit(folder);
}

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error'];

/** The logger that `console-to-logger` and its like import, where every corpus finds it: in a folder above them. */
function writeLogger(corpora: string): void {
  const folder = join(corpora, 'node_modules/@acme/logger');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    asJson({ name: '@acme/logger', version: '1.0.0', main: 'index.js', types: 'index.d.ts' }),
  );
  const methods = LEVELS.map((level) => `  ${level}(...values: unknown[]): void;\n`).join('');
  writeFileSync(join(folder, 'index.d.ts'), `export declare const logger: {\n${methods}};\n`);
  const noops = LEVELS.map((level) => `${level}() {}`).join(', ');
  writeFileSync(join(folder, 'index.js'), `exports.logger = { ${noops} };\n`);
}

async function corpusIn(name: string, folder: string, origin: string): Promise<Corpus> {
  writeLogger(dirname(folder));
  const { files } = await discover({ cwd: folder, paths: [] });
  return { name, folder, files, lines: linesOf(files), origin };
}

/**
 * The corpus of that size, fetched into `cache` where it is not there yet.
 * @throws {Error} where there is no such size, or it cannot be fetched.
 */
export async function fetchedCorpus(size: string, cache: string): Promise<Corpus> {
  const packages = CORPORA[size];
  if (packages === undefined)
    throw new Error(`There is no corpus ${size}; there are ${Object.keys(CORPORA).join(', ')}.`);
  const scratch = join(cache, 'scratch');
  mkdirSync(scratch, { recursive: true });
  // Another list of packages, or other settings, is another corpus.
  const digest = createHash('sha256')
    .update(JSON.stringify([packages.map((one) => [one, String(one.only)]), TYPES_OF_NODE, COMPILER_OPTIONS]))
    .digest('hex');
  const folder = join(cache, 'corpora', `${size}-${digest.slice(0, 8)}`);
  makeOnce(folder, (unfinished) => fillFrom(packages, unfinished, scratch));
  // A bench that was stopped half way may have left something changed.
  command(['git', 'checkout', '--quiet', '.'], folder);
  return corpusIn(size, folder, packages.map(({ name, version }) => `${name} ${version}`).join(', '));
}

/** The files beside the sources that say what they are: packages, TypeScript's settings, schemas. */
const SETTINGS = /(?:^|\/)(?:package\.json|tsconfig[^/]*\.json|[^/]+\.prisma|\.gitignore|\.hastenignore)$/;

/**
 * A copy of the sources in `original`, in a work tree of its own in `cache`: the bench changes files, and nobody's own may be changed. The
 * installed packages are linked to.
 * @throws {Error} where it is no folder with sources.
 */
export async function copiedCorpus(original: string, cache: string): Promise<Corpus> {
  const from = resolve(original);
  const { files } = await discover({ cwd: from, paths: [] });
  if (files.length === 0) throw new Error(`${original} has no sources.`);
  const digest = createHash('sha256').update(from).digest('hex');
  const folder = join(cache, 'corpora', `${basename(from)}-${digest.slice(0, 8)}`);
  rmSync(folder, { recursive: true, force: true });
  makeOnce(folder, (unfinished) => {
    const beside = command(
      ['find', '.', '-name', 'node_modules', '-prune', '-print', '-o', '-type', 'f', '-print'],
      from,
    )
      .split('\n')
      .map((line) => line.replace(/^\.\//, ''));
    const settings = beside.filter((path) => SETTINGS.test(path));
    for (const path of [...files.map((file) => relative(from, file)), ...settings]) {
      const to = join(unfinished, path);
      mkdirSync(dirname(to), { recursive: true });
      cpSync(join(from, path), to);
    }
    commit(unfinished);
    for (const path of beside.filter((one) => basename(one) === 'node_modules')) {
      mkdirSync(dirname(join(unfinished, path)), { recursive: true });
      command(['ln', '-s', join(from, path), join(unfinished, path)], unfinished);
    }
  });
  return corpusIn(basename(from), folder, original);
}
