import { ts } from 'ts-morph';
import { bareExpression, isMember, memberName } from '../effects/symbols.ts';
import type { Column, ColumnType, Model, Relation } from './schema.ts';

/**
 * The tables that are declared at the top of files, by the names of their variables: https://orm.drizzle.team/docs/sql-schema-declaration
 * A table that is exported, or given to `drizzle`, under another name is told under both. `relations` gives their relations:
 * https://orm.drizzle.team/docs/relations
 */
export function readDrizzleModels(
  sources: readonly ts.SourceFile[],
  checker: ts.TypeChecker,
): readonly Model[] {
  const direct = sources.filter(({ text }) => text.includes('drizzle-orm'));
  if (direct.length === 0) return [];
  // A file may have its tables made by a function of another one.
  const further = sources.filter(
    (source) => !direct.includes(source) && /\b(?:\w*Table\w*|table|relations)\s*\(/.test(source.text),
  );
  const at: Reading = { checker, bound: new Map() };
  const candidates = [...direct, ...further];
  const tables = tablesIn(candidates, at);
  if (tables.size === 0) return [];
  const casing = casingIn(sources, at);
  for (const table of tables.values()) readTable(table, casing, tables);
  for (const source of candidates) readRelations(source, tables, at);
  const isRelatedElsewhere = direct.some(({ text }) => /\bdefineRelations(?:Part)?\s*\(/.test(text));
  const models = new Map<Table, Model>();
  for (const table of tables.values()) {
    if (isRelatedElsewhere) table.unread.push('its relations, where `defineRelations` declares them');
    models.set(table, modelOf(table));
  }
  const named = [...models.values()];
  for (const [name, table] of otherNames(sources, tables, at)) {
    const model = models.get(table);
    if (model !== undefined) named.push({ ...model, name });
  }
  return named;
}

/** What a name stands for while an expression is read. */
type Known =
  /** An export of Drizzle; `*` for a module of it as a whole. */
  | { readonly kind: 'library'; readonly module: string; readonly name: string }
  /** An expression or a function of the project, and what it is the value of. */
  | { readonly kind: 'node'; readonly node: ts.Node; readonly declaration: ts.Node | undefined }
  /** The columns of the table that is being declared, or one of them. */
  | { readonly kind: 'row' }
  | { readonly kind: 'column'; readonly name: string };

interface Reading {
  readonly checker: ts.TypeChecker;
  /** What the parameters of the functions stand for whose bodies are being read. */
  readonly bound: ReadonlyMap<ts.Symbol, Known>;
}

/** How many names and calls are followed, one through the other. */
const DEPTH = 20;

const isDrizzle = (specifier: string): boolean => /^drizzle-orm(?:\/|$)/.test(specifier);

/** What an expression stands for, through variables, imports and members. */
function resolve(expression: ts.Expression, at: Reading, depth = 0): Known | undefined {
  const node = bareExpression(expression);
  if (depth > DEPTH) return undefined;
  if (ts.isIdentifier(node)) {
    const symbol = at.checker.getSymbolAtLocation(node);
    return symbol === undefined ? undefined : resolveSymbol(symbol, at, depth + 1);
  }
  if (isMember(node)) return resolveMember(node, at, depth);
  if (ts.isCallExpression(node) && node.expression.getText() === 'require') {
    const [specifier] = node.arguments;
    if (specifier !== undefined && ts.isStringLiteralLike(specifier) && isDrizzle(specifier.text)) {
      return { kind: 'library', module: specifier.text, name: '*' };
    }
  }
  return { kind: 'node', node, declaration: undefined };
}

function resolveMember(
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  at: Reading,
  depth: number,
): Known | undefined {
  const name = memberName(node);
  if (name === undefined) return undefined;
  const symbol = at.checker.getSymbolAtLocation(
    ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression,
  );
  const known = symbol === undefined ? undefined : resolveSymbol(symbol, at, depth + 1);
  if (known !== undefined) return known;
  const base = resolve(node.expression, at, depth + 1);
  if (base?.kind === 'library' && base.name === '*') return { ...base, name };
  if (base?.kind === 'row') return { kind: 'column', name };
  return { kind: 'node', node, declaration: undefined };
}

function resolveSymbol(symbol: ts.Symbol, at: Reading, depth: number): Known | undefined {
  const bound = at.bound.get(symbol);
  if (bound !== undefined) {
    return bound.kind === 'node' && bound.declaration === undefined && ts.isExpression(bound.node)
      ? resolve(bound.node, at, depth + 1)
      : bound;
  }
  const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
  if (declaration === undefined || depth > DEPTH) return undefined;
  if ((symbol.flags & ts.SymbolFlags.Alias) !== 0) return resolveAlias(symbol, declaration, at, depth);
  if (ts.isVariableDeclaration(declaration) || ts.isPropertyAssignment(declaration)) {
    return declaration.initializer === undefined
      ? undefined
      : valueOf(declaration, declaration.initializer, at, depth);
  }
  if (ts.isBindingElement(declaration)) return resolveElement(declaration, at, depth);
  if (ts.isShorthandPropertyAssignment(declaration)) {
    const value = at.checker.getShorthandAssignmentValueSymbol(declaration);
    return value === undefined ? undefined : resolveSymbol(value, at, depth + 1);
  }
  if (ts.isExportAssignment(declaration)) return resolve(declaration.expression, at, depth + 1);
  if (ts.isFunctionDeclaration(declaration)) return { kind: 'node', node: declaration, declaration };
  if (ts.isSourceFile(declaration)) return undefined;
  // `exports.users = …`
  const assignment = ts.isBinaryExpression(declaration) ? declaration : declaration.parent;
  return ts.isBinaryExpression(assignment) && assignment.operatorToken.kind === ts.SyntaxKind.EqualsToken
    ? valueOf(assignment, assignment.right, at, depth)
    : undefined;
}

/** What a variable or property holds: whatever its value stands for, or the value itself as that of `declaration`. */
function valueOf(
  declaration: ts.Node,
  initializer: ts.Expression,
  at: Reading,
  depth: number,
): Known | undefined {
  const known = resolve(initializer, at, depth + 1);
  return known?.kind === 'node' && known.declaration === undefined ? { ...known, declaration } : known;
}

/** A name that a pattern takes out of an object. */
function resolveElement(element: ts.BindingElement, at: Reading, depth: number): Known | undefined {
  const holder = element.parent.parent;
  if (!ts.isVariableDeclaration(holder) || holder.initializer === undefined) return undefined;
  const name = (element.propertyName ?? element.name).getText();
  const base = resolve(holder.initializer, at, depth + 1);
  if (base?.kind === 'library' && base.name === '*') return { ...base, name };
  const type = at.checker.getTypeAtLocation(holder.initializer);
  const property = type.getProperty(name);
  return property === undefined ? undefined : resolveSymbol(property, at, depth + 1);
}

/** A name that is imported, or exported again. */
function resolveAlias(
  symbol: ts.Symbol,
  declaration: ts.Declaration,
  at: Reading,
  depth: number,
): Known | undefined {
  const specifier = moduleOf(declaration);
  const name = nameInModule(declaration);
  if (specifier !== undefined && isDrizzle(specifier.text)) {
    return { kind: 'library', module: specifier.text, name };
  }
  const next = at.checker.getImmediateAliasedSymbol(symbol);
  if (next?.declarations !== undefined) return resolveSymbol(next, at, depth + 1);
  const module = specifier === undefined ? undefined : at.checker.getSymbolAtLocation(specifier);
  const library = libraryBehind(module, at, depth);
  return library === undefined ? undefined : { kind: 'library', module: library, name };
}

/** The text that names the module of an import; `const { users } = require('./schema')` in JavaScript is one, too. */
function moduleOf(declaration: ts.Declaration): ts.StringLiteralLike | undefined {
  let at: ts.Node = declaration;
  while (!ts.isImportDeclaration(at) && !ts.isExportDeclaration(at) && !ts.isVariableDeclaration(at)) {
    if (ts.isSourceFile(at)) return undefined;
    at = at.parent;
  }
  const required = ts.isVariableDeclaration(at) ? at.initializer : undefined;
  const specifier = ts.isVariableDeclaration(at)
    ? required !== undefined && ts.isCallExpression(required)
      ? required.arguments[0]
      : undefined
    : at.moduleSpecifier;
  return specifier !== undefined && ts.isStringLiteralLike(specifier) ? specifier : undefined;
}

const nameInModule = (declaration: ts.Declaration): string =>
  ts.isImportSpecifier(declaration) || ts.isExportSpecifier(declaration) || ts.isBindingElement(declaration)
    ? (declaration.propertyName ?? declaration.name).getText()
    : '*';

/** The module of Drizzle all of which a module of the project exports again. */
function libraryBehind(module: ts.Symbol | undefined, at: Reading, depth: number): string | undefined {
  const source = module?.valueDeclaration;
  if (source === undefined || !ts.isSourceFile(source) || depth > DEPTH) return undefined;
  for (const statement of source.statements) {
    if (!ts.isExportDeclaration(statement) || statement.exportClause !== undefined) continue;
    const specifier = statement.moduleSpecifier;
    if (specifier === undefined || !ts.isStringLiteral(specifier)) continue;
    if (isDrizzle(specifier.text)) return specifier.text;
    const library = libraryBehind(at.checker.getSymbolAtLocation(specifier), at, depth + 1);
    if (library !== undefined) return library;
  }
  return undefined;
}

/** The text that an expression gives. */
function textOf(expression: ts.Expression | undefined, at: Reading, depth = 0): string | undefined {
  if (expression === undefined || depth > DEPTH) return undefined;
  const node = bareExpression(expression);
  if (ts.isStringLiteralLike(node)) return node.text;
  const inner = (part: ts.Expression): string | undefined => textOf(part, at, depth + 1);
  if (ts.isTemplateExpression(node)) {
    const parts = node.templateSpans.map((span) => {
      const value = inner(span.expression);
      return value === undefined ? undefined : value + span.literal.text;
    });
    return parts.every((part) => part !== undefined) ? node.head.text + parts.join('') : undefined;
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [inner(node.left), inner(node.right)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  if (ts.isCallExpression(node)) {
    const body = entered(node, at);
    return body === undefined ? undefined : textOf(body.result, body.at, depth + 1);
  }
  const known = resolve(node, at);
  return known?.kind === 'node' && known.node !== node && ts.isExpression(known.node)
    ? inner(known.node)
    : undefined;
}

/** The object that an expression gives. */
function objectOf(
  expression: ts.Expression | undefined,
  at: Reading,
): { readonly object: ts.ObjectLiteralExpression; readonly at: Reading } | undefined {
  const known = expression === undefined ? undefined : resolve(expression, at);
  if (known?.kind !== 'node') return undefined;
  if (ts.isObjectLiteralExpression(known.node)) return { object: known.node, at };
  if (!ts.isCallExpression(known.node) || at.bound.size > DEPTH) return undefined;
  const body = entered(known.node, at);
  return body === undefined ? undefined : objectOf(body.result, body.at);
}

type FunctionWithResult = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration;

const isFunctionWithResult = (node: ts.Node): node is FunctionWithResult =>
  ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isFunctionDeclaration(node);

/** What a function returns, where it returns in one place only. */
function resultOf({ body }: FunctionWithResult): ts.Expression | undefined {
  if (body === undefined) return undefined;
  if (!ts.isBlock(body)) return bareExpression(body);
  const last = body.statements.at(-1);
  const isPlain = body.statements.slice(0, -1).every((statement) => ts.isVariableStatement(statement));
  return isPlain && last !== undefined && ts.isReturnStatement(last) ? last.expression : undefined;
}

/** What a call of a function of the project returns, and how that is read. */
function entered(
  call: ts.CallExpression,
  at: Reading,
): { readonly result: ts.Expression; readonly at: Reading } | undefined {
  const known = resolve(call.expression, at);
  if (known?.kind !== 'node' || !isFunctionWithResult(known.node) || at.bound.size > DEPTH) return undefined;
  const result = resultOf(known.node);
  if (result === undefined || call.arguments.some((argument) => ts.isSpreadElement(argument)))
    return undefined;
  const bound = new Map(at.bound);
  for (const [index, { name, initializer }] of known.node.parameters.entries()) {
    const value = call.arguments[index] ?? initializer;
    const symbol = at.checker.getSymbolAtLocation(name);
    // What the argument stands for is told where it is written: in the function its names mean something else.
    const stands = value === undefined ? undefined : resolve(value, at);
    if (symbol !== undefined && stands !== undefined) bound.set(symbol, stands);
  }
  return { result, at: { ...at, bound } };
}

/** `at`, in a function whose first parameter is `whole`, and whose pattern there takes its parts by `part`. */
function withParameter(
  node: FunctionWithResult,
  at: Reading,
  whole: Known,
  part: (name: string) => Known,
): Reading {
  const bound = new Map(at.bound);
  const set = (name: ts.Node, known: Known): void => {
    const symbol = at.checker.getSymbolAtLocation(name);
    if (symbol !== undefined) bound.set(symbol, known);
  };
  const name = node.parameters[0]?.name;
  if (name !== undefined && ts.isIdentifier(name)) set(name, whole);
  if (name !== undefined && ts.isObjectBindingPattern(name)) {
    for (const element of name.elements) {
      set(element.name, part((element.propertyName ?? element.name).getText()));
    }
  }
  return { ...at, bound };
}

/** A table while it is read. */
interface Table {
  /** The name of its variable. */
  readonly name: string;
  readonly call: TableCall;
  readonly seenAt: Model['seenAt'];
  readonly columns: Map<string, Column>;
  readonly primaryKey: string[];
  readonly uniques: (readonly string[])[];
  readonly indexes: (readonly string[])[];
  readonly relations: Map<string, DeclaredRelation>;
  readonly unread: string[];
}

/** Tables by what declares them: a variable, a property, an assignment. */
type Tables = ReadonlyMap<ts.Node, Table>;

/** A call that makes a table: `pgTable('users', { … }, (t) => [ … ])`. */
interface TableCall {
  /** `drizzle-orm/pg-core`. */
  readonly module: string;
  readonly table: string | undefined;
  readonly columns: ts.Expression | undefined;
  readonly extras: ts.Expression | undefined;
  readonly at: Reading;
}

function tablesIn(sources: readonly ts.SourceFile[], at: Reading): Tables {
  const tables = new Map<ts.Node, Table>();
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    const declared = declaredBy(node);
    const call = declared === undefined ? undefined : tableCallOf(declared.value, at);
    if (declared === undefined || call === undefined) return ts.forEachChild(node, visit);
    tables.set(node, {
      name: declared.name,
      call,
      seenAt: siteOf(node),
      columns: new Map(),
      primaryKey: [],
      uniques: [],
      indexes: [],
      relations: new Map(),
      unread: [],
    });
  };
  for (const source of sources) visit(source);
  return tables;
}

/** What a node gives a name to. */
function declaredBy(node: ts.Node): { readonly name: string; readonly value: ts.Expression } | undefined {
  if (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)) {
    const { name, initializer } = node;
    return initializer !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name))
      ? { name: name.text, value: initializer }
      : undefined;
  }
  const isExport =
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isPropertyAccessExpression(node.left) &&
    /^(?:module\.)?exports$/.test(node.left.expression.getText());
  return isExport && ts.isPropertyAccessExpression(node.left)
    ? { name: node.left.name.text, value: node.right }
    : undefined;
}

