/** There must be no more keys than one query takes. */

import { assumed, holds, type Evidence } from '../../evidence.ts';
import type { t } from '../../syntax/ast.ts';
import type { Batch } from '../batches.ts';
import { short } from '../keys.ts';
import { methodOf, valueOf } from '../objects.ts';
import type { File } from '../query.ts';
import { rowsIn } from '../sites.ts';

/** The number of rows that a query of a list gives at most, by a literal. */
function boundOf(file: File, list: t.Expression): number | undefined {
  if (list.type === 'ArrayExpression')
    return list.elements.some((one) => one?.type === 'SpreadElement') ? undefined : list.elements.length;
  const rows = rowsIn(file, list);
  for (let at: t.Node | undefined = rows?.call; at?.type === 'CallExpression';) {
    const [first] = at.arguments;
    const limit = /^(limit|take)$/.test(methodOf(at) ?? '')
      ? first
      : at.arguments
          .map((one) => valueOf(one, 'take') ?? valueOf(one, 'limit'))
          .find((one) => one !== undefined);
    if (limit?.type === 'NumericLiteral') return limit.value;
    at = at.callee.type === 'MemberExpression' ? at.callee.object : undefined;
  }
  return undefined;
}

/** Whether a batch may have more keys than one query takes. */
export function mayBeTooMany(file: File, { site: { dialect }, path, after }: Batch): boolean {
  const [walk] = path;
  const bound =
    walk === undefined || after !== undefined || path.length > 1 ? undefined : boundOf(file, walk.list);
  return dialect.mostKeys !== undefined && (bound === undefined || bound > dialect.mostKeys);
}

/** There must be no more keys than one query takes. */
export function* whyEnough(file: File, batch: Batch): Generator<Evidence> {
  const {
    site: { dialect },
    path,
    keys,
  } = batch;
  if (dialect.mostKeys === undefined) return;
  const { chunk } = file.options;
  const [walk] = path;
  const isBounded = !mayBeTooMany(file, batch);
  const bound = isBounded && walk !== undefined ? boundOf(file, walk.list) : undefined;
  if (!isBounded && chunk > 0 && chunk <= dialect.mostKeys)
    yield holds(`At most ${chunk.toLocaleString('en')} values are asked for at once`);
  else if (bound !== undefined && bound <= dialect.mostKeys)
    yield holds(
      `The list has at most ${bound} elements, and one query takes ${dialect.mostKeys.toLocaleString('en')} values`,
    );
  else
    yield assumed(
      `There are at most ${dialect.mostKeys.toLocaleString('en')} different values of \`${short(file.textOf(keys[0].condition.value))}\`, as many as one query takes`,
      file.siteOf(keys[0].condition.value),
    );
}
