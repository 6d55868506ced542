/** Reads the relations that decorators of sequelize-typescript declare. */

import { ts } from 'ts-morph';
import { shortText } from '../nodes.ts';
import { UNKNOWN, type Written, type WrittenValues } from '../written-values.ts';
import { hasThroughScope, kindOf, writtenAssociation, type Association, type Key } from './associations.ts';
import type { Catalog } from './catalog.ts';
import { membersOfClass, resultOrItself, type DecoratedMember } from './decorated.ts';
import type { Decorator } from './decorators.ts';
import type { Draft } from './draft.ts';
import { ASSOCIATES } from './sites.ts';

/** The associations that decorators of a class declare: https://github.com/sequelize/sequelize-typescript#model-association */
export function decoratedAssociations(
  draft: Draft,
  catalog: Catalog,
  values: WrittenValues,
): readonly Association[] {
  const node = draft.declaredBy;
  if (node === undefined) return [];
  const members = values.lineage(node).toReversed().flatMap(membersOfClass);
  return members.flatMap((member) =>
    member.decorators.flatMap(
      (decorator) => decoratedAssociation(draft, member, decorator, catalog, values) ?? [],
    ),
  );
}

function decoratedAssociation(
  source: Draft,
  member: DecoratedMember,
  { name, args, expression }: Decorator,
  catalog: Catalog,
  values: WrittenValues,
): Association | undefined {
  const kind = name.charAt(0).toLowerCase() + name.slice(1);
  const [thunk, second, third, fourth] = args ?? [];
  if (!ASSOCIATES.test(kind) || thunk === undefined) return undefined;
  const target = catalog.at(resultOrItself(thunk, values));
  if (target === undefined) {
    source.unread.add(`the relation \`${member.name}\` to \`${shortText(thunk)}\`, which is not found`);
    return undefined;
  }
  const isMany = kind === 'belongsToMany';
  const members = second === undefined ? undefined : values.members(second);
  const short: ReadonlyMap<string, ts.Expression | undefined> = isMany
    ? new Map([
        ['through', second],
        ['foreignKey', third],
        ['otherKey', fourth],
      ])
    : new Map([['foreignKey', second]]);
  const of =
    members?.of ?? new Map([...short].flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
  const written = writtenAssociation({ of, unread: [] }, expression, catalog, values);
  const [holder, related] = kind === 'belongsTo' ? [source, target] : [target, source];
  const through = typeof written.through === 'object' ? written.through.model : undefined;
  return {
    ...written,
    kind: kindOf(kind),
    source,
    target,
    as: written.as ?? member.name,
    foreignKey: isMany
      ? withForeignKey(written.foreignKey, through, source, values, catalog)
      : withForeignKey(written.foreignKey, holder, related, values, catalog),
    otherKey: isMany ? withForeignKey(written.otherKey, through, target, values, catalog) : undefined,
    isFiltered: of.has('scope') || hasThroughScope({ of, unread: [] }, values),
    around: undefined,
    doubt: members !== undefined && members.unread.length > 0 ? 'its options' : undefined,
    shown: member.name,
  };
}

/** The key as it is written, else the property of `holder` that `@ForeignKey` says to lead to the other model. */
function withForeignKey(
  written: Written<Key>,
  holder: Draft | undefined,
  related: Draft,
  values: WrittenValues,
  catalog: Catalog,
): Written<Key> {
  if (written === UNKNOWN || written?.name !== undefined) return written;
  const name = holder === undefined ? undefined : foreignKeyOf(holder, related, values, catalog);
  return name === undefined ? UNKNOWN : { name, described: written?.described };
}

function foreignKeyOf(
  holder: Draft,
  related: Draft,
  values: WrittenValues,
  catalog: Catalog,
): string | undefined {
  if (holder.declaredBy === undefined) return undefined;
  const relatedClasses = related.declaredBy === undefined ? [] : values.lineage(related.declaredBy);
  const members = values.lineage(holder.declaredBy).toReversed().flatMap(membersOfClass);
  return members.find(({ decorators }) =>
    decorators.some(({ name, args }) => {
      const [thunk] = args ?? [];
      if (name !== 'ForeignKey' || thunk === undefined) return false;
      const given = resultOrItself(thunk, values);
      const found = values.follow(given);
      return catalog.at(given) === related || (ts.isClassLike(found) && relatedClasses.includes(found));
    }),
  )?.name;
}
