import type { Evidence } from '../../src/evidence.ts';
import type { Cone, Place } from '../../src/facts/cones/cone.ts';
import type { Transform } from '../../src/index.ts';
import type { Feature } from './generator.ts';

/** An engine that forgets something about what has to wait. */
export interface Saboteur {
  readonly forgets: string;
  /** What the programs are about that tell it. */
  readonly about: Feature;
  /** What is said against a rewrite and taken for proved. */
  readonly granted?: RegExp;
  /** What becomes of the cone of a call, which is at `leaf`; `textOf` gives the text of a file of the run. */
  readonly doctor?: (cone: Cone, leaf: Place, textOf: (path: string) => string) => Cone;
  /** What else is forgotten, for which a part of the engine has to be another one. */
  readonly part?: Part;
}

/** A part of the engine that does less. */
export type Part = 'overrides' | 'renamed imports';

/** Does not await the calls before and after which such text stands. */
const unawaited =
  (before: RegExp, after = /^/) =>
  (cone: Cone, leaf: Place, textOf: (path: string) => string): Cone => {
    const isAwaited = ({ path, span: [start, end] }: Place): boolean => {
      const text = textOf(path);
      return !before.test(text.slice(0, start)) || !after.test(text.slice(end));
    };
    return { ...cone, waits: cone.waits.filter(isAwaited), isAwaited: cone.isAwaited && isAwaited(leaf) };
  };

export const SABOTEURS: readonly Saboteur[] = [
  {
    forgets: 'the `await` of a condition',
    about: 'conditions',
    doctor: unawaited(/(?:\b(?:if|while) \(\(*!?\(*|!\(*|(?:&&|\|\|) \(*)$/),
  },
  {
    forgets: 'the `await` of what is returned in a `try`',
    about: 'try',
    doctor: unawaited(/try \{\s*return \(*$/),
  },
  {
    forgets: 'the `await` of a call whose value is dropped',
    about: 'validators',
    doctor: unawaited(/[;{]\s*$/, /^;/),
  },
  {
    forgets: 'the `await` in a text',
    about: 'texts',
    doctor: unawaited(/\$\{\(*$/),
  },
  {
    forgets: 'other turns',
    about: 'memory',
    granted: /^While it waits|still holds when it goes on|No other turn|no other turn/,
  },
  {
    forgets: 'that the language calls a method',
    about: 'protocol',
    granted: /is called by the language/,
  },
  {
    forgets: 'what uses at once what a callback gives',
    about: 'callbacks that are used',
    granted: /uses what it returns at once/,
  },
  {
    forgets: 'receivers of which nothing is known',
    about: 'receivers of any type',
    granted: /nothing is known of the object/,
  },
  {
    forgets: 'functions that are handed on',
    about: 'tables of functions',
    granted: /is handed on as a value|is kept as/,
  },
  {
    forgets: 'that turns of a list run beside each other',
    about: 'array callbacks',
    granted: /^The turns of|^The list of|^While it waits other turns run: one could change/,
  },
  {
    forgets: 'what becomes of an error in a handler',
    about: 'express',
    doctor: (cone) => ({ ...cone, guards: [] }),
  },
  {
    forgets: 'what timers and emitters drop',
    about: 'emitters',
    granted: /may end the process|Events that come/,
  },
  { forgets: 'declared types', about: 'overloads', doctor: (cone) => ({ ...cone, types: [] }) },
  { forgets: 'methods that override', about: 'overrides', part: 'overrides' },
  {
    forgets: 'imports under another name',
    about: 'renamed imports',
    part: 'renamed imports',
    granted: /^Nobody in the project calls/,
  },
];

/** `transform` as it would be if it forgot in each file what the saboteur of that file forgets. */
export function sabotaged(
  transform: Transform,
  saboteurOf: (path: string) => Saboteur | undefined,
): Transform {
  const { inspect } = transform;
  if (inspect === undefined) throw new TypeError(`${transform.id} has no inspect.`);
  return {
    ...transform,
    *inspect(file) {
      const { doctor, granted } = saboteurOf(file.path) ?? {};
      const coneOf: typeof file.facts.coneOf = (path, call, ...others) => {
        const cone = file.facts.coneOf(path, call, ...others);
        if (cone === undefined || doctor === undefined) return cone;
        const leaf: Place = { path, span: [call.start ?? 0, call.end ?? 0] };
        return doctor(cone, leaf, (one) => file.fileAt(one)?.text ?? '');
      };
      const facts = { ...file.facts, coneOf };
      const context = Object.create(file, { facts: { value: facts, enumerable: true } }) as typeof file;
      for (const finding of inspect.call(transform, context))
        yield { ...finding, evidence: [...finding.evidence].map((one) => taken(one, granted)) };
    },
  };
}

/** Evidence as one gives it who takes some claims for proved. */
const taken = (one: Evidence, granted: RegExp | undefined): Evidence =>
  granted?.test(one.claim) === true ? { ...one, verdict: 'holds' } : one;