function siteOf(node: ts.Node): Model['seenAt'] {
  const source = node.getSourceFile();
  return {
    path: source.fileName,
    line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
  };
}

function tableCallOf(expression: ts.Expression, at: Reading): TableCall | undefined {
  const node = bareExpression(expression);
  if (!ts.isCallExpression(node)) return undefined;
  const callee = bareExpression(node.expression);
  // https://orm.drizzle.team/docs/rls
  if (isMember(callee) && memberName(callee) === 'enableRLS') return tableCallOf(callee.expression, at);
  const [name, columns, extras] = node.arguments;
  const made = (module: string, table: string | undefined): TableCall => ({
    module,
    table,
    columns,
    extras,
    at,
  });
  const known = resolve(
    isMember(callee) && memberName(callee) === 'withRLS' ? callee.expression : callee,
    at,
  );
  if (known?.kind === 'library') {
    return /^(?:pg|mysql|sqlite|singlestore|gel)Table$/.test(known.name)
      ? made(known.module, textOf(name, at))
      : undefined;
  }
  if (known?.kind !== 'node') return undefined;
  if (ts.isCallExpression(known.node)) {
    // https://orm.drizzle.team/docs/goodies#multi-project-schema
    const creator = resolve(known.node.expression, at);
    if (creator?.kind !== 'library' || !creator.name.endsWith('TableCreator')) return undefined;
    return made(creator.module, nameBy(known.node.arguments[0], name, at));
  }
  if (isMember(known.node) && memberName(known.node) === 'table') {
    const schema = makerOf(known.node.expression, at);
    return schema !== undefined && schema.name.endsWith('Schema')
      ? made(schema.module, textOf(name, at))
      : undefined;
  }
  const body = entered(node, at);
  return body === undefined ? undefined : tableCallOf(body.result, body.at);
}

