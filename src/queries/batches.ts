/** One query for all turns of a walk instead of one in each: what it would be, or why there is none. */
import type { Binding } from '../syntax/scopes.ts';
import { isNode, type Path, type t } from '../syntax/ast.ts';
import {
  complicatedPart,
  contains,
  dependenceOf,
  namesIn,
  short,
  varyingName,
  type Dependence,
} from './keys.ts';
import { isInAsync, runWith } from '../concurrency/index.ts';
import { conditionAround, statementOf, type RowLoop } from './loops.ts';
import type { Condition, File } from './query.ts';
import type { QuerySite } from './sites.ts';

/** A condition whose value is another one in each turn. */
export interface Key {
  readonly condition: Condition & { readonly column: string };
  readonly dependence: Extract<Dependence, { on: 'element' | 'row' }>;
}

/** A query of the turns that can be asked once. */
export interface Batch {
  readonly site: QuerySite;
  /** What tells the rows of a turn; the first one is looked up, the others are compared. */
  readonly keys: readonly [Key, ...Key[]];
  /** The walk that it leaves, with all that are inside of it. */
  readonly walk: RowLoop;
  /** The walks from the one that the key belongs to outwards, up to `walk`. */
  readonly path: readonly RowLoop[];
  /** The statement that it is asked before. */
  readonly anchor: Path;
  /** What its result is bound to. */
  readonly result: Binding | undefined;
  /** The batch whose rows give the keys. */
  readonly after: Batch | undefined;
}

/** Why a query stays where it is, and where that is seen. */
export interface NoBatch {
  readonly why: string;
  readonly byHand?: string;
  readonly at: t.Node;
}

/** The name that the result of a query is bound to. */
function resultOf(file: File, { whole }: QuerySite): Binding | undefined {
  const { parent } = file.pathOf<t.Node>(whole);
  return isNode(parent, 'VariableDeclarator') && parent.node.id.type === 'Identifier'
    ? file.scopes.lookup(file.pathOf<t.Node>(parent.node.id), parent.node.id.name)
    : undefined;
}

/** Code of a statement that does something before it comes to a walk: what is asked before the statement would overtake it. */
function overtakenBy(file: File, { path, list }: RowLoop, anchor: Path): t.Node | undefined {
  if (path === anchor) return undefined;
  for (const { node } of runWith(file, anchor.node)) {
    if ((node.end ?? 0) > (path.node.start ?? 0) || contains(list, node)) continue;
    if (/^(Await|Yield|Assignment|Update)Expression$/.test(node.type)) return node;
    if (!/^(Call|OptionalCall|New)Expression$/.test(node.type)) continue;
    const { effects, unknown, thrown } = file.facts.codeOf(file.path, node);
    if (effects.some(({ access }) => access === 'write') || unknown.length + thrown.length > 0) return node;
  }
  return undefined;
}

/** The walks that can be left together, from the one that a key belongs to outwards. */
function leavable(
  file: File,
  from: RowLoop,
  walks: readonly RowLoop[],
  site: QuerySite,
  keys: readonly t.Node[],
): readonly RowLoop[] {
  const left: RowLoop[] = [from];
  for (const outer of walks.slice(walks.indexOf(from) + 1)) {
    const inner = left.at(-1) ?? from;
    const dependence = dependenceOf(file, inner.list, [outer]);
    if (dependence.on !== 'nothing' && dependence.on !== 'element') break;
    if (complicatedPart(file, inner.list) !== undefined) break;
    if (varyingName(file, site.query.call, outer, keys) !== undefined) break;
    if (statementOf(outer) === undefined) break;
    left.push(outer);
  }
  return left;
}

