/** New code: the queries before a walk, and what stands in its turns instead of theirs. */
import { joinCode, outerSpanOf, type Hole } from '../edits/code.ts';
import { spanOf, type Edit, type Span } from '../edits/edit.ts';
import { mentions, runWith, takenAt } from '../concurrency/index.ts';
import { isNode, type t } from '../syntax/ast.ts';
import type { ImportRequest } from '../syntax/imports.ts';
import { shifted } from '../syntax/layout.ts';
import { indentAt } from '../syntax/lines.ts';
import type { Batch, Key } from './batches.ts';
import { askedForPresence, guardsOf, withPresence } from './guards.ts';
import { dependenceOf, nodesIn, parameterOf } from './keys.ts';
import { areKeysDistinct, checkOf, kindsOfKey, mayBeTooMany } from './obligations/index.ts';
import { keyPart, keysName, plural, singular } from './names.ts';
import { walksAround, type RowLoop } from './loops.ts';
import type { File, KeyList, Query, Written } from './query.ts';
import { togetherAround } from './sites.ts';
import { doesSomething, isAny, isArray, isOneShot, isTyped } from './values.ts';

/** What a batch is written as. */
export interface WrittenBatch {
  /** The statements before the walk. */
  readonly statements: readonly string[];
  /** What stands in the turns instead of the query. */
  readonly lookup: string;
  readonly imports: readonly ImportRequest[];
  /** The name of the list of its rows, for a query that is keyed by them. */
  readonly rows: string;
}

/** What was written for the queries above. */
export interface Above {
  /** The names of the rows of batches. */
  readonly rows: Map<Batch, string>;
  /** The names of lists that are computed, so that they are computed once, by the nodes of their walks. */
  readonly lists: Map<t.Node, string>;
  /** The names of keys, by the place of the walk and the expression that gives them. */
  readonly keys: Map<string, string>;
  /** What gives the keys of more than one query, so that it gets a name. */
  readonly repeated: ReadonlySet<string>;
}

const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** A name for one row in a short piece of code: what is declared below may have it too. */
function rowName(file: File, { anchor }: Batch, wanted: string, list: string): string {
  const isFree = wanted !== list && wanted.length <= 16 && file.scopes.lookup(anchor, wanted) === undefined;
  return isFree ? wanted : 'row';
}

/** The name for the different values of a list: `userIds`, or `uniqueUserIds` where the list is called so. */
function keysNameIn(taken: Set<string>, wanted: string): string {
  const name = taken.has(wanted) ? `unique${upperFirst(wanted)}` : wanted;
  return free(name, taken);
}

/** A name that is none of those taken; it is taken from now on. */
function free(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}${number}`;
  taken.add(name);
  return name;
}

/** The text of a multi-line quotation moved to the start of a line: its later lines lose the indentation of its first one. */
export function dedented(file: File, text: string, at: t.Node): string {
  const indent = indentAt(file.text, spanOf(at)[0]);
  if (indent === '' || /`/.test(text)) return text;
  return text
    .split('\n')
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');
}

/** Whether a key may be null or undefined where the query stands, or anywhere in the list. */
function nullness(file: File, batch: Batch): { readonly inTurn: boolean; readonly inList: boolean } {
  const [key] = batch.keys;
  const kinds = kindsOfKey(file, key, batch);
  const mayBe = kinds.has('null') || kinds.has('undefined');
  const isChecked = checkOf(file, key, batch) !== undefined;
  const isMarked = key.condition.value.type === 'TSNonNullExpression';
  return {
    inTurn: mayBe && !isChecked && !isMarked,
    inList: mayBe || isChecked || valueForAll(file, batch, key).mayMiss,
  };
}

/** What a turn asks to be there before it comes to its query. */
function presentBefore(file: File, { site, walk }: Batch): ReadonlySet<string> {
  const asked = [...guardsOf(file, site.path, walk.path)].flatMap((one) => [...askedForPresence(file, one)]);
  // What stands before a `?.` is asked for as well.
  return new Set(
    asked.flatMap((text) => {
      const parts = text.split('?.');
      return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
    }),
  );
}

/** The text of a key as it can be evaluated for every element, and whether that may give nothing. */
function valueForAll(
  file: File,
  batch: Batch,
  { dependence, condition }: Key,
): { readonly text: string; readonly mayMiss: boolean } {
  const present = presentBefore(file, batch);
  const text = withPresence(dependence.text, present);
  return {
    text,
    mayMiss: text.includes('?.') || present.has(dependence.text) || present.has(file.textOf(condition.value)),
  };
}

