import { code, joinCode, outerSpanOf, textOf, type Hole } from '../../edits/code.ts';
import { spanOf, type Code, type Edit, type Span } from '../../edits/edit.ts';
import { assumed, fails, holds, type Evidence } from '../../evidence.ts';
import { isNode, type Path, type t } from '../../syntax/ast.ts';
import { ownLeadingComments, trailingCommentOf } from '../../syntax/comments.ts';
import type { FileContext } from '../../transform.ts';
import { nameFor, takenAt } from '../names.ts';
import { isArrayLike, namesOf } from './judge.ts';
import { limiterOf, type Limiter, type LoopOptions } from './limiter.ts';
import type { ListLoop } from './shape.ts';
import { strandedIn, type SplitTurn } from './split.ts';

type File = FileContext<unknown>;

/** The edits that let the turns of a loop run beside each other, and what a person should know of them. */
export interface LoopRewrite {
  readonly to: string;
  readonly edits: readonly Edit[];
  readonly evidence: readonly Evidence[];
}

/** `out.push(E)` as all that a turn does outside of the loop, into an array that is declared, empty, just before. */
interface Collected {
  readonly value: t.Expression;
  readonly declaration: t.VariableDeclaration;
  readonly name: t.Identifier;
}

/** The number of elements of a list that is written out; undefined where it is not known. */
function countOf(file: File, list: t.Expression): number | undefined {
  if (list.type === 'TSAsExpression') return countOf(file, list.expression);
  if (list.type === 'ArrayExpression')
    return list.elements.some((one) => one?.type === 'SpreadElement') ? undefined : list.elements.length;
  if (list.type !== 'Identifier') return undefined;
  const binding = file.scopes.lookup(file.pathOf<t.Node>(list), list.name);
  if (binding?.kind !== 'const' || !isNode(binding.declaration, 'VariableDeclarator')) return undefined;
  const { init, id } = binding.declaration.node;
  const isChanged = binding.reads.some(({ parent, key }) => {
    if (isNode(parent, 'ForOfStatement') && key === 'right') return false;
    return !(
      isNode(parent, 'MemberExpression') &&
      key === 'object' &&
      parent.node.property.type === 'Identifier' &&
      /^(length|map|includes|join)$/.test(parent.node.property.name)
    );
  });
  return id.type !== 'Identifier' || init == null || isChanged ? undefined : countOf(file, init);
}

function collectedOf(
  file: File,
  loop: ListLoop,
  { after, beside, lifted }: SplitTurn,
): Collected | undefined {
  const [only] = after;
  if (after.length !== 1 || only?.type !== 'ExpressionStatement') return undefined;
  const call = only.expression;
  if (
    call.type !== 'CallExpression' ||
    call.arguments.length !== 1 ||
    call.callee.type !== 'MemberExpression'
  )
    return undefined;
  const { object, property } = call.callee;
  const [value] = call.arguments;
  if (object.type !== 'Identifier' || property.type !== 'Identifier' || property.name !== 'push')
    return undefined;
  if (value === undefined || value.type === 'SpreadElement' || value.type === 'ArgumentPlaceholder')
    return undefined;
  const { parent, index, key } = loop.path;
  if (parent === null || index === null) return undefined;
  const before = (parent.node as unknown as Record<string, readonly t.Statement[]>)[key]?.[index - 1];
  if (before?.type !== 'VariableDeclaration' || before.declarations.length !== 1 || before.kind === 'var')
    return undefined;
  const [declared] = before.declarations;
  if (declared?.id.type !== 'Identifier' || declared.id.name !== object.name) return undefined;
  if (declared.init?.type !== 'ArrayExpression' || declared.init.elements.length > 0) return undefined;
  // Without a type of its own TypeScript makes one of all that is put in; it would be that of the calls alone.
  const binding = file.scopes.lookup(file.pathOf<t.Node>(declared.id), object.name);
  const isFilledElsewhere =
    /\.[cm]?tsx?$/.test(file.path) &&
    declared.id.typeAnnotation == null &&
    (binding?.reads ?? []).some(
      (use) =>
        use.node.start !== object.start &&
        use.key === 'object' &&
        isNode(use.parent, 'MemberExpression') &&
        use.parent.node.property.type === 'Identifier' &&
        /^(push|unshift|splice|fill)$/.test(use.parent.node.property.name),
    );
  if (isFilledElsewhere) return undefined;
  const uses = [...beside, ...lifted.map(({ unit }) => unit)].some((one) => usesName(file, one, object.name));
  return uses || usesName(file, loop.list, object.name) || usesName(file, value, object.name)
    ? undefined
    : { value, declaration: before, name: declared.id };
}

