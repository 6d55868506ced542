/** A key that is null or undefined must find in a lookup what the query found for it. */

import { assumed, holds, type Evidence } from '../../evidence.ts';
import type { ValueKind } from '../../facts/types.ts';
import type { Path, t } from '../../syntax/ast.ts';
import type { Batch, Key } from '../batches.ts';
import { short } from '../keys.ts';
import type { File, Query } from '../query.ts';
import { isTyped } from '../values.ts';
import { columnRead } from './key-columns.ts';
import { kindsOfKey } from './key-kinds.ts';

/** The parts of a test that are all true where it is. */
function* conjuncts(node: t.Node): Generator<t.Node> {
  if (node.type === 'LogicalExpression' && node.operator === '&&') {
    yield* conjuncts(node.left);
    yield* conjuncts(node.right);
  } else yield node;
}

/** The parts of a test one of which is true where it is. */
function* disjuncts(node: t.Node): Generator<t.Node> {
  if (node.type === 'LogicalExpression' && node.operator === '||') {
    yield* disjuncts(node.left);
    yield* disjuncts(node.right);
  } else yield node;
}

/** What a check has to tell an expression from: rows have null where a key is missing, and never undefined. */
interface Checked {
  readonly text: string;
  readonly isOfRow: boolean;
}

const plain = (text: string): string => text.replaceAll('?.', '.');

/** Whether a comparison is with nothing: by `==` with null or undefined, by `===` with what rows have. */
function comparesWithNothing(
  file: File,
  node: t.Node,
  operator: RegExp,
  { text, isOfRow }: Checked,
): boolean {
  if (
    node.type !== 'BinaryExpression' ||
    !operator.test(node.operator) ||
    plain(file.textOf(node.left)) !== text
  )
    return false;
  const right = file.textOf(node.right);
  return node.operator.length === 2
    ? /^(null|undefined)$/.test(right)
    : isOfRow && /^(null|undefined)$/.test(right);
}

/** Whether a test says that an expression is there. */
const saysThere = (file: File, test: t.Node, checked: Checked): boolean =>
  [...conjuncts(test)].some(
    (one) => plain(file.textOf(one)) === checked.text || comparesWithNothing(file, one, /^!==?$/, checked),
  );

/** Whether a statement leaves the turn where an expression is not there: `if (!post.authorId) continue;`. */
function leavesWithout(file: File, node: t.Node, checked: Checked): boolean {
  if (node.type !== 'IfStatement' || node.alternate != null) return false;
  const { test, consequent } = node;
  const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent;
  const isExit = last !== undefined && /^(Continue|Return|Throw)Statement$/.test(last.type);
  const isMissing = [...disjuncts(test)].some(
    (one) =>
      (one.type === 'UnaryExpression' &&
        one.operator === '!' &&
        plain(file.textOf(one.argument)) === checked.text) ||
      comparesWithNothing(file, one, /^===?$/, checked),
  );
  return isExit && isMissing;
}

/** Whether types say that a key is there where the query stands. */
function isKnownThere(file: File, { condition }: Key): boolean {
  if (!isTyped(file)) return false;
  const { kinds } = file.facts.typeOf(file.path, condition.value);
  return !['null', 'undefined', 'unknown'].some((one) => kinds.has(one as ValueKind));
}

/** The check in a turn that lets it come to a query only where its key is there. */
export function checkOf(file: File, key: Key, batch: Batch): t.Node | undefined {
  const { path } = batch.site;
  const checked: Checked = {
    text: plain(file.textOf(key.condition.value)),
    isOfRow: columnRead(file, key, batch) !== undefined || isKnownThere(file, key),
  };
  for (let at: Path = path; at.parent !== null; at = at.parent) {
    const { node } = at.parent;
    if (/^(For|While|DoWhile)|Function|Method|Program/.test(node.type)) return undefined;
    if (at.key === 'consequent' && 'test' in node && node.test != null && saysThere(file, node.test, checked))
      return node.test;
    const { test } = node as { readonly test?: t.Node | null };
    if (at.key === 'alternate' && test != null && comparesWithNothing(file, test, /^===?$/, checked))
      return test;
    if (
      node.type === 'LogicalExpression' &&
      node.operator === '&&' &&
      at.key === 'right' &&
      saysThere(file, node.left, checked)
    )
      return node.left;
    if (node.type !== 'BlockStatement') continue;
    const before = node.body.find(
      (one) => (one.end ?? 0) <= (path.node.start ?? 0) && leavesWithout(file, one, checked),
    );
    if (before !== undefined) return before;
  }
  return undefined;
}

const NULL_KEY: Readonly<Record<Exclude<Query['nullKey'], 'none'>, string>> = {
  throws: 'refuses it',
  'null-rows': 'finds the rows without one',
  'any-row': 'leaves the condition out and finds any row, or refuses it, as its version does',
};

/** A key that is not there must find what the query found for it. */
export function* whyNoNullKey(file: File, batch: Batch): Generator<Evidence> {
  const { query } = batch.site;
  for (const key of batch.keys) {
    const kinds = kindsOfKey(file, key, batch);
    const value = short(file.textOf(key.condition.value));
    const mayBeNull = kinds.has('null') || kinds.has('undefined');
    if (!mayBeNull && !kinds.has('unknown')) continue;
    const check = checkOf(file, key, batch);
    if (check !== undefined) {
      yield holds(`The query is asked only where \`${value}\` is there`, file.siteOf(check));
      continue;
    }
    if (query.nullKey === 'none') {
      if (mayBeNull) yield holds(`A turn without \`${value}\` finds nothing, as now`);
      continue;
    }
    yield assumed(
      `\`${value}\` is never null or undefined: \`${query.method}\` ${NULL_KEY[query.nullKey]}, and a lookup finds nothing`,
      file.siteOf(key.condition.value),
    );
  }
}
