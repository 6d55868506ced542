import { isNode, type Path, type t } from '../syntax/ast.ts';
import type { FileContext } from '../transform.ts';
import type { ValueKind } from './types.ts';

/** What of a file is needed to tell what a value is. */
export type ValueSource = Pick<FileContext<unknown>, 'path' | 'pathOf' | 'scopes' | 'facts'>;

/** The expression inside type assertions: `x` of `x as T`, `x!`, `<T>x`, `x satisfies T`. */
export function bare(node: t.Expression): t.Expression {
  let at = node;
  while (
    at.type === 'TSAsExpression' ||
    at.type === 'TSNonNullExpression' ||
    at.type === 'TSTypeAssertion' ||
    at.type === 'TSSatisfiesExpression' ||
    at.type === 'TypeCastExpression' ||
    at.type === 'ParenthesizedExpression'
  ) {
    at = at.expression;
  }
  return at;
}

/** The names of a plain path: `['req', 'body', 'id']` of `req.body?.id`; undefined for everything else. `this` is `this`. */
export function namesOf(node: t.Node): readonly string[] | undefined {
  if (node.type === 'Identifier') return [node.name];
  if (node.type === 'ThisExpression') return ['this'];
  if (node.type === 'TSNonNullExpression' || node.type === 'TSAsExpression') return namesOf(node.expression);
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return undefined;
  const above = namesOf(node.object);
  const { property } = node;
  if (above === undefined) return undefined;
  if (!node.computed && property.type === 'Identifier') return [...above, property.name];
  if (property.type === 'PrivateName') return [...above, property.id.name];
  return property.type === 'StringLiteral' ? [...above, property.value] : undefined;
}

const TEXT_METHODS = new Set(
  `toString toISOString toUTCString toDateString toTimeString toLocaleString toLocaleDateString toLocaleTimeString toJSON join trim
  trimStart trimEnd toFixed toPrecision toLowerCase toUpperCase padStart padEnd substring substr charAt repeat toHexString`.split(
    /\s+/,
  ),
);
const NUMBER_METHODS = new Set([
  'indexOf',
  'lastIndexOf',
  'getTime',
  'charCodeAt',
  'localeCompare',
  'getFullYear',
  'now',
]);
const ARITHMETIC = new Set(['-', '*', '/', '%', '**', '|', '&', '^', '<<', '>>', '>>>']);
const ANNOTATED: ReadonlyMap<string, ValueKind> = new Map([
  ['TSStringKeyword', 'string'],
  ['TSNumberKeyword', 'number'],
  ['TSBooleanKeyword', 'boolean'],
]);

function kindsOfCall(node: t.CallExpression | t.OptionalCallExpression): readonly ValueKind[] | undefined {
  const { callee } = node;
  if (callee.type === 'Identifier') {
    if (callee.name === 'String') return ['string'];
    if (callee.name === 'Boolean') return ['boolean'];
    return /^(Number|parseInt|parseFloat)$/.test(callee.name) ? ['number'] : undefined;
  }
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return undefined;
  const names = namesOf(callee)?.join('.');
  if (names === 'JSON.stringify' || names === 'util.inspect' || names === 'util.format') return ['string'];
  if (names === 'process.uptime' || names === 'performance.now' || names?.startsWith('Math.'))
    return ['number'];
  if (names === 'process.cwd' || names?.startsWith('path.')) return ['string'];
  if (/^Object\.(keys|values|entries)$/.test(names ?? '')) return ['array'];
  const method = callee.property.type === 'Identifier' && !callee.computed ? callee.property.name : '';
  if (TEXT_METHODS.has(method)) return ['string'];
  return NUMBER_METHODS.has(method) ? ['number'] : undefined;
}

