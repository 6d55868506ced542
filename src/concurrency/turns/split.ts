import { isNode, type Path, type t } from '../../syntax/ast.ts';
import type { FileContext } from '../../transform.ts';
import type { AwaitedCall } from '../awaits.ts';
import { runWith } from '../awaits.ts';
import { mentions } from '../names.ts';
import { awaitsInTurn, liftableIn, type ListLoop } from './shape.ts';

type File = FileContext<unknown>;

/** The turn of a loop in two parts: what can run beside other turns, and what has to stay in order. */
export interface SplitTurn {
  /** `if (…) continue;` at the start: the elements that are left out. */
  readonly skips: readonly t.Expression[];
  /** Statements that run beside those of other turns. */
  readonly beside: readonly t.Statement[];
  /** Statements that write what is outside of the loop: they run afterwards, in the order of the elements. */
  readonly after: readonly t.Statement[];
  /** The awaits in the first of these, which are lifted out of it. */
  readonly lifted: readonly AwaitedCall[];
  /** `continue` in the part that runs beside others. */
  readonly continues: readonly t.ContinueStatement[];
}

/** Why a turn cannot be split, and where that is seen. */
export interface Unsplit {
  readonly why: string;
  readonly at: t.Node;
}

/** The innermost object of a chain of members. */
export function rootOf(node: t.Node): t.Node {
  if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression')
    return rootOf(node.object);
  return node.type === 'TSNonNullExpression' || node.type === 'TSAsExpression'
    ? rootOf(node.expression)
    : node;
}

/** Expressions that make a value which nobody else has. */
const MAKES =
  /^(Array|Object|New|Await|Function|ArrowFunction|Class|Template|Binary|Unary)\w*Expression$|Literal$/;

/**
 * Whether a variable of a turn may stand for an object that other turns reach too: another name of something outside of the
 * loop, or what a list or map gives out. The element of the loop itself is the turn's own.
 */
function isShared(file: File, loop: t.Node, at: Path, name: string): boolean {
  const binding = file.scopes.lookup(at, name);
  if (binding === undefined || (binding.identifier.node.start ?? 0) < (loop.start ?? 0)) return true;
  if (!isNode(binding.declaration, 'VariableDeclarator')) return false;
  const { init } = binding.declaration.node;
  if (init == null) return false;
  const parts: t.Node[] = [init];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    if (part.type === 'LogicalExpression') parts.push(part.left, part.right);
    else if (part.type === 'ConditionalExpression') parts.push(part.consequent, part.alternate);
    else if (part.type === 'AssignmentExpression') return true;
    else if (!MAKES.test(part.type)) {
      const root = rootOf(part);
      const from = root.type === 'CallExpression' ? rootOf(root.callee) : root;
      if (from.type === 'ThisExpression') return true;
      if (
        from.type !== 'Identifier' ||
        from.name === name ||
        (root !== from && /^(Object|Array|JSON|String|Number|Math|Buffer)$/.test(from.name))
      )
        continue;
      // Taking an element out by the index is what a loop over a list does.
      if (
        part.type === 'MemberExpression' &&
        part.computed &&
        loop.type === 'ForStatement' &&
        isElementOf(file, loop, part)
      )
        continue;
      if (isShared(file, loop, file.pathOf<t.Node>(from), from.name)) return true;
    }
  }
  return false;
}

/** Whether an expression takes the element of an index loop out of its list: `xs[i]`. */
function isElementOf(file: File, { init, test }: t.ForStatement, taken: t.MemberExpression): boolean {
  const counter = init?.type === 'VariableDeclaration' ? init.declarations[0]?.id : undefined;
  return (
    counter?.type === 'Identifier' &&
    taken.property.type === 'Identifier' &&
    taken.property.name === counter.name &&
    test?.type === 'BinaryExpression' &&
    file.textOf(test.right) === `${file.textOf(taken.object)}.length`
  );
}

/** The variables outside of the loop that code in it assigns, or whose lists, maps and objects it changes. */
export function outerWrites(
  file: File,
  loop: t.Node,
  code: t.Node,
): readonly { readonly name: string; readonly at: t.Node }[] {
  const found: { name: string; at: t.Node }[] = [];
  const isOuter = (path: Path, name: string): boolean => {
    const binding = file.scopes.lookup(path, name);
    if (binding === undefined) return true;
    const at = binding.identifier.node.start ?? 0;
    return at < (loop.start ?? 0) || at >= (loop.end ?? 0);
  };
  const note = (target: t.Node, isWhole: boolean): void => {
    if (target.type === 'ArrayPattern' || target.type === 'ObjectPattern') {
      for (const { node } of runWith(file, target))
        if (node.type === 'Identifier' && isOuter(file.pathOf<t.Node>(node), node.name))
          found.push({ name: node.name, at: node });
      return;
    }
    const root = rootOf(target);
    if (root.type === 'ThisExpression') found.push({ name: 'this', at: target });
    if (root.type !== 'Identifier') return;
    const at = file.pathOf<t.Node>(root);
    // A name of the turn is its own, and what it stands for may yet be shared with other turns.
    if (isOuter(at, root.name) || (!(isWhole && root === target) && isShared(file, loop, at, root.name)))
      found.push({ name: root.name, at: target });
  };
  for (const { node } of runWith(file, code)) {
    if (node.type === 'AssignmentExpression') note(node.left, true);
    else if (node.type === 'UpdateExpression') note(node.argument, true);
    else if (node.type === 'UnaryExpression' && node.operator === 'delete') note(node.argument, true);
    else if (
      node.type === 'CallExpression' &&
      node.callee.type === 'MemberExpression' &&
      node.callee.property.type === 'Identifier' &&
      /^(push|unshift|splice|pop|shift|set|add|delete|clear|sort|reverse|fill)$/.test(
        node.callee.property.name,
      ) &&
      !isNode(file.pathOf<t.Node>(node).parent, 'AwaitExpression')
    )
      note(node.callee.object, false);
  }
  return found;
}

