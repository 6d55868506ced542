import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hastenIn } from './command-line.ts';
import { closedSchemas, SCHEMAS } from './schemas/closed.ts';

const ajv = closedSchemas();

const seen = new Set<string>();

/** Checks `text` against a schema, and notes which of its fields were there. */
function expectValid(schema: string, text: string): void {
  const value: unknown = JSON.parse(text);
  const validate = ajv.getSchema(`${schema}.json`);
  if (validate === undefined) throw new TypeError(`There is no schema ${schema}.`);
  expect(validate(value) === true ? [] : validate.errors).toEqual([]);
  for (const key of Object.keys(value as object)) seen.add(`${schema} ${key}`);
}

let folder = '';

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-schemas-')));
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module","dependencies":{"pino":"9.0.0"}}');
  writeFileSync(
    join(folder, 'src', 'logger.ts'),
    `import pino from 'pino';\nexport const logger = pino();\n`,
  );
  writeFileSync(join(folder, 'src', 'bad.ts'), 'console.log(');
  writeFileSync(
    join(folder, 'src', 'f.ts'),
    `import { logger } from './logger.js';
export function f(n: number, password: string) {
  console.log('count', n);
  console.log('secret', password);
  logger.info('x');
  // hasten-ignore console-to-logger until 2030-01-01: the old format is parsed
  console.log('again', n);
}
export function g(n: number) {
  // hasten-ignore console-to-logger
  console.log('bye');
  process.exit(n);
}
`,
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('what is printed and kept is as the published schemas say, and nothing else', async () => {
  const run = ['run', 'src', '-t', 'console-to-logger', '--level', 'review', '--no-cache', '--format'];
  const print = async (...words: readonly string[]): Promise<string> =>
    (await hastenIn(folder, words)).stdout;
  expectValid(
    'report',
    await print(...run, 'json', '--dry-run', '--stats', '--plan', 'plan.json', '--verify', 'true'),
  );
  for (const line of (await print(...run, 'ndjson', '--dry-run')).trim().split('\n'))
    expectValid('ndjson-line', line);
  await print('check', 'src', '--write-baseline');
  expectValid('report', await print('check', 'src', '--explain-skips', '--format', 'json'));
  expectValid('plan', readFileSync(join(folder, 'plan.json'), 'utf8'));

  const { steps } = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as {
    readonly steps: readonly { readonly proposals: readonly { readonly id: string }[] }[];
  };
  const [first, second] = (steps[0]?.proposals ?? []).map(({ id }) => id);
  const decisions = {
    format: 1,
    decisions: {
      [first ?? '']: { verdict: 'rejected', note: 'no' },
      [second ?? '']: { verdict: 'accepted' },
      gone: { verdict: 'accepted' },
    },
  };
  writeFileSync(join(folder, 'decisions.json'), JSON.stringify(decisions));
  expectValid('decisions', readFileSync(join(folder, 'decisions.json'), 'utf8'));
  const apply = ['apply', 'plan.json', '--decisions', 'decisions.json', '--stats', '--format', 'json'];
  expectValid('applied', await print(...apply, '--verify', 'true'));
  // What was rejected in the plan is written now.
  expectValid('report', await print(...run, 'json'));

  // What needs a repository to be seen.
  const rare = ['report commits', 'applied commits', 'plan decisions'];
  for (const schema of ['report', 'applied', 'plan', 'decisions']) {
    const { properties } = JSON.parse(readFileSync(join(SCHEMAS, `${schema}.json`), 'utf8')) as {
      readonly properties: object;
    };
    const unseen = Object.keys(properties)
      .map((key) => `${schema} ${key}`)
      .filter((key) => !seen.has(key));
    expect(unseen.filter((key) => !rare.includes(key))).toEqual([]);
  }
});
