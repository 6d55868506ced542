/** Turns associations into relations with keys and inverses. */

import { singularize } from 'inflection';
import type { ts } from 'ts-morph';
import type { Relation } from '../../schema.ts';
import { deleteRuleOf } from '../delete-rules.ts';
import { UNKNOWN, type Written } from '../written-values.ts';
import type { Association } from './associations.ts';
import type { Catalog } from './catalog.ts';
import type { Draft } from './draft.ts';
import { settleJoined } from './join-tables.ts';
import { addForeignKey, aliasWritten, camelize, plainRelation, type Settled } from './settled.ts';

/** The relations of each model. Gives models the foreign keys that the associations add. */
export function relate(
  associations: readonly Association[],
  catalog: Catalog,
): ReadonlyMap<Draft, readonly Relation[]> {
  const certain = associations.filter((one) => isCertain(one));
  const claims = new NullClaims();
  const direct = certain.flatMap((one) => (one.kind === 'belongsToMany' ? [] : settle(one, claims)));
  claims.decide();
  const joined = settleJoined(
    certain.filter(({ kind }) => kind === 'belongsToMany'),
    catalog,
  );
  return withInverses(withoutDoubles([...direct, ...joined].filter(hasKnownKeys)));
}

function isCertain({ doubt, source, shown: text }: Association): boolean {
  if (doubt !== undefined) source.unread.add(`the relation \`${text}\`: ${doubt}`);
  return doubt === undefined;
}

/** The foreign key that an association goes by where none is written. */
function defaultKey({ kind, as, source, target }: Association): string | undefined {
  const key = kind === 'belongsTo' ? target.primaryKey : source.primaryKey;
  if (key === undefined) return undefined;
  if (kind === 'hasMany') return camelize(`${source.options.singular}_${key}`);
  if (as === UNKNOWN) return undefined;
  return kind === 'belongsTo'
    ? camelize(`${as ?? target.options.singular}_${key}`)
    : camelize(`${singularize(as ?? source.name)}_${key}`);
}

function settle(association: Association, claims: NullClaims): readonly Settled[] {
  const { kind, source, target, foreignKey, shown: text } = association;
  const isHeld = kind === 'belongsTo';
  const [holder, other] = isHeld ? [source, target] : [target, source];
  const written = isHeld ? association.targetKey : association.sourceKey;
  const key = written === UNKNOWN ? undefined : (written ?? other.primaryKey);
  const name = foreignKey === UNKNOWN ? undefined : (foreignKey?.name ?? defaultKey(association));
  if (name === undefined || key === undefined || foreignKey === UNKNOWN) {
    source.unread.add(`the relation \`${text}\`: its keys`);
    if (holder !== source) holder.unread.add(`a foreign key to \`${other.name}\``);
    return [];
  }
  // Where nothing is written the tables may have been made otherwise: https://sequelize.org/docs/v6/core-concepts/assocs/#ondelete-and-onupdate
  const rule = deleteRuleOf(association.onDelete);
  if (rule !== undefined) holder.deleteRules.push({ model: other.name, rule });
  addForeignKey(holder, name, other.attributes.get(key), foreignKey?.described);
  claims.add(holder, name, foreignKey?.described?.allowsNull, association.around);
  const alias = aliasWritten(association);
  if (alias === undefined) {
    source.unread.add(`the relation \`${text}\`: its alias`);
    return [];
  }
  const [from, to] = isHeld ? [name, key] : [key, name];
  const relation = {
    ...plainRelation(alias, association),
    kind: kind === 'hasMany' ? ('many' as const) : ('one' as const),
    from: [from],
    to: [to],
  };
  return [{ association, relation, by: [name], join: undefined }];
}

/** What several associations say of whether one foreign key may be null: the first to run decides. */
class NullClaims {
  private readonly all = new Map<
    Draft,
    Map<string, { readonly isNullable: Written<boolean>; readonly around: ts.Node | undefined }[]>
  >();