function usesName(
  file: File,
  node: t.Node,
  name: string,
  isPassedOver: (one: t.Node) => boolean = () => false,
): boolean {
  for (const path of file.paths) {
    const { start, end } = path.node;
    if ((start ?? 0) < (node.start ?? 0) || (end ?? 0) > (node.end ?? 0)) continue;
    if (isNode(path, 'Identifier') && path.node.name === name && !isPassedOver(path.node)) return true;
  }
  return false;
}

/** Statements with the comments that speak of them, as one quotation. */
function quoted(file: File, statements: readonly t.Statement[]): readonly Hole[] {
  const [first] = statements;
  const last = statements.at(-1);
  if (first === undefined || last === undefined) return [];
  const [comment] = ownLeadingComments(file, first);
  const start = comment?.span[0] ?? spanOf(first)[0];
  const end =
    trailingCommentOf(file, { start: last.start ?? 0, end: last.end ?? 0 })?.span[1] ?? spanOf(last)[1];
  return ['\n  ', [start, end] as Span];
}

/** The names that the part of a turn which stays in order takes from the part that runs beside others. */
function handedOn(file: File, loop: ListLoop, { beside, after, lifted }: SplitTurn): readonly string[] {
  const declared: string[] = [
    ...namesOf(file, loop.element),
    ...(loop.index === undefined ? [] : [loop.index]),
  ];
  for (const statement of beside) {
    if (statement.type !== 'VariableDeclaration') continue;
    for (const { id } of statement.declarations) declared.push(...namesOf(file, id));
  }
  const isLifted = (node: t.Node): boolean =>
    lifted.some(
      ({ path }) => (path.node.start ?? 0) <= (node.start ?? 0) && (node.end ?? 0) <= (path.node.end ?? 0),
    );
  return declared.filter((name) => after.some((statement) => usesName(file, statement, name, isLifted)));
}

/** Whether the later part gives one of the names that are handed on another value. */
function areSetLater(file: File, { after }: SplitTurn, names: readonly string[]): boolean {
  for (const one of file.paths) {
    if (!isNode(one, 'Identifier') || !names.includes(one.node.name)) continue;
    const binding = file.scopes.lookup(one, one.node.name);
    const isSet = binding?.writes.some(({ node }) =>
      after.some((part) => (part.start ?? 0) <= (node.start ?? 0) && (node.end ?? 0) <= (part.end ?? 0)),
    );
    if (binding?.identifier === one && isSet === true) return true;
  }
  return false;
}

const parametersOf = (file: File, { element, index, path }: ListLoop, isOfEntries = false): Code => {
  const first: Hole = element === undefined ? unusedName(file, path.node) : bareSpan(element);
  if (isOfEntries && index !== undefined)
    return element === undefined ? code`([${index}])` : code`([${index}, ${first}])`;
  return index === undefined ? code`(${first})` : code`(${first}, ${index})`;
};

/** A name for what is not used: `_`, where that is not the name of anything that the loop uses. */
const unusedName = (file: File, loop: t.Node): string =>
  ['_', '_element', '_unused'].find((name) => !usesName(file, loop, name)) ?? '_one';

/** A pattern without its type annotation, which the list's own type gives. */
const bareSpan = (node: t.Node): Span => {
  const annotation = 'typeAnnotation' in node ? (node.typeAnnotation as t.Node | null) : null;
  const [start, end] = spanOf(node);
  return [start, annotation?.start ?? end];
};

/** An expression as what an asynchronous function returns: an `await` before it says nothing. */
const returned = (node: t.Expression): Hole => {
  const [start, end] = outerSpanOf(node.type === 'AwaitExpression' ? node.argument : node);
  return [start, end] as Span;
};

