import type { Path, t } from '../syntax/ast.ts';
import type { FileContext } from '../transform.ts';

/** A call, with what is done with what it gives. */
export interface FoundCall {
  readonly path: Path<t.CallExpression | t.OptionalCallExpression>;
  readonly isResultUsed: boolean;
  /** The properties that are read off the result, where nothing else is done with it. */
  readonly resultMembers: readonly string[] | undefined;
  /** The properties that are read off what it throws, where the function that it is in catches that and does nothing else with it. */
  readonly thrownMembers: readonly string[] | undefined;
}

const nameOfKey = (node: t.Node, computed: boolean): string | undefined =>
  !computed && node.type === 'Identifier'
    ? node.name
    : node.type === 'StringLiteral'
      ? node.value
      : undefined;

/** The properties that a pattern takes out; undefined where it takes the rest. */
function namesInPattern(pattern: t.ObjectPattern): readonly string[] | undefined {
  const names = pattern.properties.map((one) =>
    one.type === 'ObjectProperty' ? nameOfKey(one.key, one.computed) : undefined,
  );
  return names.every((one) => one !== undefined) ? names : undefined;
}

/** The properties that are read off a value, where it is only read; undefined where more is done with it. */
function membersReadOf(file: FileContext<unknown>, path: Path): readonly string[] | undefined {
  const { parent } = path;
  if (parent === null) return undefined;
  const { node } = parent;
  if (
    (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') &&
    path.key === 'object'
  ) {
    const name = nameOfKey(node.property, node.computed);
    return name === undefined ? undefined : [name];
  }
  if (node.type === 'TSNonNullExpression' || node.type === 'TSAsExpression')
    return membersReadOf(file, parent);
  if (node.type !== 'VariableDeclarator' || path.key !== 'init') return undefined;
  if (node.id.type === 'ObjectPattern') return namesInPattern(node.id);
  if (node.id.type !== 'Identifier') return undefined;
  const binding = file.scopes.lookup(parent, node.id.name);
  if (binding === undefined || binding.writes.some((one) => one.parent !== parent)) return undefined;
  const found: string[] = [];
  for (const read of binding.reads) {
    const members = membersReadOf(file, read);
    if (members === undefined || read.parent?.node.type === 'VariableDeclarator') return undefined;
    found.push(...members);
  }
  return found;
}

/** The properties that are read off what a call throws, by the `catch` around it. */
function membersReadOfThrown(file: FileContext<unknown>, path: Path): readonly string[] | undefined {
  for (let at: Path = path; at.parent !== null; at = at.parent) {
    const { node } = at.parent;
    if (/Function|Method/.test(node.type)) return undefined;
    if (node.type !== 'TryStatement' || at.key !== 'block' || node.handler == null) continue;
    const { param } = node.handler;
    if (param == null) return [];
    if (param.type === 'ObjectPattern') return namesInPattern(param);
    if (param.type !== 'Identifier') return undefined;
    const binding = file.scopes.lookup(file.pathOf(node.handler.body), param.name);
    const each = (binding?.reads ?? []).map((read) => membersReadOf(file, read));
    return each.every((one) => one !== undefined) ? each.flat() : undefined;
  }
  return undefined;
}

/** The calls of a file, in the order of its text. */
export function callsIn(file: FileContext<unknown>): readonly FoundCall[] {
  return [...file.find('CallExpression'), ...file.find('OptionalCallExpression')]
    .toSorted((a, b) => (a.node.start ?? 0) - (b.node.start ?? 0))
    .map((path) => {
      const kind = path.parent?.node.type;
      const isDropped =
        kind === 'ExpressionStatement' ||
        (path.parent?.node.type === 'UnaryExpression' && path.parent.node.operator === 'void');
      return {
        path,
        isResultUsed: !isDropped,
        resultMembers: isDropped ? [] : membersReadOf(file, path),
        thrownMembers: membersReadOfThrown(file, path),
      };
    });
}

/** A blocking function that is handed to a call: `paths.filter(existsSync)`. */
export interface HandedFunction {
  readonly node: t.Expression;
  /** What it is handed to, as it is written. */
  readonly to: string;
}

/** The functions that are handed to calls and whose names say that they are synchronous. */
export function handedFunctions(file: FileContext<unknown>): readonly HandedFunction[] {
  return callsIn(file).flatMap(({ path: { node } }) =>
    node.arguments.flatMap((one) =>
      (one.type === 'Identifier' || one.type === 'MemberExpression') && file.textOf(one).endsWith('Sync')
        ? [{ node: one, to: file.textOf(node.callee) }]
        : [],
    ),
  );
}