/** What stands for the list of a walk in new code: itself, or the name that it gets because it is computed. */
function listName(
  file: File,
  walk: RowLoop,
  { anchor }: Batch,
  { lists }: Above,
): { readonly name: string; readonly statement: string | undefined } {
  const known = lists.get(walk.path.node);
  if (known !== undefined) return { name: known, statement: undefined };
  const isComputed = [...nodesIn(file, walk.list)].some(
    ({ node }) =>
      !/^(Identifier|MemberExpression|ThisExpression|StringLiteral|NumericLiteral|TS\w+)$/.test(node.type),
  );
  if (!isComputed && !doesSomething(file, walk.list))
    return { name: file.textOf(walk.list), statement: undefined };
  const element = walk.element?.type === 'Identifier' ? plural(walk.element.name) : 'elements';
  const name = free(element, takenAt(file, anchor));
  const text = dedented(file, file.textOf(walk.list), walk.list);
  return { name, statement: `const ${name} = ${isOneShot(file, walk.list) ? `[...${text}]` : text};` };
}

/** An expression as it can stand beside an operator: in parentheses where it has one itself. */
const operand = (text: string): string =>
  /^[\w$.?![\]'"()]+$/.test(text) || isCall(text) ? text : `(${text})`;

const isCall = (text: string): boolean => /^[\w$.?]+\([^()]*\)$/.test(text);

/** The key itself in `row.key ?? undefined`: where there is none nothing is asked for or found, whichever nothing it is. */
const keyIn = (value: string): string => value.replace(/\s*\?\?\s*(undefined|null)$/, '');

/** The expression that gives the values of all turns, doubles and all. */
function allValues(
  file: File,
  batch: Batch,
  list: string,
  isNullable: boolean,
): { readonly text: string; readonly isBare: boolean } {
  const [key] = batch.keys;
  const { dependence } = key;
  const { text: value } = valueForAll(file, batch, key);
  const [walked] = batch.path;
  const type = dependence.on === 'element' && walked !== undefined && isAny(file, walked.list) ? ': any' : '';
  const arrow = (body: string): string => `(${dependence.parameter}${type}) => ${body}`;
  const own = isNullable ? `${operand(keyIn(value.replace(/!$/, '')))} ?? []` : value;
  const method = isNullable ? 'flatMap' : 'map';
  if (dependence.on === 'row' || batch.path.length === 0)
    return { text: `${list}.${method}(${arrow(own)})`, isBare: false };
  const [innermost, ...outer] = batch.path;
  const outermost = batch.path.at(-1);
  const isBare = dependence.isElement && !isNullable;
  if (innermost === undefined || outermost === undefined) return { text: list, isBare };
  const mapped = (of: string, walk: RowLoop, how: string, callback: string): string =>
    isArray(file, walk)
      ? `${of}.${how}(${callback})`
      : how === 'map'
        ? `Array.from(${of}, ${callback})`
        : `Array.from(${of}).${how}(${callback})`;
  const listOf = (walk: RowLoop, around: RowLoop | undefined): string => {
    if (walk === outermost) return list;
    const inner = around === undefined ? undefined : dependenceOf(file, walk.list, [around]);
    return inner?.on === 'element' ? inner.text : file.textOf(walk.list);
  };
  const present = presentBefore(file, batch);
  /** An inner list that a turn asks for first is none where it is missing. */
  const orNone = (code: string, of: string, walk: RowLoop): string => {
    if (!present.has(of) && !present.has(file.textOf(walk.list))) return code;
    return code === of ? `${code} ?? []` : `${code.replace(`${of}.`, () => `${of}?.`)} ?? []`;
  };
  const innerList = listOf(innermost, outer[0]);
  let text = orNone(
    isBare ? innerList : mapped(innerList, innermost, method, arrow(own)),
    innerList,
    innermost,
  );
  for (const [index, walk] of outer.entries()) {
    const names = new Set<string>();
    const element = parameterOf(file, walk, names);
    const outerList = listOf(walk, outer[index + 1]);
    text = orNone(mapped(outerList, walk, 'flatMap', `(${element}) => ${text}`), outerList, walk);
  }
  return { text, isBare: isBare && outer.length === 0 };
}

/** What some of the values are called in the function that asks for them: nothing that the query names itself. */
const chunkName = (file: File, { site }: Batch): string =>
  ['values', 'someValues', 'chunkOfValues'].find((name) => !mentions(file.textOf(site.query.call), [name])) ??
  'valuesOfChunk';

/** The statements that ask for some values at a time, one query after the other. */
function inChunks(
  file: File,
  parts: {
    readonly name: string;
    readonly values: string;
    readonly text: string;
    readonly chunk: number;
    readonly some: string;
  },
): readonly string[] {
  const { name, values, text, chunk, some } = parts;
  const ask = `${name}Of`;
  const [parameter, type] = isTyped(file)
    ? [`${some}: typeof ${values}`, `: Awaited<ReturnType<typeof ${ask}>>`]
    : [some, ''];
  return [
    `const ${ask} = (${parameter}) => ${text};`,
    `const ${name}${type} = [];`,
    `for (let at = 0; at < ${values}.length; at += ${chunk}) ${name}.push(...(await ${ask}(${values}.slice(at, at + ${chunk}))));`,
  ];
}

/** The names and texts that the code of one batch is made of. */
interface Pieces {
  readonly taken: Set<string>;
  /** What the rows are called after: `post`. */
  readonly owner: string;
  /** What the result is called in the turn, or would be. */
  readonly base: string;
  /** The different values of the key: a name, or an expression where it stands once. */
  readonly ids: string;
  /** The declaration of a variable that holds what is asked for. */
  readonly asked: (name: string) => readonly string[];
  readonly written: Written;
  /** How a value of the key is looked up. */
  readonly mapKey: (value: string) => string;
  /** The key as the turn says it. */
  readonly value: string;
}

type Lookup = Omit<WrittenBatch, 'imports'>;

/** Rows counted for each key: `postCountByAuthorId`. */
function asCounts(
  { site: { query }, keys: [key] }: Batch,
  pieces: Pieces,
  countOf: (row: string) => string,
): Lookup {
  const { taken, owner, asked, written, mapKey, value } = pieces;
  const rows = free(`${singular(owner)}Counts`, taken);
  const part = keyPart(key.condition.column);
  const keyed = mapKey(written.keyOf('row'));
  if (query.gives === 'exists') {
    const found = free(
      `${singular(owner)}${plural(part).replace(/^./, (first) => first.toUpperCase())}`,
      taken,
    );
    const statements = [...asked(rows), `const ${found} = new Set(${rows}.map((row) => ${keyed}));`];
    return { statements, lookup: `${found}.has(${mapKey(value)})`, rows };
  }
  const map = free(`${singular(owner)}CountBy${part}`, taken);
  const statements = [
    ...asked(rows),
    `const ${map} = new Map(${rows}.map((row) => [${keyed}, ${countOf('row')}]));`,
  ];
  return { statements, lookup: `${map}.get(${mapKey(value)}) ?? 0`, rows };
}

/** Whether the type of a key is narrower than that of its column may be: an enum, a literal, a brand. */
function isNarrow(file: File, { condition }: Key): boolean {
  if (!isTyped(file)) return false;
  const { text, kinds } = file.facts.typeOf(file.path, condition.value);
  return (
    !kinds.has('unknown') &&
    !kinds.has('object') &&
    !text.includes('<') &&
    !/^(string|number|bigint)( \| (null|undefined))*$/.test(text)
  );
}

/** The rows of each key in a list: `postsByAuthorId`. Those of which other columns are compared too are chosen in the turn. */
function asGroups(file: File, batch: Batch, pieces: Pieces): Lookup {
  const {
    site: { query, dialect },
    keys: [key, ...others],
  } = batch;
  const { taken, owner, base, ids, asked, written, mapKey, value } = pieces;
  const { column } = key.condition;
  const many = plural(query.gives === 'many' ? owner : base);
  const rows = free(`all${upperFirst(many)}`, taken);
  const map = free(`${many}By${keyPart(column)}`, taken);
  const told = batch.keys.map(({ condition }) => file.textOf(condition.value)).join(' ');
  const wanted = rowName(file, batch, singular(many), many);
  const row = mentions(told, [wanted]) ? (mentions(told, ['row']) ? 'candidate' : 'row') : wanted;
  const empty = isTyped(file) ? `[] as typeof ${rows}` : '[]';
  const id = /id$/i.test(column) ? 'id' : 'key';
  const keyed = mapKey(written.keyOf(row));
  // The rows that are found have a key, which their type does not say.
  const isOptional = query.model?.columns.find(({ name }) => name === column)?.isNullable === true;
  const mark = isOptional && isTyped(file) && keyed === written.keyOf(row) ? '!' : '';
  const statements = [
    ...asked(rows),
    isNarrow(file, key)
      ? `const ${map} = new Map<(typeof ${rows})[number]['${column}'], typeof ${rows}>(${ids}.map((${id}) => [${mapKey(id)}, []]));`
      : `const ${map} = new Map(${ids}.map((${id}) => [${mapKey(id)}, ${empty}]));`,
    `for (const ${row} of ${rows}) ${map}.get(${keyed}${mark})?.push(${row});`,
  ];
  const group = `${map}.get(${mapKey(value)})`;
  if (others.length === 0) return { statements, lookup: `${group} ?? []`, rows };
  const tests = others.map(({ condition }) => {
    const type = query.model?.columns.find(({ name }) => name === condition.column)?.type;
    const asKey = (text: string): string => dialect.mapKey?.(text, type) ?? text;
    return `${asKey(`${row}.${condition.column}`)} === ${asKey(file.textOf(condition.value))}`;
  });
  const callback = `(${row}) => ${tests.join(' && ')}`;
  const lookup =
    query.gives === 'many'
      ? `(${group} ?? []).filter(${callback})`
      : `${group}?.find(${callback})${query.missing === 'undefined' ? '' : ' ?? null'}`;
  return { statements, lookup, rows };
}

/** The one row of each key: `authorById`. */
function asOne(file: File, batch: Batch, pieces: Pieces): Lookup {
  const {
    site: { query },
    keys: [key],
  } = batch;
  const { taken, base, asked, written, mapKey, value } = pieces;
  const rows = free(plural(base), taken);
  const map = free(`${singular(base)}By${keyPart(key.condition.column)}`, taken);
  const row = rowName(file, batch, singular(base), rows);
  const statements = [
    ...asked(rows),
    `const ${map} = new Map(${rows}.map((${row}) => [${mapKey(written.keyOf(row))}, ${row}]));`,
  ];
  const found = `${map}.get(${mapKey(value)})`;
  return { statements, lookup: query.missing === 'null' ? `${found} ?? null` : found, rows };
}

/** What a lookup gives where there is no key. */
function nothingOf({ gives, missing }: Query): string {
  if (gives === 'many') return '[]';
  if (gives === 'one') return missing;
  return gives === 'exists' ? 'false' : '0';
}

/** The statements and the lookup of one batch, or why its library cannot write it. */
export function writeBatch(file: File, batch: Batch, above: Above): WrittenBatch | { readonly why: string } {
  const { site, keys, result, anchor, walk } = batch;
  const { query, dialect } = site;
  const [key, ...others] = keys;
  const { column } = key.condition;
  const taken = takenAt(file, anchor);
  const owner = query.table === '*' ? 'row' : query.table;
  const counts = query.gives === 'count' || query.gives === 'exists';
  const base = result?.name ?? (query.gives === 'many' ? plural(owner) : singular(owner));
  const { inTurn, inList } = nullness(file, batch);
  const statements: string[] = [];
  const given = batch.after === undefined ? undefined : above.rows.get(batch.after);
  const { name: list, statement } =
    given === undefined ? listName(file, walk, batch, above) : { name: given, statement: undefined };
  if (statement !== undefined) statements.push(statement);

  const type = query.model?.columns.find(({ name }) => name === column)?.type;
  const mapKey = (text: string): string => dialect.mapKey?.(text, type) ?? text;
  const isGrouped = query.gives === 'many' || (others.length > 0 && !counts);
  const { chunk } = file.options;
  const isChunked = chunk > 0 && mayBeTooMany(file, batch);
  const all = allValues(file, batch, list, inList);
  // Objects that only look equal are not told apart by a `Set`.
  const isDistinct = areKeysDistinct(file, batch) || mapKey('key') !== 'key';
  const different = isDistinct ? all.text : `[...new Set(${all.text})]`;
  // In a loop around it no turn without keys may ask.
  const mayAskForNone = dialect.takesNoKeys(query) && walksAround(file, anchor).length === 0;
  const isOnce = !isGrouped && !isChunked && mayAskForNone && !above.repeated.has(all.text);
  const place = `${anchor.node.start ?? 0} ${different}`;
  const known = above.keys.get(place);
  let ids = known ?? different;
  const mayStandInline = all.isBare ? isDistinct || isOnce : isOnce && isDistinct && all.text.length <= 50;
  if (known === undefined && !mayStandInline) {
    ids = keysNameIn(
      taken,
      keysName(column, counts || query.gives === 'many' ? owner : base, type === 'object-id'),
    );
    statements.push(`const ${ids} = ${different};`);
  }
  const lists: [KeyList, ...KeyList[]] = [
    { condition: key.condition, list: isChunked ? chunkName(file, batch) : ids },
  ];
  for (const other of others) {
    const mine: Batch = { ...batch, keys: [other] };
    const values = allValues(file, mine, list, nullness(file, mine).inList);
    const name = keysNameIn(taken, keysName(other.condition.column, owner));
    statements.push(`const ${name} = [...new Set(${values.text})];`);
    lists.push({ condition: other.condition, list: name });
  }
  if (counts && others.length > 0) return { why: 'rows are counted for several columns together' };
  const written = counts ? dialect.grouped?.(file, query, lists[0]) : dialect.batched(file, query, lists);
  if (written === undefined) return { why: 'there is no query that counts the rows of each key' };
  if ('why' in written) return written;
  // What others may use from now on is declared for sure.
  if (statement !== undefined) above.lists.set(walk.path.node, list);
  if (known === undefined && ids !== different) above.keys.set(place, ids);

  const text = dedented(file, written.text, query.call);
  const value = keyIn(file.textOf(key.condition.value));
  const pieces: Pieces = {
    taken,
    owner,
    base,
    ids,
    written,
    mapKey,
    value,
    asked: (name) =>
      isChunked
        ? inChunks(file, { name, values: ids, text, chunk, some: chunkName(file, batch) })
        : [`const ${name} = ${mayAskForNone ? '' : `${ids}.length === 0 ? [] : `}await ${text};`],
  };
  const countOf = 'countOf' in written ? (written.countOf as (row: string) => string) : undefined;
  const made =
    countOf === undefined
      ? isGrouped
        ? asGroups(file, batch, pieces)
        : asOne(file, batch, pieces)
      : asCounts(batch, pieces, countOf);
  const needsKey = inTurn && isTyped(file) && mapKey(value) === value;
  const { lookup } = made;
  return {
    statements: [...statements, ...made.statements],
    lookup: needsKey
      ? `${operand(value)} == null ? ${nothingOf(query)} : ${/ \?\? /.test(lookup) ? `(${lookup})` : lookup}`
      : lookup,
    imports: written.imports,
    rows: made.rows,
  };
}

/** Whether code surely gives no promise: a literal, a name of a row, an object, arithmetic. */
function isPlainValue(file: File, node: t.Node | null | undefined): boolean {
  if (node == null) return true;
  if (
    /^(ObjectExpression|ArrayExpression|\w*Literal|BinaryExpression|UnaryExpression|TemplateLiteral)$/.test(
      node.type,
    )
  )
    return true;
  if (node.type === 'TSAsExpression' || node.type === 'TSNonNullExpression')
    return isPlainValue(file, node.expression);
  if (node.type === 'ConditionalExpression')
    return isPlainValue(file, node.consequent) && isPlainValue(file, node.alternate);
  if (node.type === 'LogicalExpression')
    return isPlainValue(file, node.left) && isPlainValue(file, node.right);
  if (node.type === 'AwaitExpression') return true;
  if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') {
    // A property of a row is no promise: relations that are lazy are loaded in another way. Any element of a list may be one.
    if (!node.computed && (node.object.type === 'Identifier' || node.object.type === 'AwaitExpression'))
      return node.object.type === 'AwaitExpression' || isPlainName(file, node.object);
    if (!node.computed) return isPlainValue(file, node.object);
    if (!isTyped(file)) return false;
    const { kinds } = file.facts.typeOf(file.path, node);
    return !kinds.has('promise') && !kinds.has('unknown');
  }
  if (node.type === 'Identifier') return isPlainName(file, node);
  if (!isTyped(file)) return false;
  const { kinds } = file.facts.typeOf(file.path, node);
  return !kinds.has('promise') && !kinds.has('unknown');
}

