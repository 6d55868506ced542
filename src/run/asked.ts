import { createHash } from 'node:crypto';
import type { Facts, RunFacts } from '../facts/facts.ts';
import type { Surroundings } from './inspect.ts';

/** What can be asked about a file, or another one, that its own text does not say. */
const QUESTIONS = {
  packageOf: (facts, path) => facts.packageOf(path),
  filesOf: (facts, path) => facts.packageOf(path).files(),
  loggerOf: (facts, path) => facts.loggerOf(path),
  runsInWorker: (facts, path) => facts.runsInWorker(path),
  importEndingOf: (facts, path) => facts.importEndingOf(path),
  exists: (facts, path) => facts.exists(path),
} satisfies Readonly<Record<string, (facts: Facts, path: string) => unknown>>;

type Question = keyof typeof QUESTIONS;

/** A question that an inspection asked, about a path, and a digest of what it was told. Plain data. */
export type Asked = readonly [question: Question, path: string, answer: string];

/** Sets, maps and expressions as JSON has none; a function is asked apart. */
const inJson = (_key: string, value: unknown): unknown =>
  value instanceof Set || value instanceof Map ? [...value] : value instanceof RegExp ? String(value) : value;

/** Of an answer that many files are given, the digest is made once. */
const digests = new WeakMap<object, string>();

function digestOf(answer: unknown): string {
  const known = typeof answer === 'object' && answer !== null ? digests.get(answer) : undefined;
  if (known !== undefined) return known;
  const digest = createHash('sha1')
    .update(JSON.stringify(answer, inJson) ?? '')
    .digest('base64');
  if (typeof answer === 'object' && answer !== null) digests.set(answer, digest);
  return digest;
}

/** What one inspection is surrounded by, and what it asked. */
export interface Recorder {
  readonly around: Surroundings;
  /** Every question, once; undefined where something was asked that cannot be asked again in this way. */
  asked(): readonly Asked[] | undefined;
}

/** `around`, with a record of what is asked in it. Only where no program is built: what is asked of one is said of all code alike then. */
export function recorderOf(around: Surroundings): Recorder {
  const { facts } = around;
  const asked = new Map<string, Asked>();
  let isWhole = facts.whyUntyped !== undefined;
  const note = <T>(question: Question, path: string, answer: T): T => {
    const key = `${question} ${path}`;
    if (!asked.has(key)) asked.set(key, [question, path, digestOf(answer)]);
    return answer;
  };
  const packages = new Map<string, ReturnType<Facts['packageOf']>>();
  const packageOf: Facts['packageOf'] = (path) => {
    const known = packages.get(path);
    if (known !== undefined) return known;
    const fact = note('packageOf', path, facts.packageOf(path));
    const recorded = { ...fact, files: () => note('filesOf', path, fact.files()) };
    packages.set(path, recorded);
    return recorded;
  };
  // Every question by its name: one that is new has to be thought of here.
  const recording: RunFacts = {
    ...(facts.whyUntyped === undefined ? {} : { whyUntyped: facts.whyUntyped }),
    packageOf,
    loggerOf: (path) => note('loggerOf', path, facts.loggerOf(path)),
    runsInWorker: (path) => note('runsInWorker', path, facts.runsInWorker(path)),
    importEndingOf: (path) => note('importEndingOf', path, facts.importEndingOf(path)),
    exists: (path) => note('exists', path, facts.exists(path)),
    typeOf: (...words) => facts.typeOf(...words),
    codeOf: (...words) => facts.codeOf(...words),
    databaseCallOf: (...words) => facts.databaseCallOf(...words),
    blockingCallOf: (...words) => facts.blockingCallOf(...words),
    blockingFunctionOf: (...words) => facts.blockingFunctionOf(...words),
    coneOf: (...words) => facts.coneOf(...words),
    reachOf: (...words) => facts.reachOf(...words),
    modelOf: (...words) => facts.modelOf(...words),
    prepare: (paths) => facts.prepare(paths),
    recover: (path) => facts.recover(path),
    dispose: () => facts.dispose(),
  };
  return {
    around: {
      ...around,
      facts: recording,
      fileAt: (path) => {
        isWhole = false;
        return around.fileAt(path);
      },
    },
    asked: () => (isWhole ? [...asked.values()] : undefined),
  };
}

/** Whether all that was asked is answered as it was. */
export const isAnsweredAlike = (asked: readonly Asked[], facts: Facts): boolean =>
  asked.every(([question, path, answer]) => digestOf(QUESTIONS[question](facts, path)) === answer);
