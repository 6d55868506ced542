import type { Json } from '../json-value.ts';

/** What a reviewer says of a proposal. */
export const VERDICTS = ['accepted', 'rejected', 'undecided'] as const;

/** A reviewer's word on one proposal. */
export interface Decision {
  readonly verdict: (typeof VERDICTS)[number];
  /** Why, or what is to be done first. */
  readonly note?: string;
}

/** What was decided, by the ids of proposals. What is not in it is undecided. */
export type Decisions = ReadonlyMap<string, Decision>;

/** The version of the format that is written, and the only one that is read. */
export const DECISIONS_FORMAT = 1;

/** Decisions as plain data. */
export const decisionsJson = (decisions: Decisions): Readonly<Record<string, Decision>> =>
  Object.fromEntries(decisions);

/**
 * The decisions that stand at one place of a document.
 * @throws {Error} which says what is wrong, and where.
 */
export function asDecisions(json: Json): Decisions {
  return new Map(
    json.entries((one): Decision => {
      const verdict = one.key('verdict').oneOf(VERDICTS);
      const note = one.key('note').optional((value) => value.string());
      return note === undefined ? { verdict } : { verdict, note };
    }),
  );
}

/**
 * The decisions in a file of their own: `{ "format": 1, "decisions": { "<id>": { "verdict": "accepted", "note": "…" } } }`.
 * @throws {Error} as `asDecisions`, and where a newer version wrote it.
 */
export function asDecisionsFile(json: Json): Decisions {
  const format = json.key('format').count();
  if (format !== DECISIONS_FORMAT)
    throw new Error(`it has format ${format}, and this hasten reads format ${DECISIONS_FORMAT}`);
  return asDecisions(json.key('decisions'));
}

/** The ids that are accepted: all where nothing is decided at all, else only those that somebody accepted. */
export function acceptedOf(ids: readonly string[], decisions: Decisions | undefined): ReadonlySet<string> {
  if (decisions === undefined) return new Set(ids);
  return new Set(ids.filter((id) => decisions.get(id)?.verdict === 'accepted'));
}