/** The body of the function that runs for each element: an expression, or a block. */
function bodyFor(
  file: File,
  turn: SplitTurn,
  result: readonly Hole[] | undefined,
  comments: readonly Hole[] = [],
): Code {
  const [only] = turn.beside;
  if (result !== undefined && turn.beside.length === 0 && comments.length === 0) {
    const isObject = result.length === 1 && isObjectText(file, result[0]);
    return isObject ? code`(${joinCode(result, '')})` : joinCode(result, '');
  }
  if (
    result === undefined &&
    turn.beside.length === 1 &&
    only?.type === 'ExpressionStatement' &&
    only.expression.type === 'AwaitExpression' &&
    !hasComments(file, only)
  )
    return code`${returned(only.expression)}`;
  const end: Hole[] = result === undefined ? [] : [...comments, '\n  return ', ...result, ';'];
  return code`{${joinCode([...quoted(file, turn.beside), ...end], '')}\n}`;
}

/** The comments that speak of statements whose code is taken apart, each on a line of its own. */
const commentsOn = (file: File, statements: readonly t.Statement[]): readonly Hole[] =>
  statements.flatMap((statement) => {
    const trailing = trailingCommentOf(file, { start: statement.start ?? 0, end: statement.end ?? 0 });
    const all = [...ownLeadingComments(file, statement), ...(trailing === undefined ? [] : [trailing])];
    return all.flatMap(({ span }): Hole[] => ['\n  ', span]);
  });

const hasComments = (file: File, statement: t.Statement): boolean =>
  ownLeadingComments(file, statement).length > 0 ||
  trailingCommentOf(file, { start: statement.start ?? 0, end: statement.end ?? 0 }) !== undefined;

const isObjectText = (file: File, hole: Hole | undefined): boolean =>
  Array.isArray(hole) && typeof hole[0] === 'number' && file.text[hole[0]] === '{';

interface Running {
  readonly code: Code;
  readonly edits: readonly Edit[];
  /** Statements that have to stand before. */
  readonly before: readonly Hole[];
  readonly to: string;
}

/** The call that runs a function with that body for each element. */
function running(
  file: File,
  loop: ListLoop,
  turn: SplitTurn,
  body: Code,
  limiter: Limiter,
  { concurrency }: LoopOptions,
): Running {
  const list = asList(file, loop, turn, limiter !== 'p-map');
  const parameters = parametersOf(file, loop, turn.skips.length > 0);
  if (limiter === 'p-map') {
    const { local, edits } = file.ensureImport({ from: 'p-map', name: 'default', as: 'pMap' });
    const runs = code`async ${parameters} => ${body}`;
    const text = textOf(joinCode([list, runs], ''), file.text);
    // A call over lines has each argument on a line of its own.
    const isLong = text.includes('\n') || text.length > 30;
    const all: Code = isLong
      ? code`(\n  ${list},\n  ${indented(runs)},\n  { concurrency: ${concurrency} }${file.style.trailingComma ? ',' : ''}\n)`
      : code`(${list}, ${runs}, { concurrency: ${concurrency} })`;
    return { code: code`${local}${all}`, edits, before: [], to: 'p-map' };
  }
  if (limiter === 'p-limit') {
    const { local, edits } = file.ensureImport({ from: 'p-limit', name: 'default', as: 'pLimit' });
    const taken = takenAt(file, loop.path);
    const name = taken.has('limit') ? nameFor(loop.list, taken, 'limitCalls') : 'limit';
    return {
      code: code`Promise.all(${list}.map(${parameters} => ${name}(async () => ${body})))`,
      edits,
      before: [code`const ${name} = ${local}(${concurrency});`, '\n'],
      to: 'p-limit',
    };
  }
  return {
    code: code`Promise.all(${list}.map(async ${parameters} => ${body}))`,
    edits: [],
    before: [],
    to: 'Promise.all',
  };
}

/** Code whose own lines are one step further in; what it quotes follows by itself. */
const indented = (parts: Code): Code =>
  joinCode(
    parts.map((part): Hole => (typeof part === 'string' ? part.replaceAll('\n', '\n  ') : part)),
    '',
  );

