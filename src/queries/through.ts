/** Queries of a turn that are not read: in another form, of another library, or made by a function that the turn calls. */
import { calleeTextOf } from '../concurrency/index.ts';
import { fails } from '../evidence.ts';
import type { DatabaseCall } from '../facts/effects/effect.ts';
import { isNode, type Path, type t } from '../syntax/ast.ts';
import type { Finding } from '../transform.ts';
import { nodesIn } from './keys.ts';
import { walksAround, type OtherWalk, type RowLoop } from './loops.ts';
import { isOfDialect, mayBeQuery } from './dialects/dialects.ts';
import { methodOf } from './objects.ts';
import type { File } from './query.ts';
import { LOADS } from './sites.ts';

type Call = t.CallExpression | t.TaggedTemplateExpression;

/** Whether code names what is another thing in each turn. */
function namesTheTurn(file: File, code: t.Node, walk: RowLoop | OtherWalk): boolean {
  const { start, end } = walk.path.node;
  return [...nodesIn(file, code)].some((path) => {
    if (!isNode(path, 'Identifier')) return false;
    const declared = file.scopes.lookup(path, path.node.name)?.identifier.node.start ?? -1;
    return declared > (start ?? 0) && declared < (end ?? 0);
  });
}

/** Files of tests, in which nobody minds the number of queries. */
const TEST = /[./](test|spec)\.[cm]?[jt]sx?$|\/__tests__\//;

/** Whether a call is a part of a chain that goes on: `knex('users').where(…)` of `.first()`. */
const isChained = ({ parent, key }: Path): boolean =>
  isNode(parent, 'MemberExpression') &&
  key === 'object' &&
  isNode(parent.parent, 'CallExpression') &&
  !/^(then|catch|finally)$/.test(methodOf(parent.parent.node) ?? '');

/** Whether a call only goes on with a promise. */
const isOfPromise = (call: t.CallExpression): boolean => /^(then|catch|finally)$/.test(methodOf(call) ?? '');

/** The callee of the call that an array is handed to. */
const calleeAround = (file: File, { parent }: Path): string =>
  isNode(parent, 'CallExpression') ? file.textOf(parent.node.callee) : '';

/** Whether the value of an expression is waited for, or handed to who may: a query that is still built is not asked. */
function isAsked(file: File, { parent, key }: Path, walk: RowLoop | OtherWalk): boolean {
  if (isNode(parent, 'AwaitExpression')) return true;
  if (isNode(parent, 'ArrayExpression')) return /^Promise\.\w+$/.test(calleeAround(file, parent));
  const isGivenBack =
    isNode(parent, 'ReturnStatement') || (isNode(parent, 'ArrowFunctionExpression') && key === 'body');
  if (isGivenBack) return isHandedToPromise(file, walk.path);
  // A list of promises that is waited for later.
  if (isNode(parent, 'CallExpression') && key === 'arguments')
    return (
      methodOf(parent.node) === 'push' &&
      /[pP]romise|[jJ]ob|[tT]ask|[pP]ending/.test(file.textOf(parent.node.callee))
    );
  return (
    isNode(parent, 'MemberExpression') &&
    isNode(parent.parent, 'CallExpression') &&
    isOfPromise(parent.parent.node)
  );
}

/** Whether what a walk gives is handed to `Promise.all` or its like: only then may its turns give promises back. */
const isHandedToPromise = (file: File, { parent, key }: Path): boolean =>
  isNode(parent, 'CallExpression') &&
  key === 'arguments' &&
  /^Promise\.\w+$/.test(file.textOf(parent.node.callee));

/** The calls in the turns of walks that are waited for and are told what is another thing in each. */
function* callsInTurns(file: File): Generator<Path<Call>> {
  for (const path of file.paths) {
    if (!isNode(path, 'CallExpression', 'TaggedTemplateExpression') || isChained(path)) continue;
    const [walk] = walksAround(file, path);
    if (walk !== undefined && isAsked(file, path, walk) && namesTheTurn(file, path.node, walk)) yield path;
  }
}

