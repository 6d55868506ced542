import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  apply,
  builtInTransforms,
  check,
  defineTransform,
  HastenError,
  holds,
  plan,
  report,
  resume,
  run,
  runs,
  savePlan,
  undo,
  UsageError,
  type HastenEvent,
  type SearchRequest,
} from '../src/index.ts';
import { COMMAND_LINE, hastenIn, packageRoot } from './command-line.ts';

const FILES: Readonly<Record<string, string>> = {
  'package.json':
    '{ "name": "shop", "private": true, "type": "module", "dependencies": { "pino": "^9.0.0" } }\n',
  'src/logger.ts': "import pino from 'pino';\nexport const logger = pino();\n",
  'src/orders.ts':
    "export function order(id: string): string {\n  console.log('ordered');\n  if (id === '') console.error('no id');\n  return id;\n}\n",
  'src/server.ts':
    "import { order } from './orders.js';\nexport const serve = (id: string) => {\n  console.log('served');\n  return order(id);\n};\n",
  'old/total.js': 'var total = 0;\nexport { total };\n',
};

let original = '';
let folder = '';
beforeAll(() => {
  original = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-original-')));
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(original, name)), { recursive: true });
    writeFileSync(join(original, name), text);
  }
});
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-api-')));
  cpSync(original, folder, { recursive: true });
  return () => rmSync(folder, { recursive: true, force: true });
});
afterAll(() => rmSync(original, { recursive: true, force: true }));

const asked = (more: SearchRequest = {}): SearchRequest => ({
  cwd: folder,
  transforms: ['console-to-logger'],
  cache: false,
  ...more,
});

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** A transform that finds one thing in each file, and takes its time for it. */
const slow = (milliseconds: number) =>
  defineTransform({
    id: 'slow',
    summary: 'Find something in each file.',
    prefilter: /./,
    *inspect(file) {
      for (const end = performance.now() + milliseconds; performance.now() < end;);
      yield { at: { start: 0, end: 1 }, title: file.path, evidence: [holds('there is a file')] };
    },
  });

describe('the examples of the documentation', () => {
  const page = readFileSync(join(packageRoot, 'docs', 'api.md'), 'utf8');
  const examples = Array.from(
    page.matchAll(/```js\n([^]*?)```\n\n```text\n([^]*?)```/g),
    ([, code = '', output = '']) => ({
      code,
      output,
    }),
  );

  it('are all followed by what they print', () => {
    expect(examples.length).toBe(page.split('```js').length - 1);
    expect(examples.length).toBeGreaterThan(6);
  });

  it('print what they say', () => {
    const names = examples.map(({ code }, index) => {
      cpSync(original, join(folder, 'projects', String(index)), { recursive: true });
      writeFileSync(join(folder, `${index}.mjs`), code);
      return String(index);
    });
    const index = pathToFileURL(join(packageRoot, 'src', 'index.ts')).href;
    const installed = join(folder, 'node_modules', 'hasten');
    mkdirSync(installed, { recursive: true });
    writeFileSync(join(installed, 'package.json'), '{ "type": "module", "exports": "./index.js" }');
    writeFileSync(join(installed, 'index.js'), `export * from '${index}';`);
    const all = join(folder, 'all.mjs');
    const body = `for (const at of ${JSON.stringify(names)}) { process.chdir(${JSON.stringify(folder)} + '/projects/' + at); await import('./' + at + '.mjs'); console.log('=== next'); }`;
    writeFileSync(all, body);
    const options = { cwd: folder, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...COMMAND_LINE.slice(0, 2), all],
      options,
    );
    expect(stderr).toBe('');
    expect(stdout.split('=== next\n').slice(0, -1)).toEqual(examples.map(({ output }) => output));
    expect(status).toBe(0);
  }, 300_000);
});