/** The name that a function for names gives to a table. */
function nameBy(
  customize: ts.Expression | undefined,
  name: ts.Expression | undefined,
  at: Reading,
): string | undefined {
  const known = customize === undefined ? undefined : resolve(customize, at);
  if (name === undefined || known?.kind !== 'node' || !isFunctionWithResult(known.node)) return undefined;
  const given: Known = { kind: 'node', node: name, declaration: undefined };
  return textOf(
    resultOf(known.node),
    withParameter(known.node, at, given, () => given),
  );
}

/** The export of Drizzle that made what an expression stands for: `pgSchema` of a schema, `pgEnum` of an enum. */
function makerOf(expression: ts.Expression, at: Reading): (Known & { readonly kind: 'library' }) | undefined {
  const known = resolve(expression, at);
  if (known?.kind !== 'node' || !ts.isCallExpression(known.node)) return undefined;
  const callee = bareExpression(known.node.expression);
  const maker = resolve(callee, at);
  if (maker?.kind === 'library') return maker;
  const schema =
    isMember(callee) && memberName(callee) === 'enum' ? makerOf(callee.expression, at) : undefined;
  return schema === undefined ? undefined : { ...schema, name: 'pgEnum' };
}

/** The table that an expression stands for. */
function tableOf(expression: ts.Expression | undefined, tables: Tables, at: Reading): Table | undefined {
  const known = expression === undefined ? undefined : resolve(expression, at);
  return known?.kind === 'node' && known.declaration !== undefined
    ? tables.get(known.declaration)
    : undefined;
}

