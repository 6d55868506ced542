import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtIn, CATALOG } from '../run/catalog.ts';
import type { Transform } from '../transform.ts';

/** What is beside the built command line, and not beside its source: the heads as JSON. */
export const HEADS_FILE = 'heads.json';

/** A head as JSON. */
type Written = Omit<Transform, 'prefilter'> & {
  readonly prefilter: readonly [source: string, flags: string];
};

/** What a transform says of itself, without what inspects. */
export function writtenHead({ prefilter, ...transform }: Transform): Written {
  const said = JSON.parse(JSON.stringify(transform)) as Omit<Transform, 'prefilter'>;
  return { ...said, prefilter: [prefilter.source, prefilter.flags] };
}

/** The head that was written. */
export const readHead = ({ prefilter, ...said }: Written): Transform => ({
  ...said,
  prefilter: new RegExp(...prefilter),
});

let heads: ReadonlyMap<string, Transform> | undefined;

function readHeads(): ReadonlyMap<string, Transform> {
  try {
    const written = JSON.parse(readFileSync(join(import.meta.dirname, HEADS_FILE), 'utf8')) as Written[];
    return new Map(written.map((one) => [one.id, readHead(one)]));
  } catch {
    return new Map();
  }
}

/**
 * What a built-in transform says of itself: id, summary, sets, options and what it searches for. To inspect, it has to be
 * loaded. Undefined where there is none of that id. The build writes all of it into one file, since to load the transforms
 * takes longer than to list them, or to see that nothing matches.
 */
export async function headOf(id: string): Promise<Transform | undefined> {
  heads ??= readHeads();
  return Object.hasOwn(CATALOG, id) ? (heads.get(id) ?? (await builtIn(id))) : undefined;
}

/** All of them, in the order of their ids. */
export async function allHeads(): Promise<Transform[]> {
  const found = await Promise.all(Object.keys(CATALOG).toSorted().map(headOf));
  return found.filter((one) => one !== undefined);
}