describe('a script', () => {
  it('finds what the command line finds, in each format', async () => {
    const checked = await check(asked({ cwd: folder }));
    for (const format of ['json', 'sarif', 'patch', 'markdown', 'junit', 'ndjson'] as const) {
      let text = '';
      for await (const piece of report(checked, format)) text += piece;
      const words = ['check', '-t', 'console-to-logger', '--no-cache', '--format', format];
      expect((await hastenIn(folder, words)).stdout, format).toBe(text);
    }
    expect(checked.isFailed).toBe(true);
    expect((await check({ ...asked(), failOn: 'never' })).isFailed).toBe(false);
  });

  it('prints what a dry run prints', async () => {
    const planned = await plan(asked());
    let text = '';
    for await (const piece of report(planned, 'json')) text += piece;
    const words = ['run', '--dry-run', '-t', 'console-to-logger', '--no-cache', '--format', 'json'];
    expect((await hastenIn(folder, words)).stdout).toBe(text);
  });

  it('writes, lists the runs, and undoes', async () => {
    const ran = await run({ ...asked(), allowDirty: true });
    expect(ran.failures).toEqual([]);
    expect(read('src/orders.ts')).toContain('logger.info');
    const all = await runs({ cwd: folder });
    expect(all.runs.map(({ record }) => record.id)).toEqual([ran.written?.run]);
    expect(await resume({ cwd: folder })).toBeUndefined();
    const undone = await undo({ cwd: folder });
    expect(undone?.outcome).toBe('undone');
    for (const [name, text] of Object.entries(FILES)) expect(read(name)).toBe(text);
    expect((await undo({ cwd: folder }))?.wasUndone).toBe(true);
    await expect(undo({ cwd: folder, run: 'nothing-like-it' })).rejects.toThrow(UsageError);
  });

  it('has nothing to undo where nothing was done', async () => {
    expect(await undo({ cwd: folder })).toBeUndefined();
  });

  it('writes nothing in a dry run', async () => {
    const { changes, written, mode } = await run({ ...asked(), dryRun: true });
    expect([changes.length, written, mode]).toEqual([2, undefined, 'dry-run']);
    for (const [name, text] of Object.entries(FILES)) expect(read(name)).toBe(text);
  });

  it('verifies with a command, and tells how far it is', async () => {
    const stages: string[] = [];
    const { verified, failures } = await run({
      ...asked({ onEvent: (event) => event.type === 'verify' && stages.push(event.progress.stage) }),
      allowDirty: true,
      verify: { command: '! grep -q logger src/server.ts' },
    });
    expect(failures).toEqual([]);
    expect(verified?.culprits.map(({ proposal }) => proposal.path)).toEqual([
      join(folder, 'src', 'server.ts'),
    ]);
    expect(stages[0]).toBe('copy');
    expect(read('src/orders.ts')).toContain('logger.info');
    expect(read('src/server.ts')).toBe(FILES['src/server.ts']);
  });

  it('applies a plan from a file, or as it was made', async () => {
    const planned = await plan(asked());
    await savePlan(planned, 'kept.json');
    const id = planned.findings.find(({ path }) => path.endsWith('server.ts'))?.id ?? '';
    const decisions = new Map([[id, { verdict: 'accepted' }] as const]);
    const fromFile = await apply({ cwd: folder, plan: 'kept.json', decisions, dryRun: true });
    const made = await apply({
      cwd: folder,
      plan: planned,
      decisions: { [id]: { verdict: 'accepted' } },
      allowDirty: true,
    });
    expect(made.changes).toEqual(fromFile.changes);
    expect(made.changes.map(({ path }) => path)).toEqual([join(folder, 'src', 'server.ts')]);
    expect(read('src/server.ts')).toBe(made.changes[0]?.after);
    // Now the plan is about another text.
    const again = await apply({ cwd: folder, plan: planned, allowDirty: true });
    expect(again.leftOut.map((one) => one.id)).toEqual([id]);
  });

  it('gives configuration and options as they are', async () => {
    const config = { exclude: ['src/server.ts'], transforms: { 'console-to-logger': {} } };
    const { findings } = await plan({ cwd: folder, cache: false, config });
    expect(new Set(findings.map(({ path }) => path))).toEqual(new Set([join(folder, 'src', 'orders.ts')]));
    const options = { 'console-to-logger': { logger: './src/gone.ts' } };
    const typed = ['console-to-logger.logger=./src/gone.ts'];
    expect((await plan(asked({ options }))).findings).toEqual(
      (await plan(asked({ options: typed }))).findings,
    );
  });

  it.each([
    [{ transforms: ['no-such'] }, 'neither a built-in transform'],
    [{ transforms: [{} as never] }, 'A transform is the name of one, or what defineTransform makes.'],
    [{ sets: ['no-such'] }, 'there is no set'],
    [{ options: { 'no-such': {} } }, 'is not among the transforms'],
    [{ options: { 'console-to-logger': { logger: 3 } } }, 'must be a string'],
    [{ options: { 'console-to-logger': { loger: 'x' } } }, 'has no option `loger`'],
    [{ config: 'gone.json' }, 'does not exist'],
    [{ config: { level: 'none' } as never }, '`level` must be one of'],
    [{ paths: 'src' as never }, '`paths` is a list, not "src"'],
    [{ paths: [3] as never }, '`paths` is a list of strings, not of 3'],
    [{ level: 'reviw' as never }, '`level` is safe or review, not "reviw"'],
    [{ timeLimit: -1 }, '`timeLimit` is a number above 0, not -1'],
    [{ cwd: '/no/such/folder' }, '/no/such/folder is no folder'],
  ])('is told what is wrong with %j', async (request, message) => {
    await expect(plan(asked(request))).rejects.toThrow(HastenError);
    await expect(plan(asked(request))).rejects.toThrow(UsageError);
    await expect(plan(asked(request))).rejects.toThrow(message);
  });

  it('is told of a key that there is not, and nothing is done', async () => {
    const slip = { ...asked(), dryrun: true };
    await expect(run(slip)).rejects.toThrow('`run` is not asked for `dryrun`. Did you mean `dryRun`?');
    for (const [name, text] of Object.entries(FILES)) expect(read(name)).toBe(text);
  });

  it('is told what a file is that is no plan', async () => {
    await expect(apply({ cwd: folder, plan: 'package.json' })).rejects.toThrow(
      /package\.json: this is no plan/,
    );
    await expect(apply({ cwd: folder, plan: 'gone.json' })).rejects.toThrow(UsageError);
    const planned = await plan(asked());
    await expect(savePlan(planned, 'package.json')).rejects.toThrow('it is no plan');
    await expect(apply({ plan: planned, decisions: { a: { verdict: 'perhaps' } as never } })).rejects.toThrow(
      'These are no decisions: decisions["a"].verdict is not one of',
    );
    await expect(report(planned, 'yaml' as never).next()).rejects.toThrow('There is no format `yaml`');
  });

  it('knows the built-in transforms', async () => {
    expect((await builtInTransforms()).map(({ id }) => id)).toContain('console-to-logger');
  });
});