function readTable(table: Table, casing: Casing, tables: Tables): void {
  const { columns, at, module } = table.call;
  const known = columns === undefined ? undefined : resolve(columns, at);
  const builders: Known = { kind: 'library', module, name: '*' };
  if (known?.kind === 'node' && isFunctionWithResult(known.node)) {
    const inside = withParameter(known.node, at, builders, (name) => ({ ...builders, name }));
    readColumns(table, resultOf(known.node), casing, inside);
  } else {
    readColumns(table, columns, casing, at);
  }
  readExtras(table, tables);
  // A key of several columns is declared beside them. SQLite alone allows nulls in it.
  if (module.includes('sqlite')) return;
  for (const name of table.primaryKey) {
    const column = table.columns.get(name);
    if (column !== undefined) table.columns.set(name, { ...column, isNullable: false });
  }
}

function readColumns(table: Table, columns: ts.Expression | undefined, casing: Casing, at: Reading): void {
  const found = objectOf(columns, at);
  if (found === undefined) {
    table.unread.push(columns === undefined ? 'its columns' : `its columns from \`${short(columns)}\``);
    return;
  }
  for (const property of found.object.properties) {
    if (ts.isSpreadAssignment(property)) {
      readColumns(table, property.expression, casing, found.at);
      continue;
    }
    const name = propertyName(property, found.at);
    const value = propertyValue(property);
    if (name === undefined || value === undefined) {
      table.unread.push(`the column \`${short(property)}\``);
      continue;
    }
    readColumn(table, name, value, casing, found.at);
  }
}

const short = (node: ts.Node): string => {
  const text = node.getText().replace(/\s+/g, ' ');
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
};

