import type { CodeFact, Resource } from '../../src/facts/effects/effect.ts';
import type { Transform } from '../../src/index.ts';

/** An engine that forgets one obligation: what it is, and how a fact looks without it. */
export interface Saboteur {
  readonly forgets: string;
  readonly doctor: (fact: CodeFact) => CodeFact;
}

const withoutEffectsOn = (kind: Resource['kind']): Saboteur => ({
  forgets: `effects on a ${kind}`,
  doctor: (fact) => ({ ...fact, effects: fact.effects.filter(({ resource }) => resource.kind !== kind) }),
});

/** One for each list of a fact, and for each kind of effect that orders calls. */
export const SABOTEURS: readonly Saboteur[] = [
  { forgets: 'what throws on purpose', doctor: (fact) => ({ ...fact, thrown: [] }) },
  { forgets: 'calls of which nothing is known', doctor: (fact) => ({ ...fact, unknown: [] }) },
  { forgets: 'clients that calls share', doctor: (fact) => ({ ...fact, clients: [] }) },
  { forgets: 'pauses on purpose', doctor: (fact) => ({ ...fact, pacing: [] }) },
  withoutEffectsOn('variable'),
  withoutEffectsOn('field'),
  withoutEffectsOn('table'),
  withoutEffectsOn('file'),
  withoutEffectsOn('host'),
  withoutEffectsOn('store'),
];

/** `transform` as it would be if it forgot that obligation. */
export function sabotaged(transform: Transform, { doctor }: Saboteur): Transform {
  const { inspect } = transform;
  if (inspect === undefined) throw new TypeError(`${transform.id} has no inspect.`);
  return {
    ...transform,
    inspect(file) {
      const facts = {
        ...file.facts,
        codeOf: (...asked: Parameters<typeof file.facts.codeOf>) => doctor(file.facts.codeOf(...asked)),
      };
      return inspect.call(
        transform,
        Object.create(file, { facts: { value: facts, enumerable: true } }) as typeof file,
      );
    },
  };
}