/** The list, without the elements that the turns pass over. */
function asList(file: File, loop: ListLoop, { skips }: SplitTurn, needsArray: boolean): Code {
  const list: Hole = outerSpanOf(loop.list);
  const isArray = isArrayLike(file, loop.list);
  const isSimple = /^(Identifier|MemberExpression|CallExpression|ArrayExpression)$/.test(loop.list.type);
  const array =
    (needsArray || skips.length > 0) && !isArray
      ? code`[...${list}]`
      : isSimple || skips.length === 0
        ? code`${list}`
        : code`(${list})`;
  if (skips.length === 0) return isSimple || !needsArray ? array : code`(${array})`;
  const kept = skips.map((skip) =>
    skip.type === 'UnaryExpression' && skip.operator === '!'
      ? code`${outerSpanOf(skip.argument)}`
      : isBareCall(skip)
        ? code`!${outerSpanOf(skip)}`
        : code`!(${spanOf(skip)})`,
  );
  // The index is that of the whole list: it is taken along before any element is left out.
  const whole = loop.index === undefined ? array : code`[...${list}.entries()]`;
  return code`${whole}.filter(${parametersOf(file, loop, true)} => ${joinCode(kept, ' && ')})`;
}

const isBareCall = (node: t.Node): boolean =>
  /^(Identifier|MemberExpression|CallExpression|OptionalMemberExpression|OptionalCallExpression)$/.test(
    node.type,
  );

/** Rewrites a loop. Undefined where no form fits, with the reason. */
export function besideEachOther(
  file: File,
  loop: ListLoop,
  turn: SplitTurn,
  options: LoopOptions,
): LoopRewrite {
  const evidence: Evidence[] = [];
  const count = countOf(file, loop.list);
  const isSmall = count !== undefined && count <= options.concurrency;
  const chosen = limiterOf(file, options);
  const limiter: Limiter = isSmall ? 'none' : chosen.limiter;
  // A turn that leaves what follows out gives an empty list, and one that does not a list of one.
  const isFlat = turn.continues.length > 0 && turn.after.length > 0;
  const edits: Edit[] = turn.continues.map((one) => file.replace(one, isFlat ? 'return [];' : 'return;'));
  const given = (holes: readonly Hole[]): readonly Hole[] =>
    isFlat ? [code`[${joinCode(holes, '')}]`] : holes;
  const flat = (called: Code): Code => (isFlat ? code`(await ${called}).flat()` : code`await ${called}`);
  if (isSmall) evidence.push(holds(`There are ${count} turns, so that no more calls than that run at once`));
  else if (limiter === 'none')
    evidence.push(
      assumed('The list is short: nothing bounds how many calls run at once', file.siteOf(loop.list)),
    );
  else {
    evidence.push(holds(`No more than ${options.concurrency} turns run at once`));
    if (!chosen.isInstalled) {
      const { name, isModule } = file.facts.packageOf(file.path);
      const version = isModule ? '' : '; version 4 is the last that `require` loads before Node 20.19';
      evidence.push(
        assumed(
          `\`${limiter}\` is a dependency of ${name ?? 'the package'} when this runs: it has to be added${version}`,
          file.siteOf(loop.path.node),
        ),
      );
    }
  }
  const collected = collectedOf(file, loop, turn);
  if (collected !== undefined) {
    const run = running(
      file,
      loop,
      turn,
      bodyFor(
        file,
        turn,
        given([isFlat ? collected.value : returned(collected.value)]),
        commentsOn(file, turn.after),
      ),
      limiter,
      options,
    );
    const { declaration, name } = collected;
    const [, end] = spanOf(name);
    const declared = code`${declaration.kind} ${[name.start ?? 0, end] as Span} = ${flat(run.code)};`;
    edits.push(
      ...run.edits,
      file.replace(
        loop.path.node,
        joinCode([...run.before, ...besideComments(file, declaration), declared], ''),
      ),
      file.removeStatement(declaration),
    );
    return { to: run.to, edits, evidence };
  }
  if (turn.after.length === 0) {
    const run = running(file, loop, turn, bodyFor(file, turn, undefined), limiter, options);
    edits.push(...run.edits, replaceLoop(file, loop, [...run.before, code`await ${run.code};`]));
    return { to: run.to, edits, evidence };
  }
  const taken = takenAt(file, loop.path);
  const lifted = turn.lifted.map((one) => ({ one, name: nameFor(one.call, taken, undefined) }));
  const names = [...handedOn(file, loop, turn)];
  const stranded = strandedIn(file, turn);
  if (stranded !== undefined)
    return {
      to: 'Promise.all',
      edits: [],
      evidence: [fails('What is declared in a turn is used by both parts of it', file.siteOf(stranded))],
    };
  const keyword = areSetLater(file, turn, names) ? 'let' : 'const';
  for (const { one, name } of lifted) edits.push(file.replace(one.path.node, name));
  const whole = [...names, ...lifted.map(({ name }) => name)];
  if (whole.length === 0 && turn.skips.length === 0 && !isFlat) {
    // What stays in order takes nothing from the calls: it walks the list itself.
    const run = running(file, loop, turn, bodyFor(file, turn, undefined), limiter, options);
    const tail = code`${headOf(file, loop)} {${joinCode(quoted(file, turn.after), '')}\n}`;
    edits.push(...run.edits, replaceLoop(file, loop, [...run.before, code`await ${run.code};`, '\n', tail]));
    return { to: run.to, edits, evidence };
  }
  const [someName] = namesOf(file, loop.element);
  const gives = whole.length > 0 ? whole : [someName ?? loop.index ?? '_'];
  if (whole.length === 0) names.push(...gives);
  const results = nameFor(loop.list, taken, 'results');
  const [only] = lifted;
  const isOne = gives.length === 1;
  const values: Hole[] = [
    ...names,
    ...lifted.map(({ one, name }): Hole => code`${name}: await ${outerSpanOf(one.call)}`),
  ];
  const object: Hole = code`{ ${joinCode(values, ', ')} }`;
  const result: readonly Hole[] = isOne
    ? [
        only === undefined
          ? (gives[0] ?? '')
          : isFlat
            ? code`await ${outerSpanOf(only.one.call)}`
            : outerSpanOf(only.one.call),
      ]
    : turn.beside.length === 0 && !isFlat
      ? [code`(${object})`]
      : [object];
  const run = running(file, loop, turn, bodyFor(file, turn, given(result)), limiter, options);
  const pattern = isOne ? (gives[0] ?? '_') : `{ ${gives.join(', ')} }`;
  const tail = code`for (${keyword} ${pattern} of ${results}) {${joinCode(quoted(file, turn.after), '')}\n}`;
  edits.push(
    ...run.edits,
    replaceLoop(file, loop, [...run.before, code`const ${results} = ${flat(run.code)};`, '\n', tail]),
  );
  return { to: run.to, edits, evidence };
}