/** The test of `if (…) continue;`. */
function skipOf(statement: t.Statement): t.Expression | undefined {
  if (statement.type !== 'IfStatement' || statement.alternate != null) return undefined;
  const { consequent } = statement;
  const only =
    consequent.type === 'BlockStatement' && consequent.body.length === 1 ? consequent.body[0] : consequent;
  return only?.type === 'ContinueStatement' && only.label == null ? statement.test : undefined;
}

/** The `continue`s in code that end its turn, and not one of a loop inside. */
function continuesIn(file: File, statement: t.Statement): readonly t.ContinueStatement[] {
  const root: Path = file.pathOf<t.Node>(statement);
  const found: t.ContinueStatement[] = [];
  for (const path of runWith(file, statement)) {
    if (!isNode(path, 'ContinueStatement')) continue;
    let isInner = false;
    for (let at: Path | null = path.parent; at !== null; at = at.parent) {
      if (/^(For|While|DoWhile)/.test(at.node.type)) isInner = true;
      if (at === root) break;
    }
    if (!isInner) found.push(path.node);
  }
  return found;
}

const DECLARES = /^(FunctionDeclaration|ClassDeclaration|TSEnumDeclaration)$/;

/** The names that code assigns. */
function assignedIn(file: File, statements: readonly t.Statement[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of statements) {
    for (const { node } of runWith(file, statement)) {
      const target =
        node.type === 'AssignmentExpression'
          ? node.left
          : node.type === 'UpdateExpression'
            ? node.argument
            : undefined;
      if (target?.type === 'Identifier') names.add(target.name);
      else if (target !== undefined)
        for (const { node: part } of runWith(file, target))
          if (part.type === 'Identifier') names.add(part.name);
    }
  }
  return names;
}

/** The name of a function, class or enum that a statement declares. */
const declared = (one: t.Statement): string | undefined =>
  DECLARES.test(one.type) && 'id' in one && one.id?.type === 'Identifier' ? one.id.name : undefined;

/** What is declared in one part of a turn, and cannot be handed to the other one, which uses it: a function, a class, an enum. */
export function strandedIn(file: File, { beside, after }: SplitTurn): t.Statement | undefined {
  const isUsedIn = (part: readonly t.Statement[], one: t.Statement): boolean => {
    const name = declared(one);
    return name !== undefined && part.some((other) => mentions(file.textOf(other), [name]));
  };
  return beside.find((one) => isUsedIn(after, one)) ?? after.find((one) => isUsedIn(beside, one));
}

/** Takes to the later part what it needs of the earlier one and cannot be handed: variables that it sets, functions, classes. */
function withItsOwn(
  file: File,
  early: readonly t.Statement[],
  late: readonly t.Statement[],
): { readonly beside: readonly t.Statement[]; readonly after: readonly t.Statement[] } {
  if (late.length === 0) return { beside: early, after: late };
  const text = late.map((one) => file.textOf(one)).join('\n');
  const assigned = assignedIn(file, late);
  const isNeeded = (one: t.Statement): boolean => {
    const name = declared(one);
    if (name !== undefined) return mentions(text, [name]);
    return (
      one.type === 'VariableDeclaration' &&
      one.declarations.some(({ id }) =>
        [...runWith(file, id)].some(({ node }) => node.type === 'Identifier' && assigned.has(node.name)),
      )
    );
  };
  const isAwaitedLate = late.some((one) => awaitsInTurn(file, one).length > 0);
  const lastAwait = isAwaitedLate
    ? early.length
    : early.findLastIndex((one) => awaitsInTurn(file, one).length > 0);
  const from = early.findIndex((one, index) => index > lastAwait && isNeeded(one));
  const beside = from === -1 ? early : early.slice(0, from);
  const after = from === -1 ? late : [...early.slice(from), ...late];
  return { beside, after };
}

/** Splits the turn of a loop. */
export function splitTurn(file: File, { path, body }: ListLoop): SplitTurn | Unsplit {
  const statements = [...body];
  const skips: t.Expression[] = [];
  for (let first = statements[0]; first !== undefined; first = statements[0]) {
    const skip = skipOf(first);
    if (skip === undefined || awaitsInTurn(file, skip).length > 0) break;
    skips.push(skip);
    statements.shift();
  }
  const from = statements.findIndex((one) => outerWrites(file, path.node, one).length > 0);
  const early = from === -1 ? statements : statements.slice(0, from);
  const late = from === -1 ? [] : statements.slice(from);
  const { beside, after } = withItsOwn(file, early, late);
  const [first, ...rest] = after;
  const awaitedLater = rest.find((one) => awaitsInTurn(file, one).length > 0);
  if (first !== undefined && awaitedLater !== undefined) {
    const [write] = outerWrites(file, path.node, first);
    return { why: `a turn awaits again after it has changed \`${write?.name ?? ''}\``, at: awaitedLater };
  }
  const lifted = first === undefined ? [] : liftableIn(file, first);
  if (lifted === undefined && first !== undefined)
    return {
      why: 'what a turn changes outside of the loop depends on an await that is not always reached',
      at: first,
    };
  return {
    skips,
    beside,
    after,
    lifted: lifted ?? [],
    continues: beside.flatMap((one) => continuesIn(file, one)),
  };
}