/** Whether a name surely stands for no promise: a parameter, or what is bound to a plain value once. */
function isPlainName(file: File, node: t.Identifier): boolean {
  const binding = file.scopes.lookup(file.pathOf<t.Node>(node), node.name);
  if (binding === undefined) return node.name === 'undefined';
  if (binding.kind === 'parameter') return true;
  const { declaration } = binding;
  if (binding.kind !== 'const' || !isNode(declaration, 'VariableDeclarator')) return false;
  return declaration.node.id.type === 'Identifier' && isPlainValue(file, declaration.node.init);
}

/** The callback of a walk, whose turns wait for nothing once some of what they wait for is replaced. */
function freedCallback(
  file: File,
  walk: RowLoop,
  replaced: ReadonlySet<t.Node>,
): t.ArrowFunctionExpression | t.FunctionExpression | undefined {
  const [callback] = isNode(walk.path, 'CallExpression') ? walk.path.node.arguments : [];
  if (callback?.type !== 'ArrowFunctionExpression' && callback?.type !== 'FunctionExpression')
    return undefined;
  const inside = [...runWith(file, callback.body)];
  const waits = inside.some(
    ({ node }) =>
      (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await)) &&
      !replaced.has(node),
  );
  const values =
    callback.body.type === 'BlockStatement'
      ? inside.flatMap(({ node }) => (node.type === 'ReturnStatement' ? [node.argument] : []))
      : [callback.body];
  const { effects, thrown } = file.facts.codeOf(file.path, callback.body);
  // Where a turn fails, the others go on as long as each is a promise of its own.
  const isQuiet =
    thrown.length === 0 &&
    effects.every(({ access }) => access === 'read') &&
    !inside.some(({ node }) => node.type === 'ThrowStatement');
  const arePlain = values.every((one) => (one != null && replaced.has(one)) || isPlainValue(file, one));
  return !waits && arePlain && isQuiet && callback.returnType == null ? callback : undefined;
}

