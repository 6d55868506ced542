import { loopTarget } from './patterns.ts';
import { mustDeclareOnce, noteVariables, withOwnVariables } from './redeclared.ts';
import {
  asEstree,
  asList,
  codeFrom,
  mustBeOnOneLine,
  isEstree,
  same,
  setPresent,
  Unknown,
  type Conversion,
  type Converter,
  type Estree,
  type Made,
} from './nodes.ts';

const isDirective = (node: unknown): node is Estree => isEstree(node) && typeof node.directive === 'string';

const directive = (node: Estree, to: Conversion): Made => {
  const literal = asEstree(node.expression);
  const made = to.make('Directive', node);
  const value = to.make('DirectiveLiteral', literal);
  const raw = to.source.text.slice(literal.start, literal.end);
  value.extra = { rawValue: raw.slice(1, -1), raw, expressionValue: literal.value };
  value.value = raw.slice(1, -1);
  made.value = value;
  return made;
};

/** Puts statements, before which nothing stands behind `from`, into `body`, and those at their head that are directives into `directives`, where Babel keeps them. */
export function setBody(made: Made, statements: unknown, from: number, to: Conversion): void {
  const all = asList(statements);
  const count = all.findIndex((one) => !isDirective(one));
  const first = count === -1 ? all.length : count;
  const before = first === 0 ? from : asEstree(all[first - 1]).end;
  made.body = convertStatements(all.slice(first), before, to);
  made.directives = all
    .slice(0, first)
    .filter(isDirective)
    .map((one) => directive(one, to));
}

/** The statements of one scope. */
function convertStatements(statements: readonly unknown[], from: number, to: Conversion): (Made | null)[] {
  const before = to.variables.length;
  const made = to.convertAll(statements);
  made.forEach(mustHaveName);
  mustFollow(made, from, to);
  mustDeclareOnce(made, to.variables.slice(before), to);
  return made;
}

/** Only what is exported as the default may have no name. */
function mustHaveName(declaration: Made | null): void {
  if (/^(?:Function|Class|TSDeclareFunction)/.test(declaration?.type ?? '') && declaration?.id == null)
    throw new Unknown('A declaration without a name.');
}

/** The native parser passes over decorators of an export that is no class. */
function mustFollow(statements: readonly (Made | null)[], from: number, to: Conversion): void {
  let end = from;
  for (const statement of statements) {
    const isExport = statement?.type.startsWith('Export') === true;
    if (isExport && codeFrom(to.source.text, end) < statement.start)
      throw new Unknown('Something before an export.');
    end = statement?.end ?? end;
  }
}

/** Modules end where something else begins. */
function mustBeNoModule(statement: Made | null): void {
  if (/^(?:Import|Export|TSExport|TSNamespaceExport)/.test(statement?.type ?? ''))
    throw new Unknown('An import or export that is not at the top.');
}

/** The statements of a namespace or of a static block, whose `var`s are their own. */
const ownBody: Converter = (node, to) => {
  const made = to.make(node.type, node);
  const body = withOwnVariables(to, () =>
    convertStatements(asList(node.body), to.source.text.indexOf('{', node.start) + 1, to),
  );
  if (node.type === 'StaticBlock') body.forEach(mustBeNoModule);
  made.body = body;
  return made;
};

const switchNode: Converter = (node, to) => {
  const made = to.make('SwitchStatement', node);
  made.discriminant = to.convert(node.discriminant);
  const before = to.variables.length;
  const cases = to.convertAll(node.cases);
  const statements = cases.flatMap((one) => (one?.consequent ?? []) as (Made | null)[]);
  statements.forEach(mustBeNoModule);
  statements.forEach(mustHaveName);
  mustDeclareOnce(statements, to.variables.slice(before), to);
  made.cases = cases;
  return made;
};

const block: Converter = (node, to) => {
  const made = to.make('BlockStatement', node);
  setBody(made, node.body, node.start + 1, to);
  (made.body as (Made | null)[]).forEach(mustBeNoModule);
  return made;
};

const variables: Converter = (node, to) => {
  const made = to.make('VariableDeclaration', node);
  if (node.declare === true) made.declare = true;
  made.declarations = to.convertAll(node.declarations);
  made.kind = node.kind;
  noteVariables(made, to);
  return made;
};

const variable: Converter = (node, to) => {
  const made = to.make('VariableDeclarator', node);
  made.id = to.convert(node.id);
  made.init = to.convertOptional(node.init);
  if (node.definite === true) made.definite = true;
  return made;
};

