import { code, joinCode, type Hole } from '../edits/code.ts';
import { spanOf, type Edit, type Span } from '../edits/edit.ts';
import { assumed, type Evidence } from '../evidence.ts';
import { isNode, type t } from '../syntax/ast.ts';
import { ownLeadingComments, trailingCommentOf } from '../syntax/comments.ts';
import { indentAt } from '../syntax/lines.ts';
import { insertBelowComments, removeStatements } from '../syntax/statements.ts';
import type { FileContext } from '../transform.ts';
import { elementsOfAll } from './awaits.ts';
import type { Group, Member } from './groups.ts';
import { nameFor, takenAt } from './names.ts';

type File = FileContext<unknown>;

/** The edits that let the calls of a group begin together, and what a person should know of them. */
export interface Rewrite {
  readonly edits: readonly Edit[];
  readonly evidence: readonly Evidence[];
}

/** One place of the pattern and the call in the same place of the list. */
interface Slot {
  /** Undefined where the result is dropped. */
  readonly target: Hole | undefined;
  readonly annotation?: t.Node;
  readonly call: t.Expression;
  readonly comments: readonly Span[];
}

const WIDTH = 80;

const annotationOf = (target: t.LVal | undefined): t.Node | undefined =>
  target !== undefined && 'typeAnnotation' in target && target.typeAnnotation?.type === 'TSTypeAnnotation'
    ? target.typeAnnotation.typeAnnotation
    : undefined;

/** A name or pattern without its type annotation. */
const bareTarget = (target: t.LVal): Hole => {
  const [start, end] = spanOf(target);
  const annotation = 'typeAnnotation' in target ? target.typeAnnotation : undefined;
  return [start, annotation?.start ?? end] as Span;
};

/** The declarations of a member's statement, without its `export`. */
const declarationOf = ({ step }: Member): t.VariableDeclaration | undefined =>
  step.statement.type === 'VariableDeclaration' ? step.statement : undefined;

/** Whether a variable gets another value after its declaration. */
function isReassigned(file: File, target: t.Node): boolean {
  for (const path of file.paths) {
    if (!isNode(path, 'Identifier')) continue;
    const { start = 0, end = 0 } = path.node;
    if ((start ?? 0) < (target.start ?? 0) || (end ?? 0) > (target.end ?? 0)) continue;
    const binding = file.scopes.lookup(path, path.node.name);
    if (
      binding !== undefined &&
      binding.identifier === path &&
      binding.writes.some((write) => write !== path)
    )
      return true;
  }
  return false;
}

type Keyword = 'const' | 'let' | 'var' | '';

interface Choice {
  readonly keyword: Keyword;
  /** The members that stay statements of their own, with a name in place of their `await`. */
  readonly apart: ReadonlySet<Member>;
  readonly isAnnotated: boolean;
}

/** How the results are bound: what can stand in one pattern, and what stays apart. */
function choose(file: File, members: readonly Member[]): Choice {
  const isWhole = ({ step }: Member): boolean =>
    step.awaited.every((one) => members.some(({ awaited }) => awaited === one));
  const apart = new Set<Member>(members.filter((one) => one.awaited.use === 'inside' || !isWhole(one)));
  const isExported = (member: Member): boolean =>
    file.pathOf<t.Node>(member.step.statement).parent?.node.type === 'ExportNamedDeclaration';
  for (const member of members) if (isExported(member)) apart.add(member);
  const rest = members.filter((one) => !apart.has(one) && one.awaited.use !== 'dropped');
  const assigned = rest.filter(({ awaited }) => awaited.use === 'assigned');
  const bound = rest.filter(
    ({ awaited }) => awaited.use === 'bound' || (awaited.use === 'all' && awaited.target !== undefined),
  );
  if (bound.length === 0 && apart.size === 0 && assigned.length > 0)
    return { keyword: '', apart, isAnnotated: false };
  for (const one of assigned) apart.add(one);

  const keywords = new Set(bound.map((one) => declarationOf(one)?.kind));
  let keyword: Keyword = 'const';
  if (keywords.size === 1 && apart.size === 0) keyword = [...keywords][0] as Keyword;
  else {
    for (const one of bound) {
      const { target } = one.awaited;
      const kind = declarationOf(one)?.kind;
      if (kind === 'var' || (kind === 'let' && target !== undefined && isReassigned(file, target)))
        apart.add(one);
    }
  }
  const inPattern = bound.filter((one) => !apart.has(one));
  const annotated = inPattern.filter(({ awaited }) => annotationOf(awaited.target) !== undefined);
  const isAnnotated = annotated.length > 0 && annotated.length === members.length && apart.size === 0;
  if (!isAnnotated) for (const one of annotated) apart.add(one);
  return { keyword: apart.size > 0 ? 'const' : keyword, apart, isAnnotated };
}

