import {
  addExtra,
  asEstree,
  asList,
  isEstree,
  mustBeOnOneLine,
  same,
  setTypeArguments,
  Unknown,
  type Conversion,
  type Converter,
  type Estree,
  type Made,
} from './nodes.ts';
import { withOwnVariables } from './redeclared.ts';

/** Literals have one type in ESTree, and one for each kind of value in Babel's tree. */
const literal: Converter = (node, to) => {
  const raw = to.source.text.slice(node.start, node.end);
  const { value } = node;
  if (isRegExp(node)) {
    const made = to.make('RegExpLiteral', node);
    made.extra = { raw };
    made.pattern = node.regex.pattern;
    made.flags = node.regex.flags;
    return made;
  }
  if (typeof node.bigint === 'string') {
    const digits = raw.replace(/[_n]/g, '');
    return withValue(to.make('BigIntLiteral', node), digits, raw);
  }
  if (value === null) return to.make('NullLiteral', node);
  if (typeof value === 'string') return withValue(to.make('StringLiteral', node), value, raw);
  if (typeof value === 'number') return withValue(to.make('NumericLiteral', node), value, raw);
  if (typeof value !== 'boolean') throw new Unknown('A literal of another kind.');
  const made = to.make('BooleanLiteral', node);
  made.value = value;
  return made;
};

const isRegExp = (node: Estree): node is Estree & { regex: { pattern: string; flags: string } } =>
  typeof node.regex === 'object' && node.regex !== null;

function withValue(made: Made, value: unknown, raw: string): Made {
  made.extra = { rawValue: value, raw };
  made.value = value;
  return made;
}

const privateName: Converter = (node, to) => {
  const made = to.make('PrivateName', node);
  const id = to.makeAt('Identifier', node.start + 1, node.end);
  id.name = node.name;
  made.id = id;
  return made;
};

/** Babel notes parentheses on what is in them: where the outermost ones begin. */
const parenthesized: Converter = (node, to) => {
  const made = to.convert(node.expression);
  addExtra(made, 'parenthesized', true);
  addExtra(made, 'parenStart', node.start);
  return made;
};

/** Whether a chain that began with `?.` goes on behind `made`: parentheses end it. */
const isInChain = (made: Made): boolean => {
  if (made.extra?.parenthesized === true) return false;
  if (made.type === 'TSNonNullExpression') return isInChain(made.expression as Made);
  return made.type === 'OptionalMemberExpression' || made.type === 'OptionalCallExpression';
};

const member: Converter = (node, to) => {
  const object = to.convert(node.object);
  const isOptional = node.optional === true;
  const made = to.make(
    isOptional || isInChain(object) ? 'OptionalMemberExpression' : 'MemberExpression',
    node,
  );
  made.object = object;
  made.computed = node.computed;
  made.property = to.convert(node.property);
  if (made.type === 'OptionalMemberExpression') made.optional = isOptional;
  return made;
};

const call: Converter = (node, to) => {
  const callee = to.convert(node.callee);
  const isOptional = node.optional === true;
  const made = to.make(isOptional || isInChain(callee) ? 'OptionalCallExpression' : 'CallExpression', node);
  made.callee = callee;
  if (made.type === 'OptionalCallExpression') made.optional = isOptional;
  made.arguments = to.convertAll(node.arguments);
  setTypeArguments(made, node, to);
  return made;
};

const newExpression: Converter = (node, to) => {
  const made = to.make('NewExpression', node);
  made.callee = to.convert(node.callee);
  made.arguments = to.convertAll(node.arguments);
  setTypeArguments(made, node, to);
  return made;
};

const importCall: Converter = (node, to) => {
  if (node.phase != null) throw new Unknown('An import of another phase.');
  const made = to.make('CallExpression', node);
  made.callee = to.makeAt('Import', node.start, node.start + 'import'.length);
  made.arguments = [node.source, node.options].filter(isEstree).map((one) => to.convert(one));
  return made;
};

const chain: Converter = (node, to) => to.convert(node.expression);

/** A name that stands for a property and its value in both trees, twice. */
const property: Converter = (node, to) => {
  const value = asEstree(node.value);
  if (node.method === true || node.kind !== 'init') return method(node, value, to);
  const made = to.make('ObjectProperty', node);
  made.method = false;
  made.key = to.convert(node.key);
  made.computed = node.computed;
  made.shorthand = node.shorthand;
  made.value = to.convert(value);
  if (node.shorthand === true) made.extra = { shorthand: true };
  return made;
};

function method(node: Estree, value: Estree, to: Conversion): Made {
  const made = to.make('ObjectMethod', node);
  made.method = node.method;
  made.key = to.convert(node.key);
  made.computed = node.computed;
  made.kind = node.kind === 'init' ? 'method' : node.kind;
  setFunction(made, value, to);
  return made;
}

