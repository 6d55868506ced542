import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../src/cli/cli.ts';
import type { JsonReport } from '../src/review/reporters/json.ts';
import { readHead, writtenHead } from '../src/api/heads.ts';
import { allBuiltIn, CATALOG } from '../src/run/catalog.ts';
import { COMMAND_LINE, hastenIn, packageRoot } from './command-line.ts';

/** Renames calls: of `safely` with proof, of `maybe` with an assumption; calls of `never` are only reported. */
const TRANSFORM = `import { assumed, defineTransform, fails, holds } from 'hasten';
const evidenceOf = {
  safely: holds('\`safely\` is \`done\`'),
  maybe: assumed('\`maybe\` is \`done\`'),
  never: fails('\`never\` is not \`done\`'),
};
export default defineTransform<{ to: string }>({
  id: 'rename-calls',
  summary: 'Rename calls.',
  sets: ['names'],
  prefilter: /safely|maybe|never/,
  defaults: { to: 'done' },
  optionHelp: { to: 'The new name.' },
  *inspect({ find, j, options, replace, text }) {
    for (const { node } of find(j.CallExpression)) {
      const name = text.slice(node.callee.start ?? 0, node.callee.end ?? 0);
      const evidence = evidenceOf[name as keyof typeof evidenceOf];
      if (evidence === undefined) continue;
      yield { at: node, title: name + ' → ' + options.to, evidence: [evidence], edits: [replace(node.callee, options.to)] };
    }
  },
});
`;

let folder = '';

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-cli-')));
  lay('mods/rename.ts', TRANSFORM);
  lay('hasten.config.json', '{ "transforms": { "./mods/rename.ts": true } }');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

const hasten = (...words: readonly string[]) => hastenIn(folder, words);

/** The command line as a process of its own. */
const spawned = (...words: string[]) =>
  spawnSync(process.execPath, [...COMMAND_LINE, ...words], { cwd: folder, encoding: 'utf8' });

describe('bad usage', () => {
  it.each([
    [['run', '--dry-run=maybe', 'src'], '--dry-run is true or false, not "maybe".'],
    [['run', '--time-limit', '1m', 'src'], '--time-limit is a number above 0, not "1m".'],
    [['check', '--memory-limit=0', 'src'], '--memory-limit is a number above 0, not "0".'],
    [['run', '-t', '', 'src'], '--transform needs the name of a transform.'],
    [
      ['run', '-t', 'console-to-logger', '--option', 'library=pinno', 'src'],
      '`library` of `console-to-logger` cannot be "pinno". Did you mean `pino`?',
    ],
  ])('%j changes nothing and says what is wrong', async (words, said) => {
    lay('src/a.ts', 'safely(1);\n');
    const { code, stderr } = await hasten(...words);
    expect([code, stderr]).toEqual([3, expect.stringContaining(said)]);
    expect(read('src/a.ts')).toBe('safely(1);\n');
  });

  it('tells the line at which a configuration throws', async () => {
    lay('bad/hasten.config.ts', "const limit = 1;\nthrow new Error('no such thing');\n");
    const { code, stderr } = await hasten('run', '--config', 'bad/hasten.config.ts');
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(/hasten\.config\.ts:\d+ cannot be loaded: no such thing/),
    ]);
  });

  it('leaves the files of a read-only folder as they are, does the others and says so', () => {
    lay('closed/a.ts', 'safely(1);\n');
    lay('open/b.ts', 'safely(1);\n');
    // The journal is made in it.
    chmodSync(folder, 0o777);
    chmodSync(join(folder, 'open'), 0o777);
    chmodSync(join(folder, 'closed'), 0o555);
    for (const name of ['closed/a.ts', 'open/b.ts']) chmodSync(join(folder, name), 0o666);
    // The superuser may write anywhere: the run is another user's.
    const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const { status, stderr } = spawnSync(process.execPath, [...COMMAND_LINE, 'run', 'closed', 'open'], {
      ...user,
      cwd: folder,
      encoding: 'utf8',
    });
    chmodSync(join(folder, 'closed'), 0o755);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/closed\/a\.ts.*cannot be written: EACCES/)]);
    expect([read('closed/a.ts'), read('open/b.ts')]).toEqual(['safely(1);\n', 'done(1);\n']);
  });

  it('says so when the output cannot be written', () => {
    lay('src/a.ts', 'safely(1);\n');
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [...COMMAND_LINE, 'run', '--dry-run', 'src'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    expect([status, stderr]).toEqual([2, expect.stringContaining('hasten: the output cannot be written: ')]);
  });
});

