import { assumed, type Evidence } from '../evidence.ts';
import { isNode, type Path, type t } from '../syntax/ast.ts';
import type { FileContext } from '../transform.ts';
import { runWith } from './awaits.ts';

type File = FileContext<unknown>;

/** Globals that throw for what they cannot read. */
const THROWERS =
  /^(JSON\.parse|BigInt|[\w.]*Sync|decodeURI|decodeURIComponent|encodeURIComponent|new URL|new RegExp|structuredClone|Buffer\.from|atob|btoa|Object\.(keys|entries|values|fromEntries))$/;

const EXITS = /^(ReturnStatement|ThrowStatement|ContinueStatement|BreakStatement)$/;

/** Whether a statement always leaves the list that it stands in. */
function leaves(statement: t.Node): boolean {
  if (EXITS.test(statement.type)) return true;
  if (statement.type === 'BlockStatement') return statement.body.some((one) => leaves(one));
  if (statement.type === 'ExpressionStatement') {
    const { expression } = statement;
    return (
      expression.type === 'CallExpression' &&
      expression.callee.type === 'Identifier' &&
      expression.callee.name === 'notFound'
    );
  }
  return false;
}

/** The statements that have run whenever the code at `path` runs, the nearest first; function borders are not crossed. */
function* statementsBefore(path: Path): Generator<t.Statement> {
  for (let at: Path = path; at.parent !== null; at = at.parent) {
    const { parent, key, index } = at;
    if (/^(Function|Arrow|ObjectMethod|Class)/.test(parent.node.type) && key === 'body') return;
    if (index === null || !(key === 'body' || key === 'consequent')) continue;
    const list = (parent.node as unknown as Record<string, readonly t.Statement[]>)[key] ?? [];
    for (let before = index - 1; before >= 0; before--) {
      const statement = list[before];
      if (statement !== undefined) yield statement;
    }
  }
}

const compact = (file: File, node: t.Node): string => file.textOf(node).replace(/\s+/g, '');

/** Whether an `if` leaves where the value is missing: `if (!user) throw …`. */
function isChecked(file: File, statement: t.Statement, text: string): boolean {
  if (statement.type !== 'IfStatement' || !leaves(statement.consequent)) return false;
  const parts: t.Node[] = [statement.test];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    if (part.type === 'LogicalExpression' && part.operator === '||') parts.push(part.left, part.right);
    else if (part.type === 'UnaryExpression' && part.operator === '!') {
      const { argument } = part;
      const inner = compact(file, argument);
      if (inner === text || inner.replaceAll('?.', '.').startsWith(`${text}.`)) return true;
    } else if (part.type === 'BinaryExpression' && /^===?$/.test(part.operator)) {
      const isMissing =
        part.right.type === 'NullLiteral' ||
        (part.right.type === 'Identifier' && part.right.name === 'undefined');
      if (isMissing && compact(file, part.left) === text) return true;
    }
  }
  return false;
}

/** Whether code reads a property of the value wherever it runs: then the value was there. */
function isRead(file: File, code: t.Node, text: string): boolean {
  for (const path of runWith(file, code)) {
    const { node } = path;
    if (node.type !== 'MemberExpression' || compact(file, node.object) !== text) continue;
    // What stands behind `&&`, `||` or `?` need not have run.
    let isLater = false;
    for (let at: Path = path; at.node !== code && at.parent !== null; at = at.parent)
      if (
        (/^(LogicalExpression|ConditionalExpression)$/.test(at.parent.node.type) &&
          at.key !== 'left' &&
          at.key !== 'test') ||
        at.parent.node.type.startsWith('Optional')
      )
        isLater = true;
    if (!isLater) return true;
  }
  return false;
}

/** Whether a statement reads a property of the value wherever it runs. */
const isReadBy = (file: File, statement: t.Statement, text: string): boolean =>
  /^(VariableDeclaration|ExpressionStatement|IfStatement)$/.test(statement.type) &&
  isRead(file, statement.type === 'IfStatement' ? statement.test : statement, text);

/** What is evaluated before a call. */
interface Before {
  /** Where what comes before ends: statements from there on may come after the call. */
  readonly start: number;
  /** Calls that begin before it all the same. */
  readonly calls: readonly t.Node[];
}

const isNullableType = (node: t.Node | null | undefined): boolean => {
  const type = node?.type === 'TSTypeAnnotation' ? node.typeAnnotation : undefined;
  return (
    type?.type === 'TSUnionType' &&
    type.types.some(({ type: one }) => one === 'TSNullKeyword' || one === 'TSUndefinedKeyword')
  );
};