/** What every function has, whichever node of Babel's holds it. */
export function setFunction(made: Made, node: Estree, to: Conversion): void {
  if (node.body == null && made.type !== 'TSDeclareFunction' && made.type !== 'TSDeclareMethod')
    throw new Unknown('A function without a body.');
  made.id = to.convertOptional(node.id);
  made.generator = node.generator;
  made.async = node.async;
  if (node.typeParameters != null) made.typeParameters = to.convert(node.typeParameters);
  made.params = to.convertAll(node.params);
  if (node.returnType != null) made.returnType = to.convert(node.returnType);
  if (node.body != null) made.body = withOwnVariables(to, () => to.convert(node.body));
}

const functionNode: Converter = (node, to) => {
  const made = to.make(node.type, node);
  setFunction(made, node, to);
  if (node.declare === true) {
    if (node.id != null) mustBeOnOneLine(node, to);
    made.declare = true;
  }
  return made;
};

const template: Converter = (node, to) => {
  const made = to.make('TemplateLiteral', node);
  made.expressions = to.convertAll(node.expressions);
  made.quasis = to.convertAll(node.quasis);
  return made;
};

/** Babel's pieces of a template lie between its delimiters; in the TypeScript tree they hold them. */
export const templateElement: Converter = (node, to) => {
  const { value, tail } = node as Estree & { value: { raw: string; cooked: string | null }; tail: boolean };
  const made = to.isTypeScript
    ? to.makeAt('TemplateElement', node.start + 1, node.end - (tail ? 1 : 2))
    : to.make('TemplateElement', node);
  made.value = { raw: value.raw, cooked: value.cooked };
  made.tail = tail;
  return made;
};

const tagged: Converter = (node, to) => {
  const made = to.make('TaggedTemplateExpression', node);
  made.tag = to.convert(node.tag);
  made.quasi = to.convert(node.quasi);
  setTypeArguments(made, node, to);
  return made;
};

const jsxOpening: Converter = (node, to) => {
  const made = to.make('JSXOpeningElement', node);
  made.name = to.convert(node.name);
  setTypeArguments(made, node, to);
  made.attributes = to.convertAll(node.attributes);
  made.selfClosing = node.selfClosing;
  return made;
};

/** Which names of characters there are, and what becomes of others, is Babel's to know. */
function mustHaveNoEntity(text: unknown): void {
  if (String(text).includes('&')) throw new Unknown('JSX with an entity.');
}

const jsxText: Converter = (node, to) => {
  mustHaveNoEntity(node.value);
  return withValue(to.make('JSXText', node), node.value, to.source.text.slice(node.start, node.end));
};

const jsxAttribute: Converter = (node, to) => {
  const made = to.make('JSXAttribute', node);
  made.name = to.convert(node.name);
  if (isEstree(node.value) && node.value.type === 'Literal') mustHaveNoEntity(node.value.value);
  made.value = to.convertOptional(node.value);
  return made;
};

const jsxFragmentEdge: Converter = (node, to) => {
  if (asList(node.attributes ?? []).length > 0) throw new Unknown('A fragment with attributes.');
  return to.make(node.type, node);
};

const plain = same();

/** How expressions and JSX are converted. */
export const EXPRESSIONS: Readonly<Record<string, Converter>> = {
  Literal: literal,
  PrivateIdentifier: privateName,
  ParenthesizedExpression: parenthesized,
  ThisExpression: plain,
  Super: plain,
  ArrayExpression: same('elements'),
  ObjectExpression: same('properties'),
  Property: property,
  MemberExpression: member,
  CallExpression: call,
  NewExpression: newExpression,
  ImportExpression: importCall,
  ChainExpression: chain,
  FunctionExpression: functionNode,
  FunctionDeclaration: functionNode,
  TSDeclareFunction: functionNode,
  ArrowFunctionExpression: functionNode,
  TemplateLiteral: template,
  TemplateElement: templateElement,
  TaggedTemplateExpression: tagged,
  MetaProperty: same('meta', 'property'),
  SpreadElement: same('argument'),
  UnaryExpression: same('operator', 'prefix', 'argument'),
  BinaryExpression: same('left', 'operator', 'right'),
  LogicalExpression: same('left', 'operator', 'right'),
  ConditionalExpression: same('test', 'consequent', 'alternate'),
  SequenceExpression: same('expressions'),
  AwaitExpression: same('argument'),
  YieldExpression: same('delegate', 'argument'),
  JSXElement: same('openingElement', 'closingElement', 'children'),
  JSXOpeningElement: jsxOpening,
  JSXClosingElement: same('name'),
  JSXFragment: same('openingFragment', 'closingFragment', 'children'),
  JSXOpeningFragment: jsxFragmentEdge,
  JSXClosingFragment: plain,
  JSXNamespacedName: same('namespace', 'name'),
  JSXMemberExpression: same('object', 'property'),
  JSXExpressionContainer: same('expression'),
  JSXEmptyExpression: plain,
  JSXAttribute: jsxAttribute,
  JSXSpreadAttribute: same('argument'),
  JSXIdentifier: same('name'),
  JSXSpreadChild: same('expression'),
  JSXText: jsxText,
};