  add(holder: Draft, name: string, written: Written<boolean>, around: ts.Node | undefined): void {
    const ofHolder = this.all.get(holder) ?? new Map<string, never>();
    this.all.set(holder, ofHolder);
    const known = ofHolder.get(name) ?? [];
    ofHolder.set(name, [...known, { isNullable: written ?? true, around }]);
  }

  /** Settles the columns that do not say it themselves. In one function the order is known. */
  decide(): void {
    for (const [holder, ofHolder] of this.all) {
      for (const [name, claims] of ofHolder) {
        const attribute = holder.attributes.get(name);
        const [first, ...rest] = claims;
        if (attribute === undefined || first === undefined || attribute.allowsNull !== undefined) continue;
        const isSettled =
          rest.every(({ isNullable }) => isNullable === first.isNullable) ||
          (first.around !== undefined && rest.every(({ around }) => around === first.around));
        holder.set({ ...attribute, allowsNull: isSettled ? first.isNullable : UNKNOWN });
      }
    }
  }
}

const mayHave = (draft: Draft, names: readonly string[]): boolean =>
  draft.hasUnreadAttributes || names.every((name) => draft.attributes.has(name));

/** Whether the keys of a relation are columns of the models. */
function hasKnownKeys({ association: { source, target, shown: text }, relation }: Settled): boolean {
  const isKnown = mayHave(source, relation.from) && mayHave(target, relation.to);
  if (!isKnown) source.unread.add(`the relation \`${text}\`: its keys are no columns`);
  return isKnown;
}

/** Of several relations of one name the last to run counts; where that is not known, none does. */
function withoutDoubles(settled: readonly Settled[]): readonly Settled[] {
  return settled.filter((one) => {
    const { source } = one.association;
    const same = settled.filter(
      (other) => other.association.source === source && other.relation.name === one.relation.name,
    );
    const last = same.at(-1);
    if (same.every((other) => isSameRelation(other, one) || isRunInOrder(other, one))) return one === last;
    source.unread.add(`the relation \`${one.relation.name}\`, which is declared twice`);
    return false;
  });
}

const isSameRelation = (one: Settled, other: Settled): boolean =>
  one.association.target === other.association.target &&
  JSON.stringify(one.relation) === JSON.stringify(other.relation);

/** Whether two associations are found in the order in which they run. */
const isRunInOrder = (one: Settled, other: Settled): boolean =>
  one.association.around !== undefined &&
  one.association.around === other.association.around &&
  one.join === undefined &&
  other.join === undefined;

function withInverses(settled: readonly Settled[]): ReadonlyMap<Draft, readonly Relation[]> {
  const relations = new Map<Draft, Relation[]>();
  for (const one of settled) {
    const candidates = settled.filter((other) => isInverse(one, other));
    const plain = candidates.filter(({ relation }) => !relation.isFiltered);
    const [only, second] = plain.length > 0 ? plain : candidates;
    const inverse = second === undefined ? only?.relation.name : undefined;
    const relation = { ...one.relation, ...(inverse === undefined ? {} : { inverse }) };
    const known = relations.get(one.association.source);
    if (known === undefined) relations.set(one.association.source, [relation]);
    else known.push(relation);
  }
  return relations;
}

const areSame = (one: readonly string[], other: readonly string[]): boolean => one.join() === other.join();

function isInverse(one: Settled, other: Settled): boolean {
  const [a, b] = [one.association, other.association];
  return (
    one !== other &&
    a.source === b.target &&
    a.target === b.source &&
    one.join === other.join &&
    areSame(one.by, one.join === undefined ? other.by : other.by.toReversed()) &&
    areSame(one.relation.from, other.relation.to) &&
    areSame(one.relation.to, other.relation.from) &&
    (one.join !== undefined || (a.kind === 'belongsTo') !== (b.kind === 'belongsTo'))
  );
}