function propertyName(property: ts.ObjectLiteralElementLike, at: Reading): string | undefined {
  const { name } = property;
  if (name === undefined) return undefined;
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) return name.text;
  return ts.isComputedPropertyName(name) ? textOf(name.expression, at) : undefined;
}

const propertyValue = (property: ts.ObjectLiteralElementLike): ts.Expression | undefined => {
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
};

/** A value that Drizzle builds by a chain of calls: `text('name').notNull()`. */
interface Built {
  readonly module: string;
  /** The export that the chain begins with; `enum` and `custom` for those that the project declares itself. */
  readonly name: string;
  /** The first call. */
  readonly call: ts.CallExpression;
  readonly calls: readonly { readonly name: string; readonly args: readonly ts.Expression[] }[];
  readonly at: Reading;
}

function builtBy(expression: ts.Expression, at: Reading, depth = 0): Built | undefined {
  if (depth > DEPTH) return undefined;
  const node = valueBehind(expression, at);
  if (node === undefined || !ts.isCallExpression(node)) return undefined;
  const callee = bareExpression(node.expression);
  const known = resolve(callee, at);
  if (known?.kind === 'library') {
    return { module: known.module, name: known.name, call: node, calls: [], at };
  }
  const maker = makerOf(callee, at);
  if (maker !== undefined && /(?:Enum|^customType)$/.test(maker.name)) {
    const name = maker.name === 'customType' ? 'custom' : 'enum';
    return { module: maker.module, name, call: node, calls: [], at };
  }
  const body = entered(node, at);
  if (body !== undefined) return builtBy(body.result, body.at, depth + 1);
  const inner = isMember(callee) ? builtBy(callee.expression, at, depth + 1) : undefined;
  const name = isMember(callee) ? memberName(callee) : undefined;
  if (inner === undefined || name === undefined) return undefined;
  return { ...inner, calls: [...inner.calls, { name, args: node.arguments }] };
}

/** The expression that a name stands for in the end. */
function valueBehind(expression: ts.Expression, at: Reading): ts.Expression | undefined {
  const node = bareExpression(expression);
  if (!ts.isIdentifier(node) && !isMember(node)) return node;
  const known = resolve(node, at);
  return known?.kind === 'node' && ts.isExpression(known.node) ? known.node : undefined;
}

function readColumn(table: Table, name: string, value: ts.Expression, casing: Casing, at: Reading): void {
  const built = builtBy(value, at);
  if (built === undefined) {
    table.unread.push(`what the column \`${name}\` is: \`${short(value)}\``);
    table.columns.set(name, {
      name,
      column: name,
      type: 'unknown',
      written: short(value),
      isNullable: undefined,
      isList: false,
      isHidden: false,
    });
    return;
  }
  let isNullable = !/^(?:small|big)?serial$/.test(built.name);
  let isUnique = false;
  let isKey = false;
  let isList = false;
  for (const { name: method } of built.calls) {
    if (method === 'array') {
      // An array is another column, which knows nothing of what was said of its elements.
      [isNullable, isUnique, isKey, isList] = [true, false, false, true];
    }
    if (/^(?:notNull|primaryKey|generated(?:Always|ByDefault)AsIdentity)$/.test(method)) isNullable = false;
    if (method === 'unique') isUnique = true;
    if (method === 'primaryKey') isKey = true;
  }
  if (isKey) table.primaryKey.push(name);
  if (isUnique) table.uniques.push([name]);
  table.columns.set(name, {
    name,
    column: columnName(table, name, built, casing),
    type: typeOf(built),
    written: `${built.name === 'enum' || built.name === 'custom' ? short(built.call.expression) : built.name}(${built.call.arguments
      .map((argument) => short(argument))
      .join(', ')})`,
    isNullable,
    isList,
    isHidden: false,
  });
}

/** What the database calls a column: the first argument, or the property as `casing` says. */
function columnName(table: Table, name: string, { call, at }: Built, casing: Casing): string {
  const [first] = call.arguments;
  const isNamed =
    first !== undefined && objectOf(first, at) === undefined && valuesOf(first, at) === undefined;
  if (isNamed) {
    const written = textOf(first, at);
    if (written !== undefined) return written;
    table.unread.push(`what the database calls the column \`${name}\``);
    return name;
  }
  if (casing === 'unknown') table.unread.push(`what the database calls the column \`${name}\``);
  return casing === 'snake_case' || casing === 'camelCase' ? cased(name, casing) : name;
}

/** The elements of a list. */
function valuesOf(expression: ts.Expression | undefined, at: Reading): readonly ts.Expression[] | undefined {
  const known = expression === undefined ? undefined : resolve(expression, at);
  return known?.kind === 'node' && ts.isArrayLiteralExpression(known.node) ? known.node.elements : undefined;
}

