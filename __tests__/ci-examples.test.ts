import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { COMMAND_LINE, hastenIn, packageRoot } from './command-line.ts';

const FILES: Readonly<Record<string, string>> = {
  'package.json':
    '{ "name": "shop", "private": true, "type": "module", "dependencies": { "pino": "^9.0.0" } }\n',
  'src/logger.ts': "import pino from 'pino';\nexport const logger = pino();\n",
  'src/a.ts': "export const a = () => console.log('a');\n",
  'src/b.ts': "export const b = () => console.warn('b');\n",
  'src/c.ts': "export const c = () => console.error('c');\n",
};

let folder = '';
let bin = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-ci-')));
  bin = join(folder, 'bin');
  mkdirSync(bin);
  const quoted = [process.execPath, ...COMMAND_LINE].map((word) => `'${word}'`).join(' ');
  writeFileSync(join(bin, 'npx'), `#!/bin/sh\n[ "$1" = hasten ] || exit 127\nshift\nexec ${quoted} "$@"\n`);
  writeFileSync(join(bin, 'npm'), '#!/bin/sh\n[ "$*" = ci ]\n');
  for (const name of ['npx', 'npm']) chmodSync(join(bin, name), 0o755);
  return () => rmSync(folder, { recursive: true, force: true });
});

/** A new clone of the repository, as each job has one. */
function checkout(name: string, files: Readonly<Record<string, string>> = FILES): string {
  const at = join(folder, 'jobs', name, 'project');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(at, path)), { recursive: true });
    writeFileSync(join(at, path), text);
  }
  spawnSync('git', ['init', '--quiet'], { cwd: at });
  return at;
}

/** Runs a line as a CI does. */
function shell(line: string, cwd: string, env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', line], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
  });
  return { code: status, stdout, stderr };
}

/** Takes files from one job to another: those whose paths `pattern`, with a `*` perhaps, matches. */
function carry(pattern: string, from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  const [before = '', after] = pattern.split('*');
  const names = readdirSync(from, { recursive: true, encoding: 'utf8' }).filter((name) =>
    after === undefined ? name === before : name.startsWith(before) && name.includes(after),
  );
  const files = names.filter((name) => statSync(join(from, name)).isFile());
  expect(files.length, `${pattern} is there to be carried`).toBeGreaterThan(0);
  for (const name of files) copyFileSync(join(from, name), join(to, basename(name)));
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface Job {
  readonly steps: readonly Step[];
  readonly strategy?: { readonly matrix: { readonly shard: readonly number[] } };
}

const example = (name: string): unknown =>
  parse(readFileSync(join(packageRoot, 'examples', 'ci', name), 'utf8'));

/** Runs the steps of a job; what is carried between jobs goes through `store`. Tells what the last line came to that ran. */
function runJob({ steps }: Job, at: string, fill: (text: string) => string, store: string) {
  let last: ReturnType<typeof shell> | undefined;
  for (const { uses = '', run, with: inputs = {} } of steps) {
    if (run !== undefined) last = shell(fill(run), at);
    else if (uses.startsWith('actions/upload-artifact@'))
      carry(fill(inputs.path ?? ''), at, join(store, fill(inputs.name ?? '')));
    else if (uses.startsWith('actions/download-artifact@'))
      carry(inputs.pattern ?? '', store, join(at, inputs.path ?? ''));
    else if (uses.startsWith('github/codeql-action/upload-sarif@'))
      expect(existsSync(join(at, inputs.sarif_file ?? ''))).toBe(true);
    else expect(uses).toMatch(/^actions\/(checkout|setup-node)@v\d+$/);
  }
  return last;
}

/** What one machine says of the whole. */
const whole = async (at: string, format: string): Promise<string> =>
  (await hastenIn(at, ['check', '--format', format, '--no-cache'])).stdout;

describe('the example for GitHub Actions', () => {
  it('comes to what one machine says', async () => {
    const { jobs } = example('github-actions.yml') as { readonly jobs: { shard: Job; merge: Job } };
    const shards = jobs.shard.strategy?.matrix.shard ?? [];
    expect(shards).toEqual([1, 2, 3, 4]);
    const store = join(folder, 'store');
    for (const index of shards) {
      const fill = (text: string): string =>
        text
          .replaceAll('${{ matrix.shard }}', String(index))
          .replaceAll('${{ strategy.job-total }}', String(shards.length));
      const ended = runJob(jobs.shard, checkout(`shard-${index}`), fill, store);
      expect(ended?.code, ended?.stderr).toBe(0);
    }
    const at = checkout('merge');
    const merged = runJob(jobs.merge, at, (text) => text, store);
    expect(merged?.code, merged?.stderr).toBe(1);
    expect(merged?.stdout).toBe(await whole(at, 'github'));
    expect(readFileSync(join(at, 'hasten.sarif'), 'utf8')).toBe(await whole(at, 'sarif'));
    const applied = await hastenIn(at, ['apply', 'plan.json', '--allow-dirty']);
    expect(applied.code).toBe(0);
    expect(readFileSync(join(at, 'src', 'c.ts'), 'utf8')).toContain('logger.error');
  }, 300_000);
});

describe('the example for GitLab', () => {
  it('comes to what one machine says', async () => {
    const pipeline = example('gitlab-ci.yml') as {
      readonly default: { readonly before_script: readonly string[] };
      readonly 'hasten-shard': {
        readonly parallel: number;
        readonly script: readonly string[];
        readonly artifacts: { readonly paths: readonly string[] };
      };
      readonly hasten: {
        readonly script: readonly string[];
        readonly artifacts: {
          readonly paths: readonly string[];
          readonly reports: { readonly junit: string };
        };
      };
    };
    const { 'hasten-shard': shard, hasten: merge } = pipeline;
    const at = checkout('merge');
    for (let index = 1; index <= shard.parallel; index++) {
      const own = checkout(`shard-${index}`);
      const env = { CI_NODE_INDEX: String(index), CI_NODE_TOTAL: String(shard.parallel) };
      for (const line of [...pipeline.default.before_script, ...shard.script]) {
        const { code, stderr } = shell(line, own, env);
        expect(code, stderr).toBe(0);
      }
      for (const path of shard.artifacts.paths) carry(path.replace('$CI_NODE_INDEX', String(index)), own, at);
    }
    const ended = merge.script.map((line) => shell(line, at));
    expect(ended.map(({ code }) => code)).toEqual([1]);
    expect(ended[0]?.stdout).toBe(await whole(at, 'text'));
    for (const path of [...merge.artifacts.paths, merge.artifacts.reports.junit])
      expect(existsSync(join(at, path)), path).toBe(true);
    expect(readFileSync(join(at, 'hasten.xml'), 'utf8')).toBe(await whole(at, 'junit'));
  }, 300_000);
});