/** What the syntax alone tells of a value; undefined where it tells nothing. */
function kindsBySyntax(of: ValueSource, node: t.Expression, depth = 0): readonly ValueKind[] | undefined {
  const either = (one: t.Expression, other: t.Expression): readonly ValueKind[] | undefined => {
    const [left, right] = [kindsBySyntax(of, one, depth), kindsBySyntax(of, other, depth)];
    return left !== undefined && right !== undefined ? [...left, ...right] : undefined;
  };
  switch (node.type) {
    case 'StringLiteral':
    case 'TemplateLiteral':
      return ['string'];
    case 'NumericLiteral':
    case 'UpdateExpression':
      return ['number'];
    case 'BooleanLiteral':
      return ['boolean'];
    case 'BigIntLiteral':
      return ['bigint'];
    case 'NullLiteral':
      return ['null'];
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'ClassExpression':
      return ['function'];
    case 'ObjectExpression':
      return ['object'];
    case 'ArrayExpression':
      return ['array'];
    case 'UnaryExpression':
      if (node.operator === 'typeof') return ['string'];
      if (node.operator === '!' || node.operator === 'delete') return ['boolean'];
      return node.operator === '+' ? ['number'] : undefined;
    case 'BinaryExpression': {
      if (/^([=!]==?|[<>]=?|in|instanceof)$/.test(node.operator)) return ['boolean'];
      if (node.left.type === 'PrivateName') return undefined;
      const sides = [kindsBySyntax(of, bare(node.left), depth), kindsBySyntax(of, bare(node.right), depth)];
      if (node.operator === '+') {
        if (sides.some((side) => side?.length === 1 && side[0] === 'string')) return ['string'];
        return sides.every((side) => side?.every((kind) => kind === 'number')) ? ['number'] : undefined;
      }
      return ARITHMETIC.has(node.operator) && sides.some((side) => side?.every((kind) => kind === 'number'))
        ? ['number']
        : undefined;
    }
    case 'ConditionalExpression':
      return either(bare(node.consequent), bare(node.alternate));
    case 'LogicalExpression':
      return either(bare(node.left), bare(node.right));
    case 'NewExpression': {
      const name = node.callee.type === 'Identifier' ? node.callee.name : '';
      if (name === 'Date') return ['date'];
      if (/^(Weak)?(Map|Set)$/.test(name)) return ['map-or-set'];
      return /(Error|Exception)$/.test(name) ? ['error'] : undefined;
    }
    case 'CallExpression':
    case 'OptionalCallExpression':
      return kindsOfCall(node);
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      const names = namesOf(node);
      if (names?.[0] === 'process' && names[1] === 'env' && names.length === 3)
        return ['string', 'undefined'];
      if (names?.join('.') === 'process.pid') return ['number'];
      if (/^(message|stack)$/.test(names?.at(-1) ?? '') && ERROR_NAME.test(names?.at(-2) ?? ''))
        return ['string', 'undefined'];
      return names?.at(-1) === 'length' ? ['number'] : undefined;
    }
    case 'Identifier': {
      if (node.name === 'undefined') return ['undefined'];
      if (node.name === '__dirname' || node.name === '__filename') return ['string'];
      const binding = depth < 4 ? of.scopes.lookup(of.pathOf(node), node.name) : undefined;
      if (binding === undefined) return undefined;
      const annotation = binding.identifier.node.typeAnnotation;
      const annotated =
        annotation?.type === 'TSTypeAnnotation' ? ANNOTATED.get(annotation.typeAnnotation.type) : undefined;
      if (annotated !== undefined)
        return binding.identifier.node.optional === true ? [annotated, 'undefined'] : [annotated];
      const { declaration } = binding;
      const isPlain =
        isNode(declaration, 'VariableDeclarator') && declaration.node.id === binding.identifier.node;
      if (binding.kind !== 'const' || !isPlain || declaration.node.init == null) return undefined;
      return kindsBySyntax(of, bare(declaration.node.init), depth + 1);
    }
    default:
      return undefined;
  }
}

/** Every kind that a value may be: by syntax where that tells, else by its type. */
export function kindsOf(of: ValueSource, node: t.Expression): ReadonlySet<ValueKind> {
  const inner = bare(node);
  return new Set(kindsBySyntax(of, inner) ?? of.facts.typeOf(of.path, inner).kinds);
}

/** Words of what is counted or given out one by one: whole numbers. */
const COUNT_WORDS =
  /^(?:ids?|counts?|ports?|status|code|length|size|index|idx|pages?|limit|total|offset|pid|attempts?|retries|version|year)$/i;
const KEEPS_WHOLE = /^Math\.(?:round|floor|ceil|trunc)$/;
const KEEPS_FINITE = /^Math\.(?:abs|max|min)$/;

/** Whether a number is known to be one that JSON can write, and whether it is whole. */
export type Finiteness = 'whole' | 'finite';

/** The last word of a name as its case or its underscores part it: `Count` of `userCount`. */
const lastWordOf = (name: string): string => /(?:[A-Z]+|[A-Z]?[a-z\d]+)_*$/.exec(name)?.[0] ?? name;

