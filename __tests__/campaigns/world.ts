import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { COMMAND_LINE, hastenIn } from '../command-line.ts';

/** A transform of the campaign's own, which needs no types: quick, and everything it finds is safe but what is called `risky`. */
const RENAME = `export default {
  id: 'new-name',
  summary: 'Call the new name instead of the old one.',
  prefilter: /oldName/,
  *inspect(file) {
    for (const { node } of file.find('CallExpression', { callee: { name: 'oldName' } })) {
      const verdict = file.textOf(node).includes('risky') ? 'assumed' : 'holds';
      const evidence = [{ verdict, claim: 'Both names are one function' }];
      yield { at: node, title: 'oldName → newName', evidence, edits: [file.replace(node.callee, 'newName')] };
    }
  },
};
`;

export const git = (cwd: string, ...words: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...words], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      ...process.env,
      GIT_AUTHOR_DATE: '2026-01-02T03:04:05Z',
      GIT_COMMITTER_DATE: '2026-01-02T03:04:05Z',
    },
  });

export function put(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** A small back end that the transform finds two places in. */
export const SOURCES = {
  'package.json': '{"name":"small","type":"module","dependencies":{"left-pad":"1.0.0"}}\n',
  'src/a.js': 'export const a = () => oldName(1);\n',
  'src/b.js': 'export const b = () => [oldName(2), 3];\n',
};

/** A folder with room for a campaign, its transform, and repositories. */
export function makeWorld(): string {
  const world = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-campaign-')));
  put(world, { 'rename.mjs': RENAME });
  return world;
}

/** A repository with a work tree, below `world`. */
export function makeRepository(
  world: string,
  name: string,
  files: Readonly<Record<string, string>> = SOURCES,
): string {
  const folder = join(world, name);
  put(folder, files);
  git(world, 'init', '--quiet', '--initial-branch=main', folder);
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message=first');
  return folder;
}

/** A bare repository, below `world`, as a host has it. */
export function makeOrigin(world: string, name: string, files?: Readonly<Record<string, string>>): string {
  const source = makeRepository(world, `${name}-source`, files);
  git(world, 'clone', '--quiet', '--bare', source, join(world, `${name}.git`));
  return join(world, `${name}.git`);
}

/** Writes a campaign with what nearly all of them have in common. */
export function writeCampaign(world: string, text: string, name = 'campaign'): string {
  const path = join(world, `${name}.yaml`);
  const common = `cache: ./cache\ntypes: false\ntransforms: { ./rename.mjs: true }\n`;
  const author = /^commit:/m.test(text) ? '' : 'commit: { author: Ann Lee <ann@example.com> }\n';
  writeFileSync(path, `${text}\n${common}${author}`);
  return path;
}

/** How a command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command line under way. */
export interface Started {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** What it has written to stderr until now. */
  said(): string;
  kill(signal: NodeJS.Signals): void;
}

/** Starts `hasten` in a process of its own. */
export function start(
  cwd: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Started {
  const child = spawn(process.execPath, [...COMMAND_LINE, ...words], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((done) => child.on('close', (code) => done({ code, stdout, stderr })));
  return { pid: child.pid ?? 0, ended, said: () => stderr, kill: (signal) => void child.kill(signal) };
}

/** Runs `hasten` in this process; its jobs have processes of their own. */
export const hasten = (cwd: string, words: readonly string[]): Promise<Ended> => hastenIn(cwd, words);

/** The folder of a campaign's state. */
export const stateOf = (world: string, name = 'campaign'): string =>
  join(world, '.hasten', 'campaigns', name);

/** What is kept of one kind, by the names of the files. */
export function keptIn(state: string, kind: string): Readonly<Record<string, string>> {
  const folder = join(state, kind);
  if (!existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

/** The outcome of a repository, as it is kept. */
export const outcomeOf = (state: string, repository: string): Readonly<Record<string, unknown>> =>
  JSON.parse(keptIn(state, 'outcomes')[`${repository}.json`] ?? 'null') as Record<string, unknown>;

/** Everything that belongs to a repository and its work tree: branches, HEAD, index, and every file. */
export function stateOfRepository(folder: string): string {
  const listed = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  return listed.map((path) => `${path}\n${readFileSync(path, 'latin1')}`).join('\n');
}
