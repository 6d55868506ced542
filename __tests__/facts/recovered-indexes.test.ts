import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { Cones } from '../../src/facts/cones/grow.ts';
import { createFacts, type RunFacts } from '../../src/facts/facts.ts';
import { NotReadyError } from '../../src/facts/not-ready.ts';
import { isLimited, runWithin } from '../../src/run/time-limit.ts';
import { parseFile } from '../../src/syntax/file.ts';

const folder = mkdtempSync(join(tmpdir(), 'hasten-recovered-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

const path = join(folder, 'a.ts');
const text =
  "import { readFileSync } from 'node:fs';\nexport const load = (): string => readFileSync('a', 'utf8');\n";
const call = parseFile(path, text).find('CallExpression')[0]?.node ?? {};

const readText = (one: string): string | undefined => (one === path ? text : undefined);

/** Facts that were stopped in the middle of a question. */
async function stoppedIn(ask: (facts: RunFacts) => unknown): Promise<RunFacts> {
  let isStopped = true;
  const facts = await createFacts({
    cwd: folder,
    files: [path],
    readText: (one) => {
      if (one !== path) return undefined;
      if (isStopped) throw new Error('stopped');
      return text;
    },
  });
  expect(() => ask(facts)).toThrow('stopped');
  isStopped = false;
  return facts;
}

describe('facts that a time limit stopped', () => {
  it('have the indexes of the whole project ready before they are asked for callers again', async () => {
    const prepare = vi.spyOn(Cones.prototype, 'prepare');
    const facts = await stoppedIn((one) => one.coneOf(path, call));
    expect(prepare).not.toHaveBeenCalled();
    expect(facts.recover(path)).toBe(true);
    expect(prepare).toHaveBeenCalledTimes(1);
    expect(facts.recover(path)).toBe(false);
    expect(facts.coneOf(path, call)?.functions.map(({ name }) => name)).toEqual(['`load`']);
    facts.dispose();
  });

  it('build none where nobody asked for callers', async () => {
    const prepare = vi.spyOn(Cones.prototype, 'prepare');
    const facts = await stoppedIn((one) => one.codeOf(path, call));
    expect(facts.recover(path)).toBe(true);
    expect(prepare).not.toHaveBeenCalled();
    facts.dispose();
  });
});

describe('facts that are asked by who may not wait', () => {
  it('refuse what takes a whole program, and know it once that was built', async () => {
    let isImpatient = true;
    const facts = await createFacts({ cwd: folder, files: [path], readText, isImpatient: () => isImpatient });
    facts.prepare([path]);
    expect(() => facts.coneOf(path, call)).toThrow(NotReadyError);
    expect(facts.recover(path)).toBe(true);
    expect(facts.coneOf(path, call)?.functions.map(({ name }) => name)).toEqual(['`load`']);
    expect(facts.recover(path)).toBe(false);
    facts.prepare([path]);
    expect(() => facts.coneOf(path, call)).toThrow(NotReadyError);
    isImpatient = false;
    expect(facts.coneOf(path, call)?.functions.map(({ name }) => name)).toEqual(['`load`']);
    facts.dispose();
  });

  it('are waited for by the time limit of who asks', async () => {
    const facts = await createFacts({ cwd: folder, files: [path], readText, isImpatient: isLimited });
    facts.prepare([path]);
    const cone = runWithin(
      30_000,
      () => facts.coneOf(path, call),
      () => facts.recover(path),
    );
    expect(cone?.functions.map(({ name }) => name)).toEqual(['`load`']);
    facts.dispose();
  });
});
