import type { Evidence } from '../../src/evidence.ts';
import type { Transform } from '../../src/index.ts';

/** What a person is asked about that one run sees by itself, with nobody else at work. The rest is about several turns, or about errors' texts. */
const SEEN_ALONE =
  /^Events that come while|may end the process|^The list of|^The turns of|^It does not matter that|^What follows this call|may be handled as what it rejects with/;

/** `transform` as it is for somebody who says no to all that a run sees by itself: what is left for review does the same alone. */
export function withoutSeenAlone(transform: Transform): Transform {
  const { inspect } = transform;
  if (inspect === undefined) throw new TypeError(`${transform.id} has no inspect.`);
  return {
    ...transform,
    *inspect(file) {
      for (const finding of inspect.call(transform, file))
        yield { ...finding, evidence: [...finding.evidence].map(refused) };
    },
  };
}

const refused = (one: Evidence): Evidence =>
  one.verdict === 'assumed' && SEEN_ALONE.test(one.claim) ? { ...one, verdict: 'fails' } : one;