/** The head of a loop, up to its body. */
const headOf = (file: File, { path }: ListLoop): Span => {
  const [start] = spanOf(path.node);
  const body = 'body' in path.node ? (path.node.body as t.Node) : path.node;
  return [start, start + file.text.slice(start, body.start ?? start).trimEnd().length];
};

/** Puts statements in the place of a loop: between braces where it is the only statement of an `if`. */
function replaceLoop(file: File, { path }: ListLoop, statements: readonly Hole[]): Edit {
  const isAlone = path.index === null && statements.length > 1;
  return file.replace(
    path.node,
    isAlone ? code`{\n  ${indented(joinCode(statements, ''))}\n}` : joinCode(statements, ''),
  );
}

const besideComments = (file: File, declaration: t.Statement): readonly Hole[] => {
  const comments = ownLeadingComments(file, declaration);
  const trailing = trailingCommentOf(file, { start: declaration.start ?? 0, end: declaration.end ?? 0 });
  return [...comments, ...(trailing === undefined ? [] : [trailing])].flatMap(({ span }): Hole[] => [
    span,
    '\n',
  ]);
};

/** `list.forEach(async (…) => …)`: nobody waits for the turns. */
export function awaitedForEach(file: File, path: Path<t.CallExpression>): readonly Edit[] {
  const { callee } = path.node;
  if (callee.type !== 'MemberExpression') return [];
  const [start, end] = spanOf(path.node);
  const [from, to] = spanOf(callee.property);
  return [
    {
      file: file.path,
      span: [start, end],
      code: code`await Promise.all(${[start, from] as Span}map${[to, end] as Span})`,
    },
  ];
}

/** Whether code in a function may be told to wait. */
export const isInAsync = (file: File, path: Path): boolean => {
  const home = file.scopes.functionAround(path).node;
  return home.type === 'Program' || ('async' in home && home.async === true);
};
