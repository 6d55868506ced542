/** What relations with and without a join table settle in the same way. */

import type { Relation } from '../../schema.ts';
import { UNKNOWN } from '../written-values.ts';
import type { Association } from './associations.ts';
import { blankAttribute, type Attribute } from './attributes.ts';
import type { Draft } from './draft.ts';

/** What is settled of an association: the keys of its two sides. */
export interface Settled {
  readonly association: Association;
  readonly relation: Omit<Relation, 'inverse'>;
  /** The key that the relation goes by: that of the side that holds it, or those of the join table. */
  readonly by: readonly string[];
  readonly join: Draft | undefined;
}

/** The name of a foreign key, as Sequelize makes it of words. */
export const camelize = (text: string): string =>
  text.trim().replace(/[-_\s]+(.)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? '');

/** The name of a relation: the one that is written, else that of the model it leads to; undefined where it cannot be read. */
export const aliasWritten = ({ as, kind, target }: Association): string | undefined => {
  if (as === UNKNOWN) return undefined;
  if (as !== undefined) return as;
  return kind === 'hasMany' || kind === 'belongsToMany' ? target.options.plural : target.options.singular;
};

/** What of a relation does not depend on its keys. */
export const plainRelation = (
  name: string,
  { target, isFiltered }: Association,
): Pick<Relation, 'name' | 'model' | 'isEager' | 'isLazy' | 'isFiltered'> => ({
  name,
  model: target.name,
  isEager: false,
  isLazy: false,
  isFiltered,
});

/** Gives a model the column of a foreign key, or what is said of it beside the keys of its own. */
export function addForeignKey(
  holder: Draft,
  name: string,
  key: Attribute | undefined,
  described: Attribute | undefined,
): void {
  const own = holder.attributes.get(name);
  const type = described?.written ? described : (key ?? blankAttribute(name));
  holder.set({
    ...(own ?? {
      ...(described ?? blankAttribute(name)),
      type: type.type,
      written: type.written,
      isList: type.isList,
      isVirtual: false,
      allowsNull: undefined,
      name,
    }),
    unique: own?.unique ?? (described?.unique === '\0' ? `\0${name}` : described?.unique),
    isPrimaryKey: own?.isPrimaryKey === true || described?.isPrimaryKey === true,
  });
}
