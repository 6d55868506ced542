/** What entities of TypeORM and of MikroORM have in common once they are read. */

/** How many rows a relation leads from, and to. */
export type RelationKind = 'one-to-one' | 'many-to-one' | 'one-to-many' | 'many-to-many';

/** The names in code of the columns that a relation joins by, and the name of the table between, where there is one. */
export interface Keys {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly through: string | undefined;
}

/** What a class or schema declares and what those that it extends do, the farthest first: inherited things are registered before its own. */
export function lineageOf<P extends { readonly base: P | undefined }>(part: P): readonly P[] {
  const lineage: P[] = [];
  for (let at: P | undefined = part; at !== undefined && !lineage.includes(at); at = at.base)
    lineage.unshift(at);
  return lineage;
}

/** What kind the other side of a relation is of. */
export const OTHER_SIDE: Readonly<Record<string, RelationKind | undefined>> = {
  'one-to-one': 'one-to-one',
  'one-to-many': 'many-to-one',
  'many-to-one': 'one-to-many',
  'many-to-many': 'many-to-many',
};

/** The same text for the same set of columns, whatever their order. */
export const keyOf = (paths: readonly string[]): string => paths.toSorted().join();

/** The lists of columns, of which those that `by` gives the same text for stand but once. */
export const withoutDoubles = (
  lists: readonly (readonly string[])[],
  by: (paths: readonly string[]) => string = keyOf,
): (readonly string[])[] => [...new Map(lists.map((paths) => [by(paths), paths])).values()];
