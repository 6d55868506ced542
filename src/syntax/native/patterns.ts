import {
  addExtra,
  asEstree,
  asList,
  codeFrom,
  setPresent,
  Unknown,
  type Conversion,
  type Converter,
  type Estree,
  type Made,
} from './nodes.ts';

const decoratorsOf = (node: Estree): readonly unknown[] => asList(node.decorators ?? []);

/** Where the name or pattern begins: the native parser counts decorators to what has a type or a default. */
function startOf(node: Estree, to: Conversion): number {
  const last = decoratorsOf(node).at(-1);
  return last === undefined ? node.start : codeFrom(to.source.text, asEstree(last).end);
}

function setTyped(made: Made, node: Estree, to: Conversion): void {
  setPresent(made, node, ['optional', 'typeAnnotation', 'decorators'], to);
}

const identifier: Converter = (node, to) => {
  const { name } = node;
  if (typeof name !== 'string') throw new Unknown('An identifier without a name.');
  const made = to.makeAt('Identifier', startOf(node, to), node.end);
  made.name = name;
  setTyped(made, node, to);
  return made;
};

const isPattern = ({ type }: Estree): boolean => /Pattern$|^RestElement$/.test(type);

/**
 * What is assigned to, in a pattern or by itself. The native parser leaves its parentheses out, if it has some: they begin
 * at `from` where that is known.
 */
function target(value: unknown, from: number | undefined, to: Conversion): Made {
  const node = asEstree(value);
  if (node.type === 'TSTypeAssertion') throw new Unknown('A target with a cast before it.');
  const made = to.convert(node);
  if (isPattern(node)) return made;
  if (from === undefined) {
    if (to.source.text[codeFrom(to.source.text, node.end)] === ')')
      throw new Unknown('A target in parentheses.');
  } else if (from < node.start) {
    addExtra(made, 'parenthesized', true);
    addExtra(made, 'parenStart', from);
  }
  return made;
}

const assignment: Converter = (node, to) => {
  const made = to.make('AssignmentExpression', node);
  made.operator = node.operator;
  made.left = target(node.left, node.start, to);
  made.right = to.convert(node.right);
  return made;
};

const update: Converter = (node, to) => {
  const argument = asEstree(node.argument);
  const made = to.make('UpdateExpression', node);
  made.operator = node.operator;
  made.prefix = node.prefix;
  if (node.prefix === true && argument.end !== node.end) throw new Unknown('A target in parentheses.');
  made.argument = target(argument, node.prefix === true ? argument.start : node.start, to);
  return made;
};

/** `left = right` in a pattern. Where `left` has a type, Babel gives it the decorators, else the whole. */
const assignmentPattern: Converter = (node, to) => {
  const left = asEstree(node.left);
  const decorators = decoratorsOf(node);
  const start = startOf(node, to);
  const made = to.makeAt('AssignmentPattern', start, node.end);
  made.left = target(left, start, to);
  made.right = to.convert(node.right);
  setPresent(made, node, ['optional', 'typeAnnotation'], to);
  if (decorators.length > 0) {
    const holder = left.typeAnnotation == null && left.optional !== true ? made : (made.left as Made);
    holder.decorators = to.convertAll(decorators);
  }
  return made;
};

const arrayPattern: Converter = (node, to) => {
  const made = to.makeAt('ArrayPattern', startOf(node, to), node.end);
  made.elements = asList(node.elements).map((one) => (one === null ? null : target(one, undefined, to)));
  setTyped(made, node, to);
  return made;
};

const objectPattern: Converter = (node, to) => {
  const made = to.makeAt('ObjectPattern', startOf(node, to), node.end);
  made.properties = to.convertAll(node.properties);
  setTyped(made, node, to);
  return made;
};

const rest: Converter = (node, to) => {
  if (decoratorsOf(node).length > 0) throw new Unknown('A decorator before a rest.');
  const made = to.make('RestElement', node);
  made.argument = to.convert(node.argument);
  setTyped(made, node, to);
  return made;
};

/** What a loop assigns to: a declaration, or something that was there before. */
export const loopTarget = (node: unknown, to: Conversion): Made =>
  asEstree(node).type === 'VariableDeclaration' ? to.convert(node) : target(node, undefined, to);

/** How names, patterns and assignments are converted. */
export const PATTERNS: Readonly<Record<string, Converter>> = {
  Identifier: identifier,
  AssignmentExpression: assignment,
  UpdateExpression: update,
  AssignmentPattern: assignmentPattern,
  ArrayPattern: arrayPattern,
  ObjectPattern: objectPattern,
  RestElement: rest,
};
