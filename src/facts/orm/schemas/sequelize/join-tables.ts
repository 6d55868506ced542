/** Settles relations of many to many, with the tables between. */

import { singularize } from 'inflection';
import { UNKNOWN, type Written } from '../written-values.ts';
import type { Association, Key, Through } from './associations.ts';
import { COLUMNS, type Attribute } from './attributes.ts';
import type { Catalog } from './catalog.ts';
import type { Draft } from './draft.ts';
import type { Options } from './options.ts';
import { addForeignKey, aliasWritten, camelize, plainRelation, type Settled } from './settled.ts';

/** An association of many to many with the model of its join table. */
interface Joined {
  readonly association: Association;
  readonly join: Draft;
  readonly through: Through;
}

/** The keys of one side of many to many: of the two models, and of the join table. */
interface JoinKeys {
  readonly sourceKey: string;
  readonly targetKey: string;
  readonly foreignKey: string;
  readonly otherKey: string;
}

/** Settles the keys of the relations of many to many, and gives their join tables the columns for them. */
export function settleJoined(associations: readonly Association[], catalog: Catalog): readonly Settled[] {
  const joined = joinsOf(associations, catalog);
  const tables = new JoinTables();
  const settled = joined.flatMap((one) => {
    const { association, join, through } = one;
    const { source, shown: text, foreignKey, otherKey } = association;
    const alias = aliasWritten(association);
    const keys = joinKeys(one, joined);
    if (keys === undefined) {
      source.unread.add(`the relation \`${text}\`: its keys`);
      join.unread.add(`${COLUMNS} of the keys to \`${source.name}\` and \`${association.target.name}\``);
      return [];
    }
    tables.add(join, through, association, keys, [foreignKey, otherKey]);
    if (alias === undefined) {
      source.unread.add(`the relation \`${text}\`: its alias`);
      return [];
    }
    const relation = {
      ...plainRelation(alias, association),
      kind: 'many' as const,
      from: [keys.sourceKey],
      to: [keys.targetKey],
      through: join.table,
    };
    return [{ association, relation, by: [keys.foreignKey, keys.otherKey], join }];
  });
  tables.finish();
  return settled;
}

/** Finds the model of each join table; one that is named by a text alone is a model of its own. */
function joinsOf(associations: readonly Association[], catalog: Catalog): readonly Joined[] {
  const named = new Map<string, Draft>();
  return associations.flatMap((association) => {
    const { through, source, shown: text } = association;
    if (through === undefined || through === UNKNOWN) {
      source.unread.add(`the relation \`${text}\`: its join table`);
      return [];
    }
    const { model, name } = through;
    const join =
      model ??
      named.get(name ?? '') ??
      catalog.addJoin(name ?? '', association.site, joinOptions(association, name ?? ''));
    if (model === undefined) named.set(name ?? '', join);
    return [{ association, join, through }];
  });
}

/** A join table that is named alone takes most of its options from the model that names it first. */
const joinOptions = ({ source }: Association, name: string): Options => ({
  ...source.options,
  table: name,
  isParanoid: false,
  hooks: [],
  defaultScope: undefined,
  indexes: [],
  getters: [],
  unread: [],
});

function joinKeys(joined: Joined, all: readonly Joined[]): JoinKeys | undefined {
  const { source, target, as, otherKey: written, targetKey } = joined.association;
  const own = ownJoinKeys(joined.association);
  if (own === undefined || as === UNKNOWN || targetKey === UNKNOWN || written === UNKNOWN) return undefined;
  if (written !== undefined && written.name === undefined) return undefined;
  const pairs = all.filter((other) => isPair(joined, other)).map((one) => ownJoinKeys(one.association));
  const [pair, ...others] = pairs;
  const isPairKnown = !pairs.includes(undefined) && others.every((one) => sameJoinKeys(one, pair));
  if (!isPairKnown && (targetKey === undefined || written === undefined)) return undefined;
  const toKey = targetKey ?? pair?.sourceKey ?? target.primaryKey;
  if (toKey === undefined) return undefined;
  const otherName = source === target ? singularize(as ?? '') : target.options.singular;
  const otherKey = written?.name ?? pair?.foreignKey ?? camelize(`${otherName}_${toKey}`);
  return { ...own, targetKey: toKey, otherKey };
}

type OwnJoinKeys = Pick<JoinKeys, 'sourceKey' | 'foreignKey'>;

const sameJoinKeys = (one: OwnJoinKeys | undefined, other: OwnJoinKeys | undefined): boolean =>
  one?.sourceKey === other?.sourceKey && one?.foreignKey === other?.foreignKey;

/** The keys that an association of many to many settles without the one that it is paired with. */
function ownJoinKeys({ source, sourceKey: written, foreignKey }: Association): OwnJoinKeys | undefined {
  const sourceKey = written ?? source.primaryKey;
  if (sourceKey === UNKNOWN || sourceKey === undefined || foreignKey === UNKNOWN) return undefined;
  if (foreignKey !== undefined && foreignKey.name === undefined) return undefined;
  return { sourceKey, foreignKey: foreignKey?.name ?? camelize(`${source.options.singular}_${sourceKey}`) };
}

/** Whether two associations are the two sides of one join table, both of which name it in the same way. */
const isPair = (one: Joined, other: Joined): boolean =>
  one !== other &&
  one.association.source === other.association.target &&
  one.association.target === other.association.source &&
  one.join === other.join &&
  one.through.name === other.through.name;

/** What is said of the column of a key, where that is known. */
const described = (key: Written<Key>): Attribute | undefined =>
  typeof key === 'object' ? key.described : undefined;

/** Gives join tables their foreign keys, which are unique together: as the primary key where it has no other. */
class JoinTables {
  private readonly pairs = new Map<Draft, Map<string, readonly string[]>>();
  private readonly keyless = new Set<Draft>();

  add(
    join: Draft,
    { isUnique }: Through,
    { source, target }: Association,
    { foreignKey, otherKey, sourceKey, targetKey }: JoinKeys,
    [first, second]: readonly Written<Key>[],
  ): void {
    const generated = [...join.attributes.values()].find(({ isGenerated }) => isGenerated);
    if (generated !== undefined) {
      join.attributes.delete(generated.name);
      this.keyless.add(join);
    }
    addForeignKey(join, foreignKey, source.attributes.get(sourceKey), described(first));
    addForeignKey(join, otherKey, target.attributes.get(targetKey), described(second));
    if (isUnique === UNKNOWN) join.unread.add('whether the keys of the join table are unique');
    if (isUnique === UNKNOWN || (isUnique === false && !this.keyless.has(join))) return;
    const pairs = this.pairs.get(join) ?? new Map<string, readonly string[]>();
    this.pairs.set(join, pairs);
    const keys = [foreignKey, otherKey];
    pairs.set(keys.toSorted().join(), keys);
  }

  /** Makes the keys of each table unique, once all are known. */
  finish(): void {
    for (const [join, pairs] of this.pairs) {
      const [keys = [], other] = [...pairs.values()];
      if (other !== undefined) {
        join.unread.add('what is unique in a join table that has several pairs of keys');
        continue;
      }
      for (const name of keys) {
        const attribute = join.attributes.get(name);
        if (attribute === undefined) continue;
        const isPrimaryKey = attribute.isPrimaryKey || this.keyless.has(join);
        join.set({
          ...attribute,
          isPrimaryKey,
          unique: isPrimaryKey ? attribute.unique : `\0${keys.join()}`,
        });
      }
    }
  }
}