/** What is known of a number beyond that it is one, by its syntax, its literal type and the name it bears; undefined for NaN, infinities and -0 that cannot be ruled out. */
export function finitenessOf(of: ValueSource, node: t.Expression, depth = 0): Finiteness | undefined {
  const inner = bare(node);
  const both = (...all: readonly t.Expression[]): Finiteness | undefined => {
    const found = all.map((one) => finitenessOf(of, one, depth + 1));
    if (found.length === 0 || depth > 6 || found.includes(undefined)) return undefined;
    return found.every((one) => one === 'whole') ? 'whole' : 'finite';
  };
  switch (inner.type) {
    case 'NumericLiteral':
      if (!Number.isFinite(inner.value)) return undefined;
      return Number.isInteger(inner.value) ? 'whole' : 'finite';
    case 'UpdateExpression':
      return 'whole';
    case 'UnaryExpression':
      return inner.operator === '-' && inner.argument.type === 'NumericLiteral' && inner.argument.value !== 0
        ? both(inner.argument)
        : undefined;
    case 'AssignmentExpression':
      if (inner.operator === '=') return both(inner.right);
      return /^[+-]=$/.test(inner.operator) && inner.left.type === 'Identifier'
        ? both(inner.left, inner.right)
        : undefined;
    case 'BinaryExpression':
      if (inner.left.type === 'PrivateName') return undefined;
      if (/^(?:[|&^]|<<|>>>?)$/.test(inner.operator)) return 'whole';
      if (/^[+*-]$/.test(inner.operator)) return both(inner.left, inner.right);
      if (inner.operator !== '/' || inner.right.type !== 'NumericLiteral' || inner.right.value === 0)
        return undefined;
      return both(inner.left) === undefined ? undefined : 'finite';
    case 'ConditionalExpression':
      return both(inner.consequent, inner.alternate);
    case 'LogicalExpression':
      return both(inner.left, inner.right);
    case 'CallExpression': {
      const names = namesOf(inner.callee)?.join('.') ?? '';
      if (names === 'Date.now') return 'whole';
      if (/^(?:performance\.now|process\.uptime|Math\.random)$/.test(names)) return 'finite';
      if (/(?:^|\.)(?:indexOf|lastIndexOf)$/.test(names)) return 'whole';
      const values = inner.arguments.filter((one) => one.type !== 'SpreadElement') as t.Expression[];
      if (values.length < inner.arguments.length) return undefined;
      if (KEEPS_WHOLE.test(names)) return both(...values) === undefined ? undefined : 'whole';
      return KEEPS_FINITE.test(names) ? both(...values) : undefined;
    }
    default:
  }
  const name = namesOf(inner)?.at(-1);
  if (name === undefined || depth > 6) return undefined;
  if (COUNT_WORDS.test(lastWordOf(name))) return 'whole';
  const { text } = of.facts.typeOf(of.path, inner);
  if (/^\d{1,15}( \| \d{1,15})*$/.test(text)) return 'whole';
  if (inner.type !== 'Identifier') return undefined;
  const binding = of.scopes.lookup(of.pathOf(inner), inner.name);
  const declaration = binding?.declaration;
  if (binding === undefined || !isNode(declaration, 'VariableDeclarator')) return undefined;
  if (declaration.node.id !== binding.identifier.node || declaration.node.init == null) return undefined;
  const isCounter = binding.writes.every(
    ({ parent }) =>
      isNode(parent, 'UpdateExpression') ||
      (isNode(parent, 'AssignmentExpression') &&
        /^[+-]?=$/.test(parent.node.operator) &&
        parent.node.left.type === 'Identifier' &&
        finitenessOf(of, parent.node.right, depth + 3) !== undefined),
  );
  if (!isCounter) return undefined;
  const start = finitenessOf(of, declaration.node.init, depth + 1);
  return start === 'whole' &&
    binding.writes.some(
      ({ parent }) =>
        isNode(parent, 'AssignmentExpression') && finitenessOf(of, parent.node.right, depth + 3) !== 'whole',
    )
    ? 'finite'
    : start;
}

/** How sure it is that a value is an error: it was thrown, it is one by its type, or only its name says so. */
export type Errorness = 'thrown' | 'sure' | 'named';

const ERROR_NAME = /^(e|ex|exc|er|err|error|exception|reason|cause|fault)$|(Err|Error|Exception)\d?$/;

/** The first parameter of a function that is given to `.catch`, or to `.then` as its second argument. */
function isRejection(parameter: Path): boolean {
  const fn = parameter.parent;
  const call = fn?.parent;
  if (
    parameter.key !== 'params' ||
    parameter.index !== 0 ||
    !isNode(call, 'CallExpression', 'OptionalCallExpression')
  )
    return false;
  const { callee } = call.node;
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return false;
  const method = callee.property.type === 'Identifier' ? callee.property.name : '';
  return (
    fn?.key === 'arguments' &&
    ((method === 'catch' && fn.index === 0) || (method === 'then' && fn.index === 1))
  );
}

/** Whether `name` at `path` is what a `catch` caught. */
export function isCaught(of: ValueSource, path: Path, name: string): boolean {
  const binding = of.scopes.lookup(path, name);
  return (
    binding !== undefined &&
    (binding.kind === 'catch' || isRejection(binding.identifier)) &&
    binding.writes.length === 0
  );
}

/** Whether the value may be an error, and why that is thought. */
export function errornessOf(of: ValueSource, node: t.Expression): Errorness | undefined {
  const inner = bare(node);
  if (inner.type === 'Identifier' && isCaught(of, of.pathOf(inner), inner.name)) {
    const narrowed = of.facts.typeOf(of.path, inner).kinds;
    return narrowed.size === 1 && narrowed.has('error') ? 'sure' : 'thrown';
  }
  const isNamed = ERROR_NAME.test(namesOf(inner)?.at(-1) ?? '');
  const syntax = kindsBySyntax(of, inner);
  if (syntax !== undefined) return syntax.includes('error') ? 'sure' : undefined;
  const { kinds } = of.facts.typeOf(of.path, inner);
  const rest = [...kinds].filter((kind) => kind !== 'null' && kind !== 'undefined');
  if (rest.includes('error')) return rest.length === 1 ? 'sure' : 'named';
  return isNamed && (rest.includes('unknown') || rest.includes('object')) ? 'named' : undefined;
}
