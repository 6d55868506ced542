import type { Path, t } from '../../syntax/ast.ts';
import { assumed, type Evidence } from '../../evidence.ts';
import type { FileContext } from '../../transform.ts';
import { isArrayLike } from './judge.ts';
import { outerWrites } from './split.ts';

type File = FileContext<unknown>;

const memberOf = ({
  callee,
}: t.CallExpression): { readonly object: t.Node; readonly name: string } | undefined =>
  callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && !callee.computed
    ? { object: callee.object, name: callee.property.name }
    : undefined;

/**
 * Why `list.forEach(async …)` cannot be made one `Promise.all` over `list.map`: the list is no array, or the turns fill
 * something in the order in which they end.
 */
export function whyNoneWaits(file: File, path: Path<t.CallExpression>): string | undefined {
  const member = memberOf(path.node);
  const [callback] = path.node.arguments;
  if (member === undefined || callback === undefined) return undefined;
  const text = file.textOf(member.object).replace(/\s+/g, ' ').slice(0, 50);
  const list = member.object as t.Expression;
  if (!isArrayLike(file, list) && /\.[cm]?tsx?$/.test(file.path)) {
    const { kinds } = file.facts.typeOf(file.path, list);
    if (kinds.has('map-or-set'))
      return `\`${text}\` is a map or a set, which has no \`map\`; by hand: \`await Promise.all([...${text}].map(async …))\``;
  }
  const body = 'body' in callback ? (callback.body as t.Node) : callback;
  const [write] = outerWrites(file, callback, body);
  if (write === undefined) return undefined;
  return `Nobody waits for the turns, and they change \`${write.name}\` in the order in which they end; by hand: let \`map\` inside of \`Promise.all\` give the results in the order of \`${text}\``;
}

/** What has to be known of a list that has `forEach`, so that it has `map` as well: nothing where its type says so. */
export function* hasMap(file: File, { node: { callee } }: Path<t.CallExpression>): Generator<Evidence> {
  if (callee.type !== 'MemberExpression') return;
  const list = callee.object as t.Expression;
  if (isArrayLike(file, list) || !file.facts.typeOf(file.path, list).kinds.has('unknown')) return;
  const text = file.textOf(list).replace(/\s+/g, ' ').slice(0, 50);
  yield assumed(`\`${text}\` is an array, and no map or set`, file.siteOf(list));
}

/** Whether `reduce` makes a chain: its callback waits for what it was handed, or goes on after it by `then`. */
export function isChained(file: File, path: Path<t.CallExpression>): boolean {
  const member = memberOf(path.node);
  const [callback] = path.node.arguments;
  if (member === undefined || !/^reduce(Right)?$/.test(member.name)) return false;
  if (callback?.type !== 'ArrowFunctionExpression' && callback?.type !== 'FunctionExpression') return false;
  const [first] = callback.params;
  if (first?.type !== 'Identifier') return false;
  const isInside = (node: t.Node): boolean =>
    (node.start ?? 0) >= (callback.start ?? 0) && (node.end ?? 0) <= (callback.end ?? 0);
  const isHanded = (node: t.Node): boolean => node.type === 'Identifier' && node.name === first.name;
  return (
    file.find('AwaitExpression').some(({ node }) => isInside(node) && isHanded(node.argument)) ||
    file.find('CallExpression').some(({ node }) => {
      const one = memberOf(node);
      return isInside(node) && one?.name === 'then' && isHanded(one.object);
    })
  );
}
