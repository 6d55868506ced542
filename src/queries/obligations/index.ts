/** What must hold so that one query for all turns gives each turn what its own query gave it. */

import { assumed, holds, type Evidence } from '../../evidence.ts';
import type { Batch } from '../batches.ts';
import type { Eager } from '../eager.ts';
import { short } from '../keys.ts';
import type { File } from '../query.ts';
import { whyNothingBetween } from './between.ts';
import { whyOrder, whyRightRow } from './found-rows.ts';
import { whyKeysCompare } from './key-kinds.ts';
import { whyEnough } from './key-numbers.ts';
import { whyListStays, whyWalkedTwice } from './lists.ts';
import { whyNoNullKey } from './missing-keys.ts';
import { whyNoExtraColumn, whySharedRows } from './shared-rows.ts';
import { whyAskedAtAll, whySameKey, whyTellableBefore, whyThereForNone } from './told-early.ts';
import { whyErrors, whyRowsStay } from './turns.ts';
import { whyPays, whyWaitedFor } from './waiting.ts';

export { areKeysDistinct } from './key-columns.ts';
export { kindsOfKey } from './key-kinds.ts';
export { mayBeTooMany } from './key-numbers.ts';
export { checkOf } from './missing-keys.ts';
export { isUniqueIn } from './found-rows.ts';

/** The evidence for asking `batch` once. */
export function* whyAskedOnce(file: File, batch: Batch): Generator<Evidence> {
  yield* whyWaitedFor(batch, file);
  yield* whyPays(file, batch);
  yield* whySameKey(file, batch);
  yield* whyTellableBefore(file, batch);
  yield* whyAskedAtAll(file, batch);
  yield* whyThereForNone(file, batch);
  yield* whyRightRow(file, batch);
  yield* whyKeysCompare(file, batch);
  yield* whyNoNullKey(file, batch);
  yield* whyRowsStay(file, batch);
  yield* whyWalkedTwice(file, batch);
  yield* whyListStays(file, batch);
  yield* whySharedRows(file, batch);
  yield* whyNoExtraColumn(file, batch);
  yield* whyOrder(file, batch);
  yield* whyErrors(file, batch);
  yield* whyEnough(file, batch);
  yield* batch.site.dialect.whyRowsAgree?.(file, batch.site.query) ?? [];
}

/** The evidence for loading the rows that `batch` asks for with the rows that its walk goes over. */
export function* whyLoadedWithRows(
  file: File,
  { batch, rows, relation }: Eager,
  isShared: boolean,
): Generator<Evidence> {
  const { query } = batch.site;
  const [from, to] = [relation.from.join(', '), relation.to.join(', ')];
  yield holds(
    `\`${relation.name}\` of \`${rows.query.table}\` joins its \`${from}\` to \`${to}\` of \`${relation.model}\``,
    rows.query.model?.seenAt,
  );
  yield holds(
    query.loads === undefined || query.loads.gives === 'rows'
      ? `Of the rows in \`${rows.binding.name}\` only properties are read, so that nobody sees that they have \`${relation.name}\` now`
      : `The rows in \`${rows.binding.name}\` get \`${relation.name}\` as they did in the turns`,
  );
  yield* whyWaitedFor(batch, file);
  if (query.missing === 'throws')
    yield assumed(
      `Every \`${short(file.textOf(batch.keys[0].condition.value))}\` has its row: \`${query.method}\` refuses one that has none`,
      file.siteOf(query.call),
    );
  yield* whyNoNullKey(file, batch);
  yield* whyRowsStay(file, batch);
  if (query.loads === undefined) yield* whyTellableBefore(file, batch);
  yield* whyAskedAtAll(file, batch);
  yield* whyNothingBetween(file, batch, rows);
  yield* whyListStays(file, batch);
  if (isShared) yield* whySharedRows(file, batch);
  yield* whyOrder(file, batch);
  yield* whyErrors(file, batch);
}
