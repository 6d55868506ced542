import type { Transform } from '../transform.ts';

/** Loads a transform: most runs need few of them. */
export type LoadTransform = () => Promise<{ readonly default: Transform }>;

/** All built-in transforms, by id. */
export const CATALOG: Readonly<Record<string, LoadTransform>> = {
  'await-in-loop': () => import('../../transforms/await-in-loop.ts') as ReturnType<LoadTransform>,
  'blocking-sleep': () => import('../../transforms/blocking-sleep.ts') as ReturnType<LoadTransform>,
  'console-to-logger': () => import('../../transforms/console-to-logger.ts'),
  'query-in-loop-to-include': () =>
    import('../../transforms/query-in-loop-to-include.ts') as ReturnType<LoadTransform>,
  'sequential-awaits': () => import('../../transforms/sequential-awaits.ts'),
  'sync-to-async': () => import('../../transforms/sync-to-async.ts') as ReturnType<LoadTransform>,
};

/** The built-in transform of that id; undefined where there is none. */
export async function builtIn(id: string): Promise<Transform | undefined> {
  return Object.hasOwn(CATALOG, id) ? (await CATALOG[id]?.())?.default : undefined;
}

/** All built-in transforms, in the order of their ids. */
export async function allBuiltIn(): Promise<Transform[]> {
  const ids = Object.keys(CATALOG).toSorted();
  const found = await Promise.all(ids.map(builtIn));
  return found.filter((one) => one !== undefined);
}