const importDeclaration: Converter = (node, to) => {
  if (node.phase != null) throw new Unknown('An import of another phase.');
  const made = to.make('ImportDeclaration', node);
  const source = to.convert(node.source);
  if (/[^\s"']/.test(to.source.text.slice(node.start + 'import'.length, source.start))) {
    made.module = false;
    made.phase = null;
  }
  made.specifiers = to.convertAll(node.specifiers);
  made.source = source;
  setAttributes(made, node, to);
  if (to.isTypeScript) made.importKind = node.importKind;
  return made;
};

function setAttributes(made: Made, node: Estree, to: Conversion): void {
  made.attributes = to.convertAll(node.attributes);
}

const importSpecifier: Converter = (node, to) => {
  const made = to.make('ImportSpecifier', node);
  made.imported = to.convert(node.imported);
  made.local = to.convert(node.local);
  if (to.isTypeScript) made.importKind = node.importKind;
  return made;
};

const exportSpecifier: Converter = (node, to) => {
  const made = to.make('ExportSpecifier', node);
  made.local = to.convert(node.local);
  made.exported = to.convert(node.exported);
  if (to.isTypeScript) made.exportKind = node.exportKind;
  return made;
};

const exportNamed: Converter = (node, to) => {
  const made = to.make('ExportNamedDeclaration', node);
  made.specifiers = to.convertAll(node.specifiers);
  made.source = to.convertOptional(node.source);
  setAttributes(made, node, to);
  if (node.exportKind !== undefined) made.exportKind = node.exportKind;
  made.declaration = to.convertOptional(node.declaration);
  mustHaveName(made.declaration as Made | null);
  startAtDecorators(made);
  return made;
};

/** `export * as name from` is a named export in Babel's tree. */
const exportAll: Converter = (node, to) => {
  const exported = node.exported == null ? undefined : asEstree(node.exported);
  const made = to.make(exported === undefined ? 'ExportAllDeclaration' : 'ExportNamedDeclaration', node);
  if (exported !== undefined) {
    const star = to.source.text.indexOf('*', node.start + 'export'.length);
    const specifier = to.makeAt('ExportNamespaceSpecifier', star, exported.end);
    specifier.exported = to.convert(exported);
    made.specifiers = [specifier];
  }
  made.source = to.convert(node.source);
  setAttributes(made, node, to);
  if (node.exportKind !== undefined) made.exportKind = node.exportKind;
  return made;
};

const exportDefault: Converter = (node, to) => {
  const made = to.make('ExportDefaultDeclaration', node);
  if (to.isTypeScript) made.exportKind = 'value';
  made.declaration = to.convert(node.declaration);
  startAtDecorators(made);
  return made;
};

/** Decorators before `export` are a part of what is exported, and of the export. */
function startAtDecorators(made: Made): void {
  const declaration = made.declaration as Made | null;
  if (declaration?.type === 'TSImportEqualsDeclaration') throw new Unknown('An import that is exported.');
  if (declaration?.global === true) throw new Unknown('An export of the global scope.');
  if (declaration !== null && declaration.start < made.start) moveStart(made, declaration.start);
}

function moveStart(made: Made, start: number): void {
  made.start = start;
  made.loc = made.loc.from(start);
}

const loopOver: Converter = (node, to) => {
  const made = to.make(node.type, node);
  if (node.type === 'ForOfStatement') made.await = node.await;
  made.left = loopTarget(node.left, to);
  made.right = to.convert(node.right);
  made.body = to.convert(node.body);
  return made;
};

const labeled: Converter = (node, to) => {
  const body = to.convert(node.body);
  mustBeNoModule(body);
  const made = to.make('LabeledStatement', node);
  made.label = to.convert(node.label);
  made.body = body;
  return made;
};

const classNode: Converter = (node, to) => {
  if ((node.abstract === true || node.declare === true) && node.id != null) mustBeOnOneLine(node, to);
  const made = to.make(node.type, node);
  setPresent(made, node, ['decorators', 'abstract', 'declare', 'typeParameters', 'implements'], to);
  made.id = to.convertOptional(node.id);
  made.superClass = to.convertOptional(node.superClass);
  if (node.superTypeArguments != null) made.superTypeParameters = to.convert(node.superTypeArguments);
  made.body = to.convert(node.body);
  const [decorator] = asList(made.decorators ?? []);
  if (decorator !== undefined) moveStart(made, asEstree(decorator).start);
  return made;
};

const plain = same();

/** How statements, declarations and what modules hold are converted. */
export const STATEMENTS: Readonly<Record<string, Converter>> = {
  BlockStatement: block,
  VariableDeclaration: variables,
  VariableDeclarator: variable,
  ExpressionStatement: same('expression'),
  EmptyStatement: plain,
  DebuggerStatement: plain,
  IfStatement: same('test', 'consequent', 'alternate'),
  DoWhileStatement: same('body', 'test'),
  WhileStatement: same('test', 'body'),
  ForStatement: same('init', 'test', 'update', 'body'),
  ForInStatement: loopOver,
  ForOfStatement: loopOver,
  ContinueStatement: same('label'),
  BreakStatement: same('label'),
  ReturnStatement: same('argument'),
  SwitchStatement: switchNode,
  SwitchCase: same('consequent', 'test'),
  LabeledStatement: labeled,
  ThrowStatement: same('argument'),
  TryStatement: same('block', 'handler', 'finalizer'),
  CatchClause: same('param', 'body'),
  ImportDeclaration: importDeclaration,
  ImportSpecifier: importSpecifier,
  ImportDefaultSpecifier: same('local'),
  ImportNamespaceSpecifier: same('local'),
  ImportAttribute: same('key', 'value'),
  ExportNamedDeclaration: exportNamed,
  ExportSpecifier: exportSpecifier,
  ExportAllDeclaration: exportAll,
  ExportDefaultDeclaration: exportDefault,
  ClassDeclaration: classNode,
  ClassExpression: classNode,
  ClassBody: same('body'),
  StaticBlock: ownBody,
  TSModuleBlock: ownBody,
};
