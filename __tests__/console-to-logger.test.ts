import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, inspect } from 'node:util';
import { array, constantFrom, oneof, option, sample, tuple } from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { plan } from '../src/run/plan.ts';
import type { Transform } from '../src/transform.ts';
import consoleToLogger from '../transforms/console-to-logger.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'console-to-logger-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What one call wrote, as the text that stands in the log. */
interface Written {
  readonly level: string;
  readonly text: string;
}

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silly', 'log'];

type Log = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

const recorder = (into: Written[], textOf: (args: readonly unknown[]) => string): Log =>
  Object.fromEntries(
    LEVELS.map((level) => [
      level,
      (...args: readonly unknown[]): undefined => {
        into.push({ level, text: textOf(args) });
      },
    ]),
  );

const plainError = (error: Error): object => ({
  type: error.name,
  message: error.message,
  stack: error.stack,
});

/** pino's formats: https://github.com/pinojs/quick-format-unescaped; values that no format takes are lost. */
function fill(message: unknown, values: readonly unknown[]): unknown {
  if (typeof message !== 'string' || values.length === 0) return message;
  let used = 0;
  return message.replace(/%[sdifjoO%]/g, (one) => {
    if (one === '%%') return '%';
    const value = values[used++];
    if (one === '%s') return String(value);
    return /%[jOo]/.test(one) ? JSON.stringify(value) : String(Number(value));
  });
}

const withPlainErr = (fields: Readonly<Record<string, unknown>>): object =>
  fields.err instanceof Error ? { ...fields, err: plainError(fields.err) } : fields;

/** What pino writes: fields first, an error under `err`, the message last. https://getpino.io/#/docs/api?id=logger */
function pinoText([first, ...rest]: readonly unknown[]): string {
  const [message, ...values] = rest;
  if (first instanceof Error)
    return JSON.stringify({ err: plainError(first), msg: message ?? first.message });
  if (typeof first === 'object' && first !== null) {
    return JSON.stringify({
      ...withPlainErr(first as Readonly<Record<string, unknown>>),
      msg: fill(message, values),
    });
  }
  return JSON.stringify({ msg: fill(first, rest) });
}

/** What bunyan without serializers writes: like pino, but `{ err }` is what JSON makes of an error. */
function bunyanText([first, ...rest]: readonly unknown[]): string {
  if (first instanceof Error) return JSON.stringify({ err: plainError(first), msg: format(...rest) });
  if (typeof first === 'object' && first !== null) return JSON.stringify({ ...first, msg: format(...rest) });
  return JSON.stringify({ msg: format(first, ...rest) });
}

/** What winston writes with `json()`: one object after the message is merged, its `message` appended, the rest lost. */
function winstonText([first, meta]: readonly unknown[]): string {
  if (meta === undefined || typeof meta !== 'object' || meta === null) {
    const message = (first as { message?: unknown } | null)?.message;
    return JSON.stringify(message === undefined ? { message: first } : first);
  }
  const { message, stack } = meta as { message?: string; stack?: string };
  return JSON.stringify({
    ...meta,
    message: message === undefined ? first : `${String(first)} ${message}`,
    ...(stack === undefined ? {} : { stack }),
  });
}

/** Arguments with marks such as `V7V` in their values. Names are those of the parameters of `run`. */
const ARGUMENTS = [
  `'some text'`,
  `'with: '`,
  '`is ${id}`',
  '`${name} has ${count} things`',
  `'prefix ' + name`,
  'id',
  'name',
  'count',
  'owner.id',
  'owner',
  'list',
  'list.length',
  '{ id, count }',
  '{ owner, level: name }',
  'next()',
  'name.toUpperCase()',
  'JSON.stringify(owner)',
  'true',
  '42',
];
const FORMATS = [`'%s and %s'`, `'%d%%'`, `'at %s:'`, `'got %j'`, `'100%'`];
const ERRORS = ['err', '`why: ${err}`', '{ error: err, id }'];

const callOf = tuple(
  constantFrom('log', 'info', 'warn', 'error', 'debug'),
  oneof(constantFrom(...ARGUMENTS), constantFrom(...FORMATS)),
  array(constantFrom(...ARGUMENTS), { maxLength: 3 }),
  option(constantFrom(...ERRORS)),
).map(
  ([method, first, rest, error]) =>
    `console.${method}(${[first, ...rest, ...(error === null ? [] : [error])].join(', ')});`,
);

const CALLS = sample(callOf, { numRuns: 300, seed: 7 });

const SOURCE = `export function run({ id, name, count, owner, list, next }) {
  try {
    throw new Error('V0V');
  } catch (err) {
${CALLS.map((call) => `    ${call}`).join('\n')}
  }
}
`;

/** Runs a module's function \`run\` with a console and a logger of ours. */
function execute(source: string, console: Log, logger: Log): number {
  const body = source.replace(/^import .*$/gm, '').replace('export function', 'return function');
  let turns = 0;
  const run = new Function('console', 'logger', body)(console, logger) as (values: object) => void;
  run({
    id: 'V1V',
    name: 'v2v',
    count: 31337,
    owner: { id: 'V3V', tags: ['V4V'] },
    list: ['V5V', 'V6V'],
    next: () => `V7V${++turns}V`,
  });
  return turns;
}

const marksIn = (text: string): readonly string[] =>
  [
    ...new Set(
      (text.match(/V\d+V(\d+V)?|31337|some text|prefix|with|100%/gi) ?? []).map((one) => one.toLowerCase()),
    ),
  ].sort();

async function rewritten(library: string): Promise<string> {
  const path = join(folder, 'app.js');
  writeFileSync(join(folder, 'package.json'), '{ "name": "app", "type": "module" }');
  writeFileSync(join(folder, 'log.js'), 'export const logger = undefined;\n');
  writeFileSync(path, SOURCE);
  const { changes } = await plan({
    cwd: folder,
    paths: ['app.js'],
    transforms: [
      {
        transform: consoleToLogger as unknown as Transform,
        options: { ...consoleToLogger.defaults, logger: './log.js', library },
      },
    ],
    level: 'review',
    fileTimeLimit: 60_000,
    format: false,
  });
  return changes.find((one) => one.path === path)?.after ?? readFileSync(path, 'utf8');
}

/** What `console` writes, whole objects. */
const asConsole = (args: readonly unknown[]): string =>
  format(
    ...args.map((one) =>
      typeof one === 'object' && !(one instanceof Error) ? inspect(one, { depth: null }) : one,
    ),
  );

describe.each([
  ['pino', pinoText],
  ['bunyan', bunyanText],
  ['winston', winstonText],
])('%s', (library, textOf) => {
  it('is given everything that console was given', async () => {
    const before: Written[] = [];
    const after: Written[] = [];
    const none = recorder([], asConsole);
    const result = await rewritten(library);
    const turns = execute(SOURCE, recorder(before, asConsole), none);
    expect(execute(result, recorder(after, asConsole), recorder(after, textOf)), 'effects').toBe(turns);
    expect(after.length).toBe(before.length);
    const lost = before.flatMap(({ text }, at) => {
      const kept = marksIn(after[at]?.text ?? '');
      const missing = marksIn(text).filter((mark) => !kept.includes(mark));
      return missing.length === 0 ? [] : [{ call: CALLS[at], missing, wrote: after[at]?.text.slice(0, 300) }];
    });
    expect(lost).toEqual([]);
    const rewrittenCalls = result.split('\n').filter((line) => /^\s+logger\./.test(line)).length;
    expect(rewrittenCalls, 'calls of the logger').toBeGreaterThan(CALLS.length / 3);
  });
});
