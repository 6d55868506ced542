/** A turn must get the right rows of all that the one query finds, in their order. */

import { assumed, fails, holds, type Evidence } from '../../evidence.ts';
import { isNode } from '../../syntax/ast.ts';
import type { Batch } from '../batches.ts';
import type { File, Query } from '../query.ts';
import { isTyped } from '../values.ts';

/** The columns that a query fixes to one value. */
const fixedIn = (file: File, { conditions, nullKey }: Query): ReadonlySet<string> =>
  new Set(
    conditions.flatMap(({ column, operator, value }) => {
      if (operator !== 'equals' || column === undefined) return [];
      // A condition on undefined is left out by some libraries.
      const mayBeLeftOut =
        nullKey !== 'none' && isTyped(file) && file.facts.typeOf(file.path, value).kinds.has('undefined');
      return mayBeLeftOut ? [] : [column];
    }),
  );

/** Whether no two rows can meet what a query asks for, by keys and uniques. */
export function isUniqueIn(file: File, query: Query): boolean {
  const fixed = fixedIn(file, query);
  const { model, derived } = query;
  if (derived !== undefined) return false;
  const sets = model === undefined ? [] : [model.primaryKey, ...model.uniques];
  return sets.some((columns) => columns.length > 0 && columns.every((one) => fixed.has(one)));
}

/** Where a turn gets one row of several, it must be the same one. */
export function* whyRightRow(file: File, { site: { query }, keys }: Batch): Generator<Evidence> {
  const columns = keys.map(({ condition }) => `\`${condition.column}\``).join(' and ');
  if (query.gives === 'many') return;
  if (query.gives === 'count' || query.gives === 'exists') {
    yield holds(`Rows are counted for each ${columns}; a value without rows counts none`);
    return;
  }
  if (query.missing === 'throws')
    yield fails(
      `\`${query.method}\` refuses where there is no row, and a lookup does not; by hand: look the row up, and throw where it is missing`,
      file.siteOf(query.call),
    );
  const isUnique =
    isUniqueIn(file, query) || (query.orm === 'prisma' && query.method.startsWith('findUnique'));
  if (isUnique)
    yield holds(`No two rows of \`${query.table}\` have the same ${columns}`, query.model?.seenAt);
  else if (query.isOrdered)
    yield fails(
      `\`${query.method}\` takes the first row by its order, and ${columns} may have several; by hand: ask for the first of each by a window function`,
      file.siteOf(query.call),
    );
  else
    yield assumed(
      `No two rows of \`${query.table}\` that it finds have the same ${columns}`,
      query.model?.seenAt ?? file.siteOf(query.call),
    );
}

/** Uses of a list that do not tell in what order it is. */
const UNORDERED = /^(length|some|every|includes|size)$/;

/** A turn must get its rows in the order that its query gave them in. */
export function* whyOrder(file: File, { site: { query }, result, keys }: Batch): Generator<Evidence> {
  if (query.gives !== 'many') return;
  if (isUniqueIn(file, query)) {
    yield holds(`A turn finds one row of \`${query.table}\` at most`, query.model?.seenAt);
    return;
  }
  if (query.isOrdered) {
    yield holds('The rows of each turn keep the order that the query asks for');
    return;
  }
  const uses = result?.reads ?? [];
  const isTold = uses.some(({ parent, key }) => {
    if (!isNode(parent, 'MemberExpression', 'OptionalMemberExpression') || key !== 'object') return true;
    return !(parent.node.property.type === 'Identifier' && UNORDERED.test(parent.node.property.name));
  });
  if (result !== undefined && uses.length > 0 && !isTold)
    yield holds('Nothing depends on the order of the rows of a turn');
  else
    yield assumed(
      `The order of the rows with one \`${keys[0].condition.column}\` does not matter: the query asks for none`,
      file.siteOf(query.call),
    );
}