/** What each builder gives: https://orm.drizzle.team/docs/column-types/pg and its neighbours for MySQL and SQLite. */
const TYPES: Readonly<Record<string, ColumnType>> = {
  integer: 'integer',
  int: 'integer',
  smallint: 'integer',
  mediumint: 'integer',
  tinyint: 'integer',
  serial: 'integer',
  smallserial: 'integer',
  year: 'integer',
  bigint: 'bigint',
  bigserial: 'bigint',
  numeric: 'decimal',
  decimal: 'decimal',
  real: 'float',
  float: 'float',
  double: 'float',
  doublePrecision: 'float',
  text: 'string',
  tinytext: 'string',
  mediumtext: 'string',
  longtext: 'string',
  varchar: 'string',
  char: 'string',
  time: 'string',
  uuid: 'uuid',
  boolean: 'boolean',
  date: 'date',
  datetime: 'date',
  timestamp: 'date',
  json: 'json',
  jsonb: 'json',
  blob: 'bytes',
  bytea: 'bytes',
  enum: 'enum',
  mysqlEnum: 'enum',
  singlestoreEnum: 'enum',
};

/** What the `mode` of a builder makes of its type. Dates that are given as texts stay dates: so they compare. */
const MODES: Readonly<Record<string, Readonly<Record<string, ColumnType>>>> = {
  integer: { timestamp: 'date', timestamp_ms: 'date', boolean: 'boolean' },
  bigint: { number: 'integer' },
  decimal: { number: 'float', bigint: 'bigint' },
  string: { json: 'json' },
  bytes: { json: 'json', bigint: 'bigint' },
};

function typeOf({ name, call, at }: Built): ColumnType {
  const type = TYPES[name] ?? 'unknown';
  const modes = MODES[type];
  if (modes === undefined) return type;
  for (const argument of call.arguments) {
    const config = objectOf(argument, at);
    if (config === undefined) {
      if (textOf(argument, at) === undefined && call.arguments.at(-1) === argument) return 'unknown';
      continue;
    }
    if (config.object.properties.some((property) => ts.isSpreadAssignment(property))) return 'unknown';
    const mode = propertyOf(config.object, 'mode', config.at);
    if (mode === undefined) continue;
    const text = textOf(mode, config.at);
    return text === undefined ? 'unknown' : (modes[text] ?? type);
  }
  return type;
}

/** The value of a property that is written out. */
function propertyOf(
  object: ts.ObjectLiteralExpression,
  name: string,
  at: Reading,
): ts.Expression | undefined {
  const property = object.properties.findLast((one) => propertyName(one, at) === name);
  return property === undefined ? undefined : propertyValue(property);
}

/** How properties become names of columns: https://orm.drizzle.team/docs/sql-schema-declaration#camel-and-snake-casing */
type Casing = 'none' | 'snake_case' | 'camelCase' | 'unknown';

/** The casing that the project sets, in a call of `drizzle` or in what is given to one. */
function casingIn(sources: readonly ts.SourceFile[], at: Reading): Casing {
  const found = new Set<Casing>();
  const visit = (node: ts.Node): void => {
    if (
      (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) &&
      node.name.getText() === 'casing'
    ) {
      const value = propertyValue(node);
      const behind = value === undefined ? undefined : valueBehind(value, at);
      const text = textOf(behind, at);
      found.add(text === 'snake_case' || text === 'camelCase' ? text : 'unknown');
    }
    ts.forEachChild(node, visit);
  };
  for (const source of sources) {
    if (/\bcasing\b/.test(source.text) && source.text.includes('drizzle')) visit(source);
  }
  const [first = 'none', second] = found;
  return second === undefined ? first : 'unknown';
}