describe('hasten run', () => {
  it('applies what is safe and says so', async () => {
    lay('src/a.ts', 'safely(1);\nmaybe(2);\nnever(3);\n');
    const { code, stdout, stderr } = await hasten('run', 'src');
    expect(read('src/a.ts')).toBe('done(1);\nmaybe(2);\nnever(3);\n');
    expect(stdout).toBe('changed src/a.ts  1 place by rename-calls\n');
    expect(stderr.split('\n')).toEqual([
      'rename-calls  1 safe, 1 review, 1 report',
      '1 file changed; 1 file scanned, 1 matched.',
      '1 finding wants a review: hasten run --level review --dry-run',
      '1 finding was left alone; hasten check tells why.',
      'Run your tests before you commit; hasten undo takes the changes back.',
      '',
    ]);
    expect(code).toBe(0);
  });

  it('applies what wants a review when asked to, here or by the configuration', async () => {
    lay('src/a.ts', 'maybe(2);\n');
    await hasten('run', 'src', '--level', 'review');
    expect(read('src/a.ts')).toBe('done(2);\n');
    lay('src/a.ts', 'maybe(2);\n');
    lay(
      'hasten.config.json',
      '{ "transforms": { "./mods/rename.ts": { "to": "made" } }, "level": "review" }',
    );
    await hasten('run', 'src', '--level', 'safe');
    expect(read('src/a.ts')).toBe('maybe(2);\n');
    await hasten('run', 'src');
    expect(read('src/a.ts')).toBe('made(2);\n');
  });

  it('--dry-run changes nothing and prints a patch that git applies', async () => {
    lay('src/ä b.ts', '\uFEFFone();\r\nsafely(1);\r\nnever(3);');
    const { code, stdout, stderr } = await hasten('run', 'src', '--dry-run');
    expect(read('src/ä b.ts')).toBe('\uFEFFone();\r\nsafely(1);\r\nnever(3);');
    expect(stdout).toContain(
      '# src/ä b.ts:2: safe: safely → done [rename-calls]\n#     ✓ `safely` is `done`\n',
    );
    expect(stdout).toContain('@@ -1,3 +1,3 @@ safe: safely → done\n');
    expect(stderr).toContain('To write these changes, leave out --dry-run.\n');
    execFileSync('git', ['apply', '--check'], { cwd: folder, input: stdout });
    execFileSync('git', ['apply'], { cwd: folder, input: stdout });
    expect(read('src/ä b.ts')).toBe('\uFEFFone();\r\ndone(1);\r\nnever(3);');
    expect(code).toBe(0);
  });

  it("--format patch prints the bare patch, --color the terminal's report", async () => {
    lay('src/a.ts', 'safely(1);\n');
    const { stdout } = await hasten('run', 'src', '--dry-run', '--format', 'patch');
    expect(stdout.split('\n')).toEqual([
      'diff --git a/src/a.ts b/src/a.ts',
      '--- a/src/a.ts',
      '+++ b/src/a.ts',
      '@@ -1 +1 @@',
      '-safely(1);',
      '+done(1);',
      '',
    ]);
    expect((await hasten('run', 'src', '--dry-run', '--color')).stdout).toContain(
      '\u001b[32m+done(1);\u001b[39m',
    );
  });

  it('--format json prints one object, with every level in it', async () => {
    lay('src/a.ts', 'safely(1);\nmaybe(2);\nnever(3);\n');
    lay('src/broken.ts', 'safely(;\n');
    const { code, stdout, stderr } = await hasten('run', 'src', '--dry-run', '--format', 'json');
    const report = JSON.parse(stdout) as JsonReport;
    expect(Object.keys(report)).toEqual(['version', 'files', 'findings', 'failures', 'types']);
    expect(report.files).toEqual({ scanned: 2, matched: 2, parsed: 1, failed: 1 });
    expect(report.findings.map(({ safety, path, start }) => [safety, path, start.line])).toEqual([
      ['safe', 'src/a.ts', 1],
      ['review', 'src/a.ts', 2],
      ['report', 'src/a.ts', 3],
    ]);
    expect(report.findings[0]?.edits).toEqual([{ path: 'src/a.ts', start: 0, end: 6, text: 'done' }]);
    expect(report.failures.map(({ path }) => path)).toEqual(['src/broken.ts']);
    expect(stderr).toBe('');
    expect(code).toBe(2);
  });

  it('--fail-on-changes exits with 1 when there are any', async () => {
    lay('src/a.ts', 'safely(1);\n');
    expect((await hasten('run', 'src', '--dry-run', '--fail-on-changes')).code).toBe(1);
    await hasten('run', 'src');
    expect((await hasten('run', 'src', '--dry-run', '--fail-on-changes')).code).toBe(0);
  });

  it('goes on where a file does not parse, names it and exits with 2', async () => {
    lay('src/a.ts', 'safely(1);\n');
    lay('src/broken.ts', 'one();\nsafely(;\n');
    const { code, stderr } = await hasten('run', 'src');
    expect(read('src/a.ts')).toBe('done(1);\n');
    expect(read('src/broken.ts')).toBe('one();\nsafely(;\n');
    expect(stderr).toMatch(/^failed src\/broken\.ts: does not parse: .*line 2/m);
    expect(code).toBe(2);
  });

  it('takes an option, a path behind `--`, and patterns from the folder of the configuration', async () => {
    lay('src/-a.ts', 'safely(1);\n');
    lay('src/b.ts', 'safely(1);\n');
    await hasten('run', '--option', 'rename-calls.to=made', '--', 'src/-a.ts');
    expect([read('src/-a.ts'), read('src/b.ts')]).toEqual(['made(1);\n', 'safely(1);\n']);
    lay('hasten.config.json', '{ "transforms": { "./mods/rename.ts": true }, "exclude": ["src/b.ts"] }');
    lay('src/c.ts', 'safely(1);\n');
    await hasten('run', 'src');
    expect([read('src/b.ts'), read('src/c.ts')]).toEqual(['safely(1);\n', 'done(1);\n']);
    lay('hasten.config.json', '{ "transforms": { "./mods/rename.ts": true }, "include": ["src/b.*"] }');
    lay('src/c.ts', 'safely(1);\n');
    await hasten('run');
    expect([read('src/b.ts'), read('src/c.ts')]).toEqual(['done(1);\n', 'safely(1);\n']);
  });

  it('runs a jscodeshift codemod, and shows its edits for review', async () => {
    lay('mods/theirs.js', `module.exports = (file) => file.source.replace('old(', 'fresh(');`);
    lay('src/a.ts', 'one( );\nold(1);\n');
    await hasten('run', 'src', '-t', './mods/theirs.js');
    expect(read('src/a.ts')).toBe('one( );\nold(1);\n');
    const { code } = await hasten('run', 'src', '-t', './mods/theirs.js', '--level', 'review');
    expect(read('src/a.ts')).toBe('one( );\nfresh(1);\n');
    expect(code).toBe(0);
  });
});