/** The name that the result of a call is wanted to have by what it is used for. */
function wantedName(member: Member): string | undefined {
  const { path, use, target } = member.awaited;
  if (
    use === 'assigned' &&
    target?.type === 'MemberExpression' &&
    target.property.type === 'Identifier' &&
    !target.computed
  )
    return target.property.name;
  const { parent } = path;
  if (isNode(parent, 'ObjectProperty') && parent.node.key.type === 'Identifier' && !parent.node.computed)
    return parent.node.key.name;
  if (isNode(parent, 'VariableDeclarator') && parent.node.id.type === 'Identifier')
    return `${parent.node.id.name}Result`;
  return undefined;
}

/** The comments that speak of a statement which is taken away. */
function commentsOf(
  file: File,
  statement: t.Node,
): { readonly above: readonly Span[]; readonly behind: readonly Span[] } {
  const trailing = trailingCommentOf(file, { start: statement.start ?? 0, end: statement.end ?? 0 });
  return {
    above: ownLeadingComments(file, statement).map(({ span }) => span),
    behind: trailing === undefined ? [] : [trailing.span],
  };
}

/** Replaces an `await` by the name of its result; a property of that name becomes a shorthand. */
function useName(file: File, member: Member, name: string): Edit {
  const { path } = member.awaited;
  const { parent } = path;
  if (
    isNode(parent, 'ObjectProperty') &&
    path.key === 'value' &&
    !parent.node.computed &&
    parent.node.key.type === 'Identifier' &&
    parent.node.key.name === name
  )
    return { file: file.path, span: spanOf(parent.node), code: code`${name}` };
  return file.replace(path.node, name);
}

/** Writes the group as one `Promise.all` where its first statement stands. */
export function together(file: File, { members, moved }: Group): Rewrite {
  const [head] = members;
  if (head === undefined) return { edits: [], evidence: [] };
  const taken = takenAt(file, file.pathOf<t.Node>(head.step.statement));
  const { keyword, apart, isAnnotated } = choose(file, members);
  const slots: Slot[] = [];
  const edits: Edit[] = [];
  const evidence: Evidence[] = [];
  const gone: t.Statement[] = [];
  const seen = new Set<t.Statement>([head.step.statement]);
  for (const member of members) {
    const { awaited, step } = member;
    const isApart = apart.has(member);
    const isFirstOfStatement = !seen.has(step.statement);
    seen.add(step.statement);
    const isHead = step === head.step && member === head;
    const { above, behind } =
      isApart || !(isFirstOfStatement || isHead)
        ? { above: [], behind: [] }
        : commentsOf(file, step.statement);
    // What stands above the first call stands above the whole; what stands behind it speaks of this call alone.
    const comments = isHead ? behind : [...above, ...behind];
    if (isHead)
      for (const [, end] of behind)
        edits.push({ file: file.path, span: [endOf(file, step.statement), end], code: [] });
    if (isApart) {
      const { target } = awaited;
      const name = nameFor(awaited.call, taken, wantedName(member));
      slots.push({ target: name, call: awaited.call, comments });
      edits.push(useName(file, member, name));
      const annotation = annotationOf(target);
      if (annotation !== undefined)
        evidence.push(
          assumed(
            `\`${member.name}\` has the type \`${file.textOf(annotation)}\` without being told`,
            file.siteOf(annotation),
          ),
        );
      continue;
    }
    if (step.statement !== head.step.statement && isFirstOfStatement) gone.push(step.statement);
    if (awaited.use === 'all') {
      const targets = awaited.target?.type === 'ArrayPattern' ? awaited.target.elements : [];
      for (const [index, call] of (elementsOfAll(awaited.call) ?? []).entries()) {
        const target = targets[index];
        slots.push({
          target: target == null ? undefined : bareTarget(target as t.LVal),
          call,
          comments: index === 0 ? comments : [],
        });
      }
      continue;
    }
    const { target } = awaited;
    const annotation = isAnnotated ? annotationOf(target) : undefined;
    slots.push({
      target: target === undefined ? undefined : bareTarget(target),
      call: awaited.call,
      comments,
      ...(annotation === undefined ? {} : { annotation }),
    });
  }
  const statement = asStatement(
    file,
    slots,
    keyword,
    indentAt(file.text, head.step.statement.start ?? 0).length,
  );
  const before = moved.flatMap((one): Hole[] => [
    ...ownLeadingComments(file, one).flatMap(({ span }): Hole[] => [span, '\n']),
    withTrailing(file, one),
    '\n',
  ]);
  const whole = joinCode([...before, statement], '');
  if (apart.has(head)) edits.push(insertBelowComments(file, head.step.statement, whole));
  else edits.push(file.replace(head.step.statement, whole));
  edits.push(...removeStatements(file, [...gone, ...moved]));
  return { edits, evidence };
}

