/** What turns get must not show that it was asked for together: rows that several turns get, and columns that none asked for. */

import { assumed, fails, holds, type Evidence } from '../../evidence.ts';
import type { Batch } from '../batches.ts';
import { short } from '../keys.ts';
import type { File, Query } from '../query.ts';
import { fateOf, fateOfValue, type Fate, type FateOptions } from '../uses.ts';
import { areKeysDistinct } from './key-columns.ts';

/** What becomes of what a query gives to a turn. */
const fateOfResult = (file: File, { result, site }: Batch, options: FateOptions = {}): Fate =>
  result === undefined ? fateOfValue(file, site.whole, options) : fateOf(file, result, options);

/** Whether a property of a model's rows may hold an object. Without a schema any may. */
const holdsObjectsOf =
  ({ model }: Query) =>
  (property: string): boolean => {
    if (/^(length|size)$/.test(property)) return false;
    const column = model?.columns.find(({ name }) => name === property);
    return column === undefined || column.isList || /^(json|date|bytes|unknown)$/.test(column.type);
  };

/** Turns that get the same row must not see that others have it too. */
export function* whySharedRows(file: File, batch: Batch): Generator<Evidence> {
  const { query } = batch.site;
  if (query.gives === 'count' || query.gives === 'exists') return;
  const value = short(file.textOf(batch.keys[0].condition.value));
  if (areKeysDistinct(file, batch)) {
    yield holds(`Each turn has a \`${value}\` of its own, so that no two share a row`);
    return;
  }
  const fate = fateOfResult(file, batch, { holdsObjects: holdsObjectsOf(query) });
  if (fate.kind === 'changed')
    yield fails(
      `Turns with the same \`${value}\` would share one object, and \`${short(file.textOf(fate.at))}\` changes it`,
      file.siteOf(fate.at),
    );
  else if (fate.kind === 'handed on')
    yield assumed(
      `Turns with the same \`${value}\` may share one object: nobody changes it after it is handed on`,
      file.siteOf(fate.at),
    );
  else yield holds(`Turns with the same \`${value}\` may share one object, which they only read`);
}

/** A column that is asked for only to tell the rows apart must not be seen. */
export function* whyNoExtraColumn(file: File, batch: Batch): Generator<Evidence> {
  const { query } = batch.site;
  const added = batch.keys
    .map(({ condition }) => condition.column)
    .filter((column) => query.selected?.includes(column) === false);
  if (added.length === 0 || query.gives === 'count' || query.gives === 'exists') return;
  const fate = fateOfResult(file, batch);
  const columns = added.map((one) => `\`${one}\``).join(' and ');
  if (fate.kind === 'handed on')
    yield fails(
      `The rows have to be asked for with ${columns} too, which is seen where they go: \`${short(file.textOf(fate.at))}\`; by hand: take it away again, or let it be seen`,
      file.siteOf(fate.at),
    );
  else yield holds(`The rows are asked for with ${columns} too, and only other properties of them are read`);
}