describe('hasten check', () => {
  it('tells findings, changes nothing, and fails from the level asked for on', async () => {
    lay('src/a.ts', 'maybe(2);\nnever(3);\n');
    const { code, stdout } = await hasten('check', 'src');
    expect(stdout.split('\n')).toEqual([
      'src/a.ts:1:1: review: maybe → done [rename-calls]',
      '    ? `maybe` is `done`',
      'src/a.ts:2:1: report: never → done [rename-calls]',
      '    ✗ `never` is not `done`',
      '',
    ]);
    expect(code).toBe(0);
    const codes = await Promise.all(
      ['safe', 'review', 'report', 'never'].map(
        async (level) => (await hasten('check', 'src', '--fail-on', level)).code,
      ),
    );
    expect(codes).toEqual([0, 1, 1, 0]);
    expect(read('src/a.ts')).toBe('maybe(2);\nnever(3);\n');
  });

  it('fails for what can be rewritten, unless the configuration says otherwise', async () => {
    lay('src/a.ts', 'safely(1);\n');
    expect((await hasten('check', 'src')).code).toBe(1);
    lay('hasten.config.json', '{ "transforms": { "./mods/rename.ts": true }, "failOn": "never" }');
    expect((await hasten('check', 'src')).code).toBe(0);
  });

  it('--format json prints what run prints', async () => {
    lay('src/a.ts', 'safely(1);\n');
    const { code, stdout } = await hasten('check', 'src', '--format', 'json');
    expect(stdout).toBe((await hasten('run', 'src', '--dry-run', '--format', 'json')).stdout);
    expect(code).toBe(1);
  });
});

