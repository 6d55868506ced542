import type { t } from '../syntax/ast.ts';
import {
  isWholeObject,
  sensitivityOf,
  sensitivityOfPath,
  wordsOf,
  type Sensitivity,
} from '../facts/sensitive.ts';
import { bare, namesOf } from '../facts/values.ts';

/** A part of a logged value that may carry a secret. */
export interface Exposure {
  /** What would have to be replaced: the expression, or the property of an object literal whose value it is. */
  readonly node: t.Expression | t.ObjectProperty;
  /** Its name as a reader knows it: `user.password`. */
  readonly name: string;
  /** `whole`: an object that often holds secrets among its properties. */
  readonly kind: Sensitivity | 'whole';
  /** Whether it can be left out: nothing else happens when it is evaluated. */
  readonly isReplaceable: boolean;
}

/** Functions that return their argument as text. */
const TELLING =
  /^(String|JSON\.stringify|JSON\.parse|util\.(inspect|format)|inspect|format|encodeURIComponent|decodeURIComponent|Buffer\.from|Object\.(entries|values|assign|fromEntries)|structuredClone)$/;
const PARTS =
  /^(toString|toJSON|toObject|trim|slice|substring|substr|split|join|toLowerCase|toUpperCase|replace|replaceAll|padStart|padEnd|filter|concat|at|charAt|lean|plain)$/;
const OBTAINS =
  /^(get|create|generate|fetch|make|sign|issue|build|read|load|find|decrypt|resolve|refresh|current)(?=[A-Z])/;
const LOOKS_UP = /^(get|header|cookie|param|query|body)$/;

function* inCall(call: t.CallExpression | t.OptionalCallExpression): Iterable<Exposure> {
  const { callee } = call;
  const names = namesOf(callee);
  if (names !== undefined && TELLING.test(names.join('.'))) {
    for (const one of call.arguments) yield* exposuresIn(one);
    return;
  }
  const own = callee.type === 'Identifier' ? callee.name : names?.at(-1);
  if (own === undefined) return;
  const [argument] = call.arguments;
  if (LOOKS_UP.test(own) && argument?.type === 'StringLiteral') {
    const kind = sensitivityOf(argument.value);
    if (kind !== undefined) yield { node: call, name: argument.value, kind, isReplaceable: false };
  } else if (own === 'map' && argument?.type === 'ArrowFunctionExpression') {
    if (argument.body.type !== 'BlockStatement') yield* exposuresIn(argument.body);
  } else if (
    PARTS.test(own) &&
    (callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression')
  ) {
    const isPlain = call.arguments.every((one) => one.type.endsWith('Literal'));
    for (const one of exposuresIn(callee.object)) {
      yield one.kind === 'whole' ? one : { ...one, node: call, isReplaceable: one.isReplaceable && isPlain };
    }
  } else if (OBTAINS.test(own)) {
    const kind = sensitivityOf(own.replace(OBTAINS, ''));
    if (kind !== undefined) yield { node: call, name: own, kind, isReplaceable: false };
  }
}

function* inObject(object: t.ObjectExpression): Iterable<Exposure> {
  for (const property of object.properties) {
    if (property.type === 'SpreadElement') yield* exposuresIn(property.argument);
    if (property.type !== 'ObjectProperty') continue;
    const { key, value } = property;
    const name =
      key.type === 'Identifier' && !property.computed
        ? key.name
        : key.type === 'StringLiteral'
          ? key.value
          : '';
    const kind = sensitivityOf(name);
    const inside = [...exposuresIn(value)];
    const tells =
      !/^(Boolean|Null|String)Literal$/.test(value.type) &&
      !(value.type === 'UnaryExpression' && /^(!|typeof)$/.test(value.operator));
    if (kind === undefined) {
      yield* inside.map((one) =>
        one.node === value && property.shorthand ? { ...one, node: property } : one,
      );
    } else if (tells) {
      const isPath = namesOf(bare(value as t.Expression)) !== undefined;
      yield {
        node: property.shorthand ? property : (value as t.Expression),
        name,
        kind,
        isReplaceable: isPath,
      };
    }
  }
}

/** The parts of a logged value that may carry a secret, judged by the names that it is written with. */
export function* exposuresIn(node: t.Node): Iterable<Exposure> {
  const inner: t.Expression | t.SpreadElement =
    node.type === 'SpreadElement' ? node : bare(node as t.Expression);
  switch (inner.type) {
    case 'Identifier':
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      const names = namesOf(inner);
      if (names === undefined) {
        if (inner.type === 'Identifier') return;
        const { property, object } = inner;
        const own =
          property.type === 'Identifier' && !inner.computed ? sensitivityOf(property.name) : undefined;
        const vault = inner.computed ? namesOf(object) : undefined;
        if (own !== undefined && property.type === 'Identifier')
          yield { node: inner, name: property.name, kind: own, isReplaceable: false };
        else if (
          vault !== undefined &&
          (isWholeObject(vault) || sensitivityOfPath(vault) !== undefined) &&
          !/^(users|accounts|customers|profiles)$/.test(vault.at(-1) ?? '')
        ) {
          yield { node: inner, name: `${vault.join('.')}[…]`, kind: 'whole', isReplaceable: false };
        }
        return;
      }
      const kind = sensitivityOfPath(names) ?? (isWholeObject(names) ? 'whole' : undefined);
      if (kind !== undefined) yield { node: inner, name: names.join('.'), kind, isReplaceable: true };
      return;
    }
    case 'TemplateLiteral':
      for (const one of inner.expressions) yield* exposuresIn(one);
      return;
    case 'BinaryExpression':
      if (inner.operator === '+') yield* [...exposuresIn(inner.left), ...exposuresIn(inner.right)];
      return;
    case 'LogicalExpression':
      if (inner.operator !== '&&') yield* exposuresIn(inner.left);
      yield* exposuresIn(inner.right);
      return;
    case 'ConditionalExpression':
      yield* [...exposuresIn(inner.consequent), ...exposuresIn(inner.alternate)];
      return;
    case 'AwaitExpression':
    case 'SpreadElement':
      yield* exposuresIn(inner.argument);
      return;
    case 'ArrayExpression':
      for (const one of inner.elements) if (one !== null) yield* exposuresIn(one);
      return;
    case 'ObjectExpression':
      yield* inObject(inner);
      return;
    case 'CallExpression':
    case 'OptionalCallExpression':
      yield* inCall(inner);
      return;
    default:
  }
}

/** The sentence that says why an exposure is left out. */
export function describeExposure({ name, kind }: Exposure): string {
  if (kind === 'whole') return `\`${name}\` may hold secrets among its properties`;
  return kind === 'credential'
    ? `\`${name}\` is named like a secret`
    : `\`${name}\` is named like a personal datum`;
}

/** Whether a name says that a value counts language-model tokens, which only a number does. */
export const mayCount = (name: string): boolean => /^tokens?$/.test(wordsOf(name).at(-1) ?? '');