/** Makes one query of all that a site asks in the turns of its walks. `before`: the batches of queries that stand above it. */
export function batchOf(file: File, site: QuerySite, before: readonly Batch[]): Batch | NoBatch {
  const { query, walks: all, path } = site;
  const other = all.findIndex((walk) => 'what' in walk);
  const walks = (other === -1 ? all : all.slice(0, other)).filter((walk): walk is RowLoop => 'list' in walk);
  const outermost = walks.at(-1);
  if (outermost === undefined) {
    const [walk] = all;
    return {
      why: `it runs in ${walk !== undefined && 'what' in walk ? walk.what : 'a loop'}`,
      byHand: 'gather the keys of several turns, and ask for all of them at once',
      at: path.node,
    };
  }
  if (query.unread !== undefined) return { why: query.unread, at: path.node };
  if (query.limit !== undefined)
    return {
      why: `${query.limit} of each turn, which one query for all turns cannot do`,
      byHand: 'number the rows of each key by a window function, or leave it',
      at: path.node,
    };
  const results = new Map(
    before.flatMap((one) => (one.result?.kind === 'const' ? [[one.result, one] as const] : [])),
  );
  const rowsGiven = new Map(
    [...results].flatMap(
      ([
        binding,
        {
          site: {
            query: { gives },
          },
        },
      ]) => (gives === 'one' || gives === 'many' ? [[binding, gives] as const] : []),
    ),
  );
  const keys: Key[] = [];
  for (const condition of query.conditions) {
    const dependence = dependenceOf(file, condition.value, walks, rowsGiven, query.call);
    if (dependence.on === 'nothing') continue;
    const { column } = condition;
    if (column === undefined || condition.operator === 'other')
      return {
        why: `its condition \`${short(file.textOf(condition.value))}\` is another one in each turn, and no comparison of one column with one value`,
        at: condition.value,
      };
    if (condition.operator === 'in')
      return {
        why: `\`${column}\` is compared with a list of its own in each turn`,
        byHand: 'ask for the values of all lists at once, and choose among the rows in the turn',
        at: condition.value,
      };
    if (dependence.on === 'other')
      return {
        why: `what \`${column}\` is compared with cannot be told before the loop: ${dependence.why}`,
        at: dependence.at,
      };
    keys.push({ condition: { ...condition, column }, dependence });
  }
  const [key, ...others] = keys;
  if (key === undefined) {
    const name = varyingName(file, query.call, outermost);
    return name === undefined
      ? {
          why: 'it asks for the same rows in every turn',
          byHand: 'ask once, before the loop, unless a turn changes them',
          at: path.node,
        }
      : {
          why: `\`${name.name}\`, which belongs to the turn, is used in it other than to compare a column with`,
          at: name,
        };
  }
  const values = keys.map(({ condition }) => condition.value);
  const varying = varyingName(file, query.call, outermost, values);
  const after = key.dependence.on === 'row' ? results.get(key.dependence.result) : undefined;
  const from = key.dependence.on === 'element' ? key.dependence.walk : undefined;
  const left =
    after === undefined
      ? from === undefined
        ? []
        : leavable(file, from, walks, site, values)
      : [after.walk];
  const walk = left.at(-1);
  if (walk === undefined)
    return { why: 'what it is compared with cannot be told before the loop', at: path.node };
  if (varying !== undefined && varyingName(file, query.call, walk, values) !== undefined)
    return {
      why: `\`${varying.name}\`, which belongs to the turn, is used in it other than to compare a column with`,
      at: varying,
    };
  const own = ['Set', 'Map', 'Array', 'String', 'Number'].find(
    (name) => file.scopes.lookup(walk.path, name) !== undefined,
  );
  if (own !== undefined)
    return {
      why: `this file has a \`${own}\` of its own, where new code means the one of JavaScript`,
      at: path.node,
    };
  const stray = others.find(
    ({ dependence }) =>
      dependence.on !== 'element' ||
      key.dependence.on !== 'element' ||
      dependence.walk !== key.dependence.walk,
  );
  if (stray !== undefined)
    return {
      why: `\`${stray.condition.column}\` is compared with what belongs to another list, or to a row of another query`,
      at: stray.condition.value,
    };
  const anchor = statementOf(walk);
  if (anchor === undefined)
    return {
      why: 'there is no statement that one query for all turns could stand before',
      byHand: 'give the function a body, and ask for all rows in its first line',
      at: path.node,
    };
  const late = [site.query.call, ...left.map(({ list }) => list)]
    .flatMap((one) => [...namesIn(file, one)])
    .find(({ binding }) => {
      const declared = binding?.identifier.node;
      return (
        declared !== undefined &&
        contains(anchor.node, declared) &&
        !left.some(({ path: { node } }) => contains(node, declared))
      );
    });
  if (late !== undefined)
    return {
      why: `\`${late.path.node.name}\` is declared in the same statement as the loop`,
      byHand: 'give it a statement of its own',
      at: late.path.node,
    };
  const overtaken = overtakenBy(file, walk, anchor);
  if (overtaken !== undefined)
    return {
      why: `\`${short(file.textOf(overtaken))}\` comes before the loop in the same statement`,
      byHand: 'give it a statement of its own',
      at: overtaken,
    };
  const yielded = left
    .flatMap(({ body }) => [...runWith(file, body)])
    .find(({ node }) => node.type === 'YieldExpression');
  if (yielded !== undefined)
    return {
      why: 'each turn hands control away by `yield`, and may never be gone on with',
      at: yielded.node,
    };
  const condition = conditionAround(walk, anchor);
  if (condition !== undefined)
    return {
      why: `whether the loop is reached is decided in the same statement: \`${short(file.textOf(condition))}\``,
      byHand: 'give the loop a block of its own',
      at: condition,
    };
  if (!isInAsync(file, anchor))
    return {
      why: 'the function around the loop is not async, so that it cannot wait for one query',
      byHand: 'make it async',
      at: anchor.node,
    };
  return { site, keys: [key, ...others], walk, path: left, anchor, result: resultOf(file, site), after };
}