describe('paths that lead to nothing', () => {
  it('that do not exist are bad usage, and the others are done', async () => {
    lay('src/a.ts', 'safely(1);\n');
    const { code, stderr } = await hasten('run', 'src', 'scr');
    expect(read('src/a.ts')).toBe('done(1);\n');
    expect(stderr).toContain(`error scr does not exist. Paths are relative to ${folder}.\n`);
    expect(code).toBe(3);
  });

  it('without any file to look at are bad usage', async () => {
    lay('styles/a.css', 'a {}');
    const { code, stderr } = await hasten('check', 'styles');
    expect(stderr).toContain('No file matched styles: name files, folders or globs');
    expect(code).toBe(3);
  });

  it('still give scripts their object', async () => {
    const { code, stdout } = await hasten('check', 'none', '--format', 'json');
    expect((JSON.parse(stdout) as JsonReport).files.scanned).toBe(0);
    expect(code).toBe(3);
  });
});

describe('bad usage', () => {
  it.each([
    [[], 'Say what to do: `hasten run --dry-run`'],
    [['rnu'], '`rnu` is not a command. Did you mean `run`?'],
    [['mods'], '`mods` is not a command. Did you mean `hasten run mods`?'],
    [['run', '--dryrun'], '`--dryrun` is not an option here. Did you mean `--dry-run`?'],
    [['run', '--level', 'saef'], '`--level saef` is not possible. Did you mean `safe`?'],
    [['run', '--level', 'safe', '--level', 'review'], '--level is given more than once.'],
    [['run', '-t'], '`-t` needs a value behind it.'],
    [['run', '-t', 'consol-to-logger'], 'Did you mean `console-to-logger`?'],
    [['run', '--set', 'loging'], 'there is no set `loging`. Did you mean `logging`?'],
    [['check', '--option', 'too=x'], '`rename-calls` has no option `too`. Did you mean `to`?'],
    [['run', '--config', 'none.json'], 'none.json does not exist.'],
    [['explain'], 'The name of a transform is missing'],
    [['apply'], 'The plan is missing: hasten apply plan.json'],
    [['apply', 'plan.json', 'b'], '`b` is one word too many for `hasten apply`.'],
    [['undo', 'one', 'two'], '`two` is one word too many for `hasten undo`.'],
    [['explain', 'console-logger'], 'Did you mean `console-to-logger`?'],
  ])('%j exits with 3 and says what to do', async (words, message) => {
    lay('src/a.ts', 'safely(1);\n');
    const { code, stdout, stderr } = await hasten(...words);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(3);
    expect(read('src/a.ts')).toBe('safely(1);\n');
  });

  it('in the configuration names its file and line', async () => {
    const path = lay('hasten.config.json', '{\n  "transfroms": {}\n}');
    const { code, stderr } = await hasten('run');
    expect(stderr).toBe(`hasten: ${path}:2: \`transfroms\` is not known. Did you mean \`transforms\`?\n`);
    expect(code).toBe(3);
  });
});

describe('hasten list and explain', () => {
  it('know of a transform from its written head what it says itself', async () => {
    for (const transform of await allBuiltIn()) {
      const said = Object.entries(transform).filter(([, value]) => typeof value !== 'function');
      const written = JSON.stringify(writtenHead(transform));
      expect(readHead(JSON.parse(written) as ReturnType<typeof writtenHead>)).toEqual(
        Object.fromEntries(said),
      );
    }
  });

  it('lists every file of transforms/, and nothing else', async () => {
    const files = readdirSync(join(packageRoot, 'transforms')).map((name) => name.replace(/\.ts$/, ''));
    expect(Object.keys(CATALOG).toSorted()).toEqual(files.toSorted());
    const { code, stdout } = await hasten('list', '--format', 'json');
    const { transforms } = JSON.parse(stdout) as { transforms: { id: string }[] };
    expect(transforms.map(({ id }) => id)).toEqual(files.toSorted());
    expect(code).toBe(0);
    expect((await hasten('list')).stdout).toMatch(/^console-to-logger {2,}\S.*\. \[logging\]$/m);
  });

  it('explains a transform with its options and their defaults', async () => {
    const { code, stdout } = await hasten('explain', './mods/rename.ts');
    expect(stdout).toContain('rename-calls\nRename calls.\n');
    expect(stdout).toContain('  to = "done"\n      The new name.\n');
    expect(code).toBe(0);
    expect((await hasten('explain', 'console-to-logger')).stdout).toMatch(/^console-to-logger\n/);
  });

  it('explains with the page of the transform, without what the transform says itself', async () => {
    const root = join(folder, 'root');
    lay(
      'root/docs/transforms/rename-calls.md',
      '# rename-calls\n\nRename calls.\n\nWhy it is so.\n\n## Before\n\nb\n\n## Options\n\ntold twice\n',
    );
    let stdout = '';
    const output = { write: (text: string) => (stdout += text) };
    const around = { cwd: folder, env: {}, stdout: output, stderr: output, packageRoot: root };
    lay('root/package.json', '{ "version": "1.2.3" }');
    await runCli(['explain', './mods/rename.ts'], around);
    expect(stdout).toContain(
      'rename-calls\nRename calls.\n\nWhy it is so.\n\n## Before\n\nb\n\n## Options\n\n  to = "done"',
    );
    expect(stdout).not.toContain('told twice');
  });
});