/** Places in which any expression may stand without parentheses. */
const ROOMY: ReadonlySet<string> = new Set([
  'VariableDeclarator.init',
  'ReturnStatement.argument',
  'ArrowFunctionExpression.body',
  'ObjectProperty.value',
  'CallExpression.arguments',
  'AssignmentExpression.right',
  'ArrayExpression.elements',
]);

/** What stands in the turns instead of some code. */
export interface Replaced {
  readonly whole: t.Expression;
  readonly by: string;
}

/**
 * The edits in the turns of a walk: each query gives way to what is looked up. Where nothing is left to wait for then in
 * a callback, its `async` and the `Promise.all` around the walk go too.
 */
export function inTurns(file: File, walk: RowLoop, replaced: readonly Replaced[]): readonly Edit[] {
  const callback = freedCallback(file, walk, new Set(replaced.map(({ whole }) => whole)));
  const together = togetherAround(walk);
  if (
    callback === undefined ||
    together === undefined ||
    isNode(file.pathOf<t.Node>(together.node).parent, 'ExpressionStatement')
  )
    return replaced.map(({ whole, by }) => file.replace(whole, by));
  // One edit, since the lines of what `Promise.all` held move.
  const [start, end] = spanOf(walk.path.node);
  const holes: { readonly span: Span; readonly by: string }[] = replaced.map(({ whole, by }) => {
    const { parent, key } = file.pathOf<t.Node>(whole);
    const isRoomy =
      parent !== null && (ROOMY.has(`${parent.node.type}.${key}`) || whole.extra?.parenthesized === true);
    return { span: spanOf(whole), by: isRoomy || !/ (\?\?|\?) /.test(by) ? by : `(${by})` };
  });
  const [from] = spanOf(callback);
  const keyword = callback.async === true ? /^async\s*/.exec(file.text.slice(from))?.[0] : undefined;
  if (keyword !== undefined) holes.push({ span: [from, from + keyword.length], by: '' });
  const [indent, origin] = [indentAt(file.text, spanOf(together.node)[0]), indentAt(file.text, start)];
  const parts: Hole[] = [];
  let at = start;
  for (const { span, by } of holes.toSorted((a, b) => a.span[0] - b.span[0])) {
    parts.push(...shifted(file, [at, span[0]], indent, origin), by);
    at = span[1];
  }
  parts.push(...shifted(file, [at, end], indent, origin));
  return [{ file: file.path, span: outerSpanOf(together.node), code: joinCode(parts, '') }];
}