/** A query that is not rewritten in this form. */
function ofForm(
  file: File,
  { node }: Path<Call>,
  { reads, writes, table, path }: DatabaseCall,
): Finding | undefined {
  if (reads.length === 0 || writes.some((one) => one !== '*') || /#$|\bnew\b|\$execute/.test(path))
    return undefined;
  const callee = calleeTextOf(node, (one) => file.textOf(one));
  const rows = table === '*' ? 'rows' : `rows of \`${table}\``;
  return {
    at: node,
    title: `${callee} in a loop`,
    evidence: [
      fails(
        `It asks for ${rows} in every turn, in a form that is not rewritten; by hand: ask for the keys of all turns at once, by \`IN\` or \`= ANY(…)\`, and look the rows up in the turns`,
        file.siteOf(node),
      ),
    ],
  };
}

/** A function of the project that asks a database, and writes nothing. */
function ofHelper(file: File, { node }: Path<Call>, name?: string): Finding | undefined {
  if (node.type === 'TaggedTemplateExpression') return undefined;
  const callee = name ?? calleeTextOf(node, (one) => file.textOf(one));
  if (
    /^Promise\.|^\w*[tT]ransaction$|^(?:.*\.)?(map|forEach|filter|reduce|push|then|catch|set|add)$/.test(
      callee,
    )
  )
    return undefined;
  const { effects } = file.facts.codeOf(file.path, node);
  const read = effects.find(
    ({ access, resource, certainty, seenAt }) =>
      access === 'read' &&
      resource.kind === 'table' &&
      certainty === 'proved' &&
      !isWithin(file, node, seenAt),
  );
  if (read?.resource.kind !== 'table') return undefined;
  // What also writes is asked in turns for a reason.
  if (
    effects.some(
      ({ access, resource }) => access === 'write' && /^(table|file|host|store)$/.test(resource.kind),
    )
  )
    return undefined;
  const table = read.resource.name === '*' ? 'rows' : `rows of \`${read.resource.name}\``;
  return {
    at: node,
    title: `a query in a loop, through ${callee}`,
    evidence: [
      fails(
        `\`${callee}\` asks for ${table} in every turn by \`${read.by}\`; by hand: give it a sibling that takes the keys of all turns and asks once, call that before the loop, and look the rows up in the turns`,
        read.seenAt,
      ),
    ],
  };
}

/** A method of a query that a library does not have for all that is known, as that of `prisma[model]` or of a row of unknown class. */
function ofUnknown(file: File, { node }: Path<Call>): Finding | undefined {
  if (node.type === 'TaggedTemplateExpression' || !mayAskOfRow(methodOf(node) ?? '')) return undefined;
  const callee = calleeTextOf(node, (one) => file.textOf(one));
  const unknown = file.facts
    .codeOf(file.path, node)
    .unknown.find((one) => one.callee === callee && one.isAwaited && one.guess === 'read');
  const library = /of the package (\S+)$/.exec(unknown?.why ?? '')?.[1];
  if (library === undefined || !isOfDialect(library)) return undefined;
  return {
    at: node,
    title: `${callee} in a loop`,
    evidence: [
      fails(
        `It is called in every turn, and is a method of ${library} by its name: of which model is not known; by hand: ask for the keys of all turns at once, and look the rows up in the turns`,
        file.siteOf(node),
      ),
    ],
  };
}

/** Whether a method has a name that queries have, or that loads a relation of a row. */
const mayAskOfRow = (name: string): boolean => mayBeQuery(name) || LOADS.test(name);

/** `ids.map(getUser)`: a function by its name that asks a database for each element. */
function* namedCallbacks(file: File): Generator<Finding> {
  for (const path of file.find('CallExpression')) {
    const [callback, ...more] = path.node.arguments;
    const isNamed = callback?.type === 'Identifier' || callback?.type === 'MemberExpression';
    if (!isNamed || more.length > 0 || !/^(map|flatMap|forEach)$/.test(methodOf(path.node) ?? '')) continue;
    if (!isHandedToPromise(file, path)) continue;
    const finding = ofHelper(file, path, file.textOf(callback));
    if (finding !== undefined) yield finding;
  }
}

/** Reports the queries in turns that are none of `known`. */
export function* otherQueriesInTurns(file: File, known: ReadonlySet<t.Node>): Generator<Finding> {
  if (TEST.test(file.path)) return;
  yield* namedCallbacks(file);
  for (const path of callsInTurns(file)) {
    if (known.has(path.node) || (isNode(path, 'CallExpression') && isOfPromise(path.node))) continue;
    const call = file.facts.databaseCallOf(file.path, path.node);
    const finding =
      call === undefined ? (ofHelper(file, path) ?? ofUnknown(file, path)) : ofForm(file, path, call);
    if (finding !== undefined) yield finding;
  }
}

/** Whether a place is in the code itself, and not in a function that it calls. */
function isWithin(
  file: File,
  node: t.Node,
  { path, line }: { readonly path: string; readonly line: number },
): boolean {
  if (path !== file.path) return false;
  const first = file.siteOf(node).line;
  const last = first + file.textOf(node).split('\n').length - 1;
  return line >= first && line <= last;
}