/** The end of a statement with its semicolon. */
const endOf = (file: File, statement: t.Statement): number => {
  const end = statement.end ?? 0;
  return file.text[end - 1] !== ';' && file.text[end] === ';' ? end + 1 : end;
};

/** A statement with the comment behind it. */
function withTrailing(file: File, statement: t.Statement): Hole {
  const span = spanOf(statement);
  const trailing = trailingCommentOf(file, { start: span[0], end: span[1] });
  return trailing === undefined ? span : ([span[0], trailing.span[1]] as Span);
}

function asStatement(
  file: File,
  slots: readonly Slot[],
  keyword: Keyword,
  indent: number,
): ReturnType<typeof code> {
  const used = slots.findLastIndex(({ target }) => target !== undefined);
  const targets = slots.slice(0, used + 1).map(({ target }) => target ?? '');
  const pattern = joinCode(
    targets.flatMap((target, index): Hole[] =>
      index === 0 ? [target] : [target === '' ? ',' : ', ', target],
    ),
    '',
  );
  const types = slots.flatMap(({ annotation }) => annotation ?? []);
  const annotation = types.length > 0 ? code`: [${joinCode(types, ', ')}]` : '';
  const start = used === -1 ? '' : code`${keyword === '' ? '' : `${keyword} `}[${pattern}]${annotation} = `;
  const hasComments = slots.some(({ comments }) => comments.length > 0);
  const calls = slots.map(({ call }) => file.textOf(call));
  const length =
    types.reduce((sum, type) => sum + file.textOf(type).length + 2, 0) +
    indent +
    calls.join(', ').length +
    targets.map((one) => lengthOf(one)).reduce((a, b) => a + b + 2, 0) +
    keyword.length +
    26;
  if (!hasComments && length <= WIDTH && calls.every((text) => !text.includes('\n')))
    return code`${start}await Promise.all([${joinCode(
      slots.map(({ call }) => call),
      ', ',
    )}]);`;
  const comma = file.style.trailingComma ? ',' : '';
  const lines = slots.map(({ call, comments }, index) => {
    const above = comments.flatMap((span): Hole[] => [span, '\n  ']);
    return joinCode(['\n  ', ...above, call, index === slots.length - 1 ? comma : ','], '');
  });
  return code`${start}await Promise.all([${joinCode(lines, '')}\n]);`;
}

const lengthOf = (target: Hole): number =>
  typeof target === 'string'
    ? target.length
    : Array.isArray(target) && typeof target[0] === 'number'
      ? Number(target[1]) - target[0]
      : 8;