describe('the process', () => {
  it('tells its version and help', async () => {
    const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(spawned('--version')).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
    const { status, stdout } = spawned('--help');
    expect(status).toBe(0);
    for (const command of ['run [paths..]', 'check [paths..]', 'list', 'explain <transform>'])
      expect(stdout).toContain(`hasten ${command}`);
  });

  it('exits with the code, results on stdout and all else on stderr', () => {
    lay('src/a.ts', 'safely(1);\n');
    const found = spawned('check', 'src');
    expect(found.status).toBe(1);
    expect(found.stdout).toMatch(/^src\/a\.ts:1:1: safe/);
    expect(found.stderr).toContain('1 finding can be fixed: hasten run\n');
    expect(spawned('run', '--nope')).toMatchObject({ status: 3, stdout: '' });
  });

  it('lists what a limit left out, with its place in the exit code', () => {
    const before = 'safely(1);\n';
    lay('src/a.ts', before);
    const { status, stderr } = spawned('run', 'src', '--memory-limit', '1');
    expect(status).toBe(2);
    expect(stderr).toContain(
      'failed src/a.ts: not looked at: the memory limit of the run was reached (1 MiB)\n',
    );
    expect(read('src/a.ts')).toBe(before);
  });

  it('that is stopped by Ctrl-C while it looks at files has changed none', async () => {
    const before = 'safely(1);\n';
    lay('src/a.ts', before);
    lay('src/b.ts', before);
    lay(
      'mods/slow.ts',
      `export default { id: 'slow', summary: 'Take long.', prefilter: /safely/, defaults: {},
        *inspect({ path }) { if (path.endsWith('b.ts')) { process.stderr.write('looking'); for (;;); } } };`,
    );
    const words = ['run', 'src', '-t', './mods/rename.ts', '-t', './mods/slow.ts'];
    const child = spawn(process.execPath, [...COMMAND_LINE, ...words], { cwd: folder });
    child.stderr.once('data', () => child.kill('SIGINT'));
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    const ended = await new Promise((done) => child.on('close', (code, signal) => done({ code, signal })));
    expect(ended).toEqual({ code: null, signal: 'SIGINT' });
    expect(stdout).toBe('');
    expect([read('src/a.ts'), read('src/b.ts')]).toEqual([before, before]);
    expect(spawned('run', 'src').status).toBe(0);
    expect(read('src/a.ts')).toBe('done(1);\n');
  });

  it('whose reader goes away ends quietly with its code, and has written every file', async () => {
    for (let index = 0; index < 12; index++) lay(`src/${index}.ts`, 'safely(1);\n'.repeat(60));
    for (const words of [
      ['run', 'src', '--dry-run', '--fail-on-changes'],
      ['run', 'src', '--format', 'patch'],
    ]) {
      const child = spawn(process.execPath, [...COMMAND_LINE, ...words], { cwd: folder });
      child.stdout.destroy();
      let stderr = '';
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      const code = await new Promise((done) => child.on('close', done));
      expect(stderr).not.toMatch(/EPIPE|^\s+at /m);
      expect(code).toBe(words.includes('--fail-on-changes') ? 1 : 0);
    }
    expect(read('src/11.ts')).toBe('done(1);\n'.repeat(60));
  });
});