describe('events', () => {
  it('tell findings before the end, and how far it is', async () => {
    const events: HastenEvent[] = [];
    const { findings } = await plan(asked({ onEvent: (event) => events.push(event) }));
    const told = events.flatMap((event) => (event.type === 'findings' ? event.findings : []));
    expect(new Set(told.map(({ id }) => id))).toEqual(new Set(findings.map(({ id }) => id)));
    const stages = new Set(events.flatMap((event) => (event.type === 'progress' ? [event.stage] : [])));
    expect([...stages]).toEqual(['scan', 'inspect', 'types', 'format']);
  });
});

describe('a signal', () => {
  it('ends a run from a timer, although it computes all the time', async () => {
    for (let at = 0; at < 200; at++) writeFileSync(join(folder, `file-${at}.ts`), 'export {};\n');
    const controller = new AbortController();
    let found = 0;
    const planned = plan({
      ...asked({ transforms: [slow(20)] }),
      signal: controller.signal,
      onEvent(event) {
        if (event.type !== 'findings') return;
        found++;
        if (found === 1) setTimeout(() => controller.abort(new Error('enough')), 0);
      },
    });
    await expect(planned).rejects.toThrow('enough');
    expect(found).toBeLessThan(100);
  });

  it('that is aborted already ends everything before it begins', async () => {
    const signal = AbortSignal.abort(new Error('never'));
    const planned = await plan(asked());
    for (const ended of [
      plan(asked({ signal })),
      check(asked({ signal })),
      run({ ...asked({ signal }), allowDirty: true }),
      apply({ cwd: folder, plan: planned, signal, allowDirty: true }),
    ])
      await expect(ended).rejects.toThrow('never');
    for (const [name, text] of Object.entries(FILES)) expect(read(name)).toBe(text);
  });
});

describe('runs at the same time', () => {
  it('give what each gives alone', async () => {
    const sync =
      "import { readFileSync } from 'node:fs';\nexport const text = (name: string) => readFileSync(name, 'utf8');\n";
    writeFileSync(join(folder, 'src', 'read.ts'), sync);
    const requests = [
      asked(),
      asked({ transforms: ['sync-to-async'], level: 'review' }),
      asked({ transforms: undefined }),
    ];
    const alone = [];
    for (const request of requests) alone.push((await plan(request)).findings);
    const signal = new AbortController().signal;
    const together = await Promise.all(requests.map((request) => plan({ ...request, signal })));
    expect(together.map(({ findings }) => findings)).toEqual(alone);
  });

  it('leave the process as it was, whatever a codemod does', async () => {
    const { exit } = process;
    const { write } = process.stdout;
    writeFileSync(
      join(folder, 'quits.mjs'),
      'export default async function quits({ source }) { await null; console.log("from a codemod"); if (source.includes("order(id)")) process.exit(5); return source; }\n',
    );
    const out = vi.spyOn(process.stdout, 'write');
    const request = asked({ transforms: ['./quits.mjs'], paths: ['src'] });
    const both = await Promise.all([
      plan(request),
      plan({ ...request, signal: new AbortController().signal }),
    ]);
    const printed = out.mock.calls.map(([text]) => String(text)).join('');
    out.mockRestore();
    expect(printed).toBe('');
    for (const { failures } of both)
      expect(failures.map(({ reason }) => reason)).toEqual([
        expect.stringContaining('it called process.exit(5)'),
      ]);
    expect(process.exit).toBe(exit);
    expect(process.stdout.write).toBe(write);
  });
});

describe('the terminal', () => {
  it('sees nothing of all this', async () => {
    const out = vi.spyOn(process.stdout, 'write');
    const err = vi.spyOn(process.stderr, 'write');
    const listeners = process.listenerCount('SIGINT');
    await run({ ...asked(), allowDirty: true });
    await undo({ cwd: folder });
    const printed = [...out.mock.calls, ...err.mock.calls].map(([text]) => String(text));
    out.mockRestore();
    err.mockRestore();
    expect(printed).toEqual([]);
    expect(process.listenerCount('SIGINT')).toBe(listeners);
  });
});