function cased(name: string, casing: 'snake_case' | 'camelCase'): string {
  // A new word begins at a capital after a small letter or digit, at the last of several capitals, and at a digit after a capital.
  const words = name
    .replace(/['\u2019]/g, '')
    .split(/[^\dA-Za-z]+|(?<=[\da-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]|\d)/)
    .filter((word) => word !== '');
  if (casing === 'snake_case') return words.map((word) => word.toLowerCase()).join('_');
  return words
    .map((word, index) => (index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
}

/** https://orm.drizzle.team/docs/indexes-constraints */
function readExtras(table: Table, tables: Tables): void {
  const { extras, at } = table.call;
  if (extras === undefined) return;
  const known = resolve(extras, at);
  const unreadable = (node: ts.Node): void => {
    table.unread.push(`a key or an index: \`${short(node)}\``);
  };
  if (known?.kind !== 'node' || !isFunctionWithResult(known.node)) return unreadable(extras);
  const inside = withParameter(known.node, at, { kind: 'row' }, (name) => ({ kind: 'column', name }));
  const result = resultOf(known.node);
  const list = valuesOf(result, inside);
  const object = objectOf(result, inside);
  const entries = list ?? object?.object.properties;
  if (entries === undefined) return unreadable(extras);
  for (const entry of entries) {
    const value = ts.isExpression(entry) ? entry : propertyValue(entry);
    const built = value === undefined ? undefined : builtBy(value, inside);
    if (built === undefined || !readExtra(table, built, tables)) unreadable(entry);
  }
}

/** Adds the key or index that a chain declares; false where it cannot be read. */
function readExtra(table: Table, built: Built, tables: Tables): boolean {
  const { name, call, calls, at } = built;
  if (!/^(?:primaryKey|unique|uniqueIndex|index)$/.test(name)) {
    return /^(?:foreignKey|check|pgPolicy|gelPolicy|spatialIndex|fulltextIndex|vectorIndex)$/.test(name);
  }
  const named = (list: readonly ts.Expression[]): readonly string[] | undefined => {
    const names = list.map((one) => columnIn(one, table, tables, at));
    return names.every((one) => one !== undefined) && names.length > 0 ? names : undefined;
  };
  if (name === 'primaryKey') {
    const config = objectOf(call.arguments[0], at);
    const listed =
      config === undefined
        ? call.arguments
        : valuesOf(propertyOf(config.object, 'columns', config.at), config.at);
    const columns = listed === undefined ? undefined : named(listed);
    if (columns === undefined) return false;
    table.primaryKey.push(...columns);
    return true;
  }
  // What holds for some of the rows, or for what is computed from them, tells nothing of the columns.
  if (calls.some((one) => one.name === 'where')) return true;
  const on = calls.find((one) => one.name === 'on' || one.name === 'onOnly');
  const using = calls.find((one) => one.name === 'using');
  const [method, ...rest] = using?.args ?? [];
  // PostgreSQL alone has indexes that find no rows by their values.
  if (method !== undefined && !/^(?:btree|hash|brin)$/.test(textOf(method, at) ?? '')) return true;
  const listed = on?.args ?? rest;
  if (listed.some((one) => isSql(one, at))) return true;
  const columns = named(listed);
  if (columns === undefined) return false;
  (name === 'index' ? table.indexes : table.uniques).push(columns);
  return true;
}

/** Whether a part of an index is an expression in SQL. */
function isSql(expression: ts.Expression, at: Reading): boolean {
  const node = bareExpression(expression);
  if (ts.isTaggedTemplateExpression(node)) return true;
  const known = resolve(node, at);
  return known?.kind === 'node' && ts.isTaggedTemplateExpression(known.node);
}

/** The column of `table` that an expression names, whatever order it gives it. */
function columnIn(expression: ts.Expression, table: Table, tables: Tables, at: Reading): string | undefined {
  let node = bareExpression(expression);
  while (
    ts.isCallExpression(node) &&
    isMember(node.expression) &&
    /^(?:asc|desc|nullsFirst|nullsLast|op)$/.test(memberName(node.expression) ?? '')
  )
    node = bareExpression(node.expression.expression);
  const known = resolve(node, at);
  const name =
    known?.kind === 'column'
      ? known.name
      : isMember(node) && tableOf(node.expression, tables, at) === table
        ? memberName(node)
        : undefined;
  return name !== undefined && table.columns.has(name) ? name : undefined;
}

/** A relation as one table declares it. */
interface DeclaredRelation {
  readonly name: string;
  readonly kind: 'one' | 'many';
  readonly source: Table;
  readonly target: Table;
  readonly relationName: string | undefined;
  /** The keys, where this side gives them. */
  readonly keys: Keys | undefined;
}

type Keys = Pick<Relation, 'from' | 'to'>;

function readRelations(source: ts.SourceFile, tables: Tables, at: Reading): void {
  if (!/\brelations\b/.test(source.text)) return;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    const known = ts.isCallExpression(node) ? resolve(node.expression, at) : undefined;
    if (ts.isCallExpression(node) && known?.kind === 'library' && known.name === 'relations') {
      readRelationsOf(node, tables, at);
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}

/** `relations(posts, ({ one, many }) => ({ … }))`. */
function readRelationsOf(call: ts.CallExpression, tables: Tables, at: Reading): void {
  const [owner, declare] = call.arguments;
  const table = tableOf(owner, tables, at);
  if (table === undefined || declare === undefined) return;
  const known = resolve(declare, at);
  if (known?.kind !== 'node' || !isFunctionWithResult(known.node)) {
    table.unread.push(`its relations from \`${short(declare)}\``);
    return;
  }
  const helpers: Known = { kind: 'library', module: 'drizzle-orm', name: '*' };
  const inside = withParameter(known.node, at, helpers, (name) => ({ ...helpers, name }));
  readRelationObject(table, resultOf(known.node), tables, inside);
}

function readRelationObject(
  table: Table,
  expression: ts.Expression | undefined,
  tables: Tables,
  at: Reading,
): void {
  const found = objectOf(expression, at);
  if (found === undefined) {
    table.unread.push(`its relations from \`${expression === undefined ? '' : short(expression)}\``);
    return;
  }
  for (const property of found.object.properties) {
    if (ts.isSpreadAssignment(property)) {
      readRelationObject(table, property.expression, tables, found.at);
      continue;
    }
    const name = propertyName(property, found.at);
    const value = propertyValue(property);
    const relation =
      name === undefined || value === undefined
        ? undefined
        : declaredRelation(table, name, value, tables, found.at);
    if (relation === undefined) table.unread.push(`the relation \`${name ?? short(property)}\``);
    else table.relations.set(relation.name, relation);
  }
}

function declaredRelation(
  source: Table,
  name: string,
  value: ts.Expression,
  tables: Tables,
  at: Reading,
): DeclaredRelation | undefined {
  const built = builtBy(value, at);
  if (built === undefined || (built.name !== 'one' && built.name !== 'many')) return undefined;
  const [other, config] = built.call.arguments;
  const target = tableOf(other, tables, built.at);
  if (target === undefined) return undefined;
  const declared = { name, kind: built.name, source, target } as const;
  if (config === undefined) return { ...declared, relationName: undefined, keys: undefined };
  const found = objectOf(config, built.at);
  if (found === undefined) return undefined;
  const { object } = found;
  if (object.properties.some((property) => ts.isSpreadAssignment(property))) return undefined;
  const named = propertyOf(object, 'relationName', found.at);
  const relationName = textOf(named, found.at);
  if (named !== undefined && relationName === undefined) return undefined;
  const fields = propertyOf(object, 'fields', found.at);
  if (fields === undefined || built.name === 'many') return { ...declared, relationName, keys: undefined };
  const columns = (
    list: readonly ts.Expression[] | undefined,
    table: Table,
  ): readonly (string | undefined)[] =>
    list?.map((one) => columnIn(one, table, tables, found.at)) ?? [undefined];
  const from = columns(valuesOf(fields, found.at), source);
  const to = columns(valuesOf(propertyOf(object, 'references', found.at), found.at), target);
  const isRead = (names: readonly (string | undefined)[]): names is readonly string[] =>
    names.every((one) => one !== undefined) && names.length === from.length;
  return isRead(from) && isRead(to) && from.length > 0
    ? { ...declared, relationName, keys: { from, to } }
    : undefined;
}

/** The keys of a relation: its own, or those of the one that leads back. A clause that says what is missing otherwise. */
function keysOf(relation: DeclaredRelation): Keys | string {
  if (relation.keys !== undefined) return relation.keys;
  const { name, source, target, relationName } = relation;
  // Where this side has no name, whatever leads back is meant, named or not.
  const back = [...target.relations.values()].filter((other) =>
    relationName === undefined
      ? other.target === source
      : other !== relation && other.relationName === relationName,
  );
  const [only] = back;
  if (back.length > 1) return `\`${name}\`: several relations of \`${target.name}\` lead back`;
  if (only?.keys === undefined || only.target !== source) {
    return `\`${name}\`: no relation of \`${target.name}\` that has keys leads back`;
  }
  return { from: only.keys.to, to: only.keys.from };
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.join('\0') === other.join('\0');

/** The relation of the other table over the same keys. */
function inverseOf(relation: DeclaredRelation, keys: Keys): DeclaredRelation | undefined {
  const { source, target, relationName } = relation;
  const back = [...target.relations.values()].filter((other) => {
    if (other === relation || other.target !== source) return false;
    const theirs = keysOf(other);
    return typeof theirs !== 'string' && isSame(theirs.from, keys.to) && isSame(theirs.to, keys.from);
  });
  return back.find((other) => other.relationName === relationName) ?? back[0];
}

function modelOf(table: Table): Model {
  const unread = [...table.unread];
  const relations = [...table.relations.values()].flatMap((relation): Relation[] => {
    const keys = keysOf(relation);
    if (typeof keys === 'string') {
      unread.push(keys);
      return [];
    }
    const inverse = inverseOf(relation, keys);
    return [
      {
        name: relation.name,
        kind: relation.kind,
        model: relation.target.name,
        ...keys,
        ...(inverse === undefined ? {} : { inverse: inverse.name }),
        isEager: false,
        isLazy: false,
        isFiltered: false,
      },
    ];
  });
  return {
    orm: 'drizzle',
    name: table.name,
    table: table.call.table,
    columns: [...table.columns.values()],
    primaryKey: table.primaryKey,
    uniques: table.uniques.filter((unique) => !isSame(unique, table.primaryKey)),
    indexes: table.indexes,
    relations,
    hooks: [],
    defaultScope: undefined,
    softDelete: undefined,
    virtuals: [],
    unread,
    seenAt: table.seenAt,
  };
}

/** The names beside their own by which tables are exported, or are known to the queries of `drizzle(…, { schema })`. */
function otherNames(
  sources: readonly ts.SourceFile[],
  tables: Tables,
  at: Reading,
): readonly (readonly [name: string, table: Table])[] {
  const found = new Map<string, readonly [string, Table]>();
  const add = (name: string, known: Known | undefined): void => {
    if (known?.kind !== 'node' || known.declaration === undefined) return;
    const table = tables.get(known.declaration);
    if (table === undefined || table.name === name || name === 'default') return;
    found.set(`${name}\0${table.seenAt.path}\0${table.seenAt.line}`, [name, table]);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isExportSpecifier(node) && node.propertyName !== undefined) {
      const symbol = at.checker.getSymbolAtLocation(node.name);
      if (symbol !== undefined) add(node.name.text, resolveSymbol(symbol, at, 0));
    }
    if (
      (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) &&
      node.name.getText() === 'schema'
    ) {
      const value = propertyValue(node);
      const schema = value === undefined ? undefined : valueBehind(value, at);
      if (schema !== undefined && ts.isObjectLiteralExpression(schema)) {
        for (const property of schema.properties) {
          if (!ts.isPropertyAssignment(property)) continue;
          add(propertyName(property, at) ?? 'default', resolve(property.initializer, at));
        }
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const source of sources) {
    if (/\bexport\s*(?:type\s*)?\{[^}]*\bas\b|\bdrizzle\s*(?:<[^()]*>)?\(/.test(source.text)) visit(source);
  }
  return [...found.values()];
}