/** Whether reading a property of the value cannot throw. */
function isSurelyThere(file: File, path: Path, before: Before): boolean {
  const { node } = path;
  if (/^process\.env\.\w+!?$/.test(file.textOf(node))) return false;
  switch (node.type) {
    case 'ThisExpression':
    case 'Super':
    case 'StringLiteral':
    case 'TemplateLiteral':
    case 'ArrayExpression':
    case 'ObjectExpression':
    case 'NewExpression':
    case 'NumericLiteral':
    case 'TaggedTemplateExpression':
      return true;
    case 'CallExpression':
      // These give nothing where nothing is found.
      return !(
        node.callee.type === 'MemberExpression' &&
        node.callee.property.type === 'Identifier' &&
        /^(find|findLast|at|get|match|exec|pop|shift)$/.test(node.callee.property.name)
      );
    case 'TSNonNullExpression':
      // Who wrote `!` knows that it is there, where it is no element that was looked for.
      return (
        node.expression.type !== 'CallExpression' ||
        isSurelyThere(file, file.pathOf<t.Node>(node.expression), before)
      );
    case 'TSAsExpression':
    case 'ParenthesizedExpression':
      return isSurelyThere(file, file.pathOf(node.expression), before);
    default:
  }
  const text = compact(file, node);
  const isElement = node.type === 'MemberExpression' && node.computed;
  let root: t.Node = node;
  while (root.type === 'MemberExpression' || root.type === 'OptionalMemberExpression') root = root.object;
  if (root.type === 'ThisExpression' || root.type === 'Super') return true;
  if (root.type === 'Identifier') {
    const binding = file.scopes.lookup(path, root.name);
    // A module, a class, a global: what they hold is there as long as the program is.
    if (binding === undefined || /^(import|class|function|enum|namespace)$/.test(binding.kind)) return true;
    if (binding.kind === 'const' && isNode(file.scopes.functionAround(binding.identifier), 'Program'))
      return true;
    if (node === root) {
      if (binding.kind === 'parameter') {
        const { node: declaration } = binding.identifier;
        if (declaration.optional !== true && !isNullableType(declaration.typeAnnotation)) return true;
      }
      if (binding.kind === 'const' && isNode(binding.declaration, 'VariableDeclarator')) {
        const { id, init } = binding.declaration.node;
        if (
          id.type === 'Identifier' &&
          init != null &&
          /^(New|Object|Array|Template|Arrow|Function|Class)\w*$/.test(init.type)
        )
          return true;
        if (
          id.type === 'Identifier' &&
          init?.type === 'CallExpression' &&
          init.callee.type === 'Identifier' &&
          init.callee.name === 'require'
        )
          return true;
      }
    }
    if (/^(req|request|ctx|context)\.(params|query|body|headers|request)$/.test(text)) return true;
  }
  for (const call of before.calls) if (isRead(file, call, text)) return true;
  for (const statement of statementsBefore(path)) {
    if ((statement.start ?? 0) >= before.start) continue;
    if (isChecked(file, statement, text) || isReadBy(file, statement, text)) return true;
  }
  // The type of an element says nothing of whether there is one.
  if (isElement || !/\.[cm]?tsx?$/.test(file.path)) return false;
  const { kinds } = file.facts.typeOf(file.path, node);
  return !kinds.has('unknown') && !kinds.has('undefined') && !kinds.has('null');
}

/** The members that a call is made on, where they begin at something that is handed in whole: a service, a client, `this`. */
function receiversOf(file: File, call: t.Node): ReadonlySet<t.Node> {
  const found = new Set<t.Node>();
  let at: t.Node = call;
  for (;;) {
    if (at.type === 'CallExpression') at = at.callee;
    else if (at.type === 'MemberExpression') {
      found.add(at);
      at = at.object;
    } else if (at.type === 'TSAsExpression' || at.type === 'TSNonNullExpression') at = at.expression;
    else break;
  }
  if (at.type === 'Identifier') {
    const binding = file.scopes.lookup(file.pathOf<t.Node>(at), at.name);
    if (binding !== undefined && !/^(import|class|function|parameter)$/.test(binding.kind)) found.clear();
  }
  return found;
}

/**
 * What must hold so that a call can be begun while others are under way: nothing in the expression itself throws, as those
 * would then fail with nobody to hear it.
 */
export function* whyBeginsCleanly(file: File, call: t.Node, before: Before): Generator<Evidence> {
  const receivers = receiversOf(file, call);
  for (const path of runWith(file, call)) {
    const { node } = path;
    if (node.type === 'MemberExpression') {
      if (receivers.has(node)) continue;
      const object = file.pathOf<t.Node>(node.object);
      if (isSurelyThere(file, object, before)) continue;
      const text = file.textOf(node.object).replace(/\s+/g, ' ');
      yield assumed(
        `\`${text}\` is there when its property is read, as the calls before it are under way then`,
        file.siteOf(node),
      );
      return;
    }
    if (node === call || (node.type !== 'CallExpression' && node.type !== 'NewExpression')) continue;
    const callee = (node.type === 'NewExpression' ? 'new ' : '') + compact(file, node.callee);
    const [first] = node.arguments;
    if (!THROWERS.test(callee) || (callee === 'encodeURIComponent' && first?.type !== 'CallExpression'))
      continue;
    if (
      callee.startsWith('Object.') &&
      first !== undefined &&
      isSurelyThere(file, file.pathOf<t.Node>(first), before)
    )
      continue;
    yield assumed(
      `\`${callee}\` does not throw here, as the calls before it are under way then`,
      file.siteOf(node),
    );
    return;
  }
}
