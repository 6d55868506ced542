import { builtinModules } from 'node:module';
import { dirname, extname, isAbsolute, join, posix, relative, sep } from 'node:path';
import { joinCode } from '../edits/code.ts';
import { spanOf, type Code, type Edit } from '../edits/edit.ts';
import type { Path, t } from './ast.ts';
import { licenceOf, nextCode, ownLeadingComments, previousCode } from './comments.ts';
import type { ParsedFile } from './file.ts';
import { eolOf, isBlankLine, lineEnd, lineStart, nextLine } from './lines.ts';
import { addProperty, addToList, removeFromList } from './lists.ts';
import { insertAfter, removeStatements } from './statements.ts';
import { styleOf } from './style.ts';

/** A binding that new code needs. */
export interface ImportRequest {
  /** The module: a package's name, or an absolute path, which is written relative to the file. */
  readonly from: string;
  /** The exported name, `default`, or `*` for the namespace. In CommonJS both of these are the whole module. */
  readonly name: string;
  /** The local name that is wished for; another is taken where it clashes. */
  readonly as?: string;
  /** Whether only its type is needed. */
  readonly typeOnly?: boolean;
}

/** What the file itself does not say. */
export interface ImportHabits {
  /** Whether a file that neither imports nor requires anything is an ES module. Default: it is. */
  readonly isModule?: boolean;
  /** The ending of relative specifiers in a file that has none to follow. Default: `.js` where Node asks for it, else none. */
  readonly extension?: '' | '.js' | '.ts';
}

/** A binding that a file has of a module. */
interface Binding {
  readonly local: string;
  /** The exported name; `*` for all of them. */
  readonly name: string;
  readonly isType: boolean;
  readonly statement: t.Statement;
  readonly specifier: t.Node;
}

/** One `import` or `require` at the top level of a file, and what it binds. */
interface Import {
  readonly from: string;
  readonly statement: t.Statement;
  readonly bindings: readonly Binding[];
  /** The pattern of a `require` that is taken apart. */
  readonly pattern?: t.ObjectPattern;
  /** What declares it, where that is a `require`. */
  readonly declarator?: t.VariableDeclarator;
}

const isTypeScript = (file: ParsedFile): boolean => /^\.[mc]?tsx?$/.test(extname(file.path));

/** The argument of `require('…')`. */
function requiredBy(node: t.Node | null | undefined): string | undefined {
  if (node?.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require')
    return undefined;
  const [argument, ...others] = node.arguments;
  return argument?.type === 'StringLiteral' && others.length === 0 ? argument.value : undefined;
}

const nameOf = (node: t.Node): string | undefined =>
  node.type === 'Identifier' ? node.name : node.type === 'StringLiteral' ? node.value : undefined;

function fromDeclaration(statement: t.ImportDeclaration): Import {
  const bindings = statement.specifiers.map((specifier): Binding => {
    const name =
      specifier.type === 'ImportDefaultSpecifier'
        ? 'default'
        : specifier.type === 'ImportNamespaceSpecifier'
          ? '*'
          : (nameOf(specifier.imported) ?? '');
    const kind = specifier.type === 'ImportSpecifier' ? specifier.importKind : undefined;
    const isType =
      statement.importKind === 'type' ||
      statement.importKind === 'typeof' ||
      kind === 'type' ||
      kind === 'typeof';
    return { local: specifier.local.name, name, isType, statement, specifier };
  });
  return { from: statement.source.value, statement, bindings };
}

function fromDeclarator(
  statement: t.VariableDeclaration,
  declarator: t.VariableDeclarator,
): Import | undefined {
  const { id, init } = declarator;
  const whole = requiredBy(init);
  const binding = (local: string, name: string, specifier: t.Node): Binding => ({
    local,
    name,
    isType: false,
    statement,
    specifier,
  });
  if (whole !== undefined && id.type === 'Identifier') {
    return { from: whole, statement, declarator, bindings: [binding(id.name, '*', declarator)] };
  }
  if (whole !== undefined && id.type === 'ObjectPattern') {
    const bindings = id.properties.flatMap((property) => {
      if (property.type !== 'ObjectProperty' || property.computed) return [];
      const local = nameOf(property.value);
      const name = nameOf(property.key);
      return property.value.type === 'Identifier' && local !== undefined && name !== undefined
        ? [binding(local, name, property)]
        : [];
    });
    return { from: whole, statement, declarator, bindings, pattern: id };
  }
  if (init?.type === 'MemberExpression' && !init.computed && id.type === 'Identifier') {
    const from = requiredBy(init.object);
    const name = nameOf(init.property);
    if (from !== undefined && name !== undefined)
      return { from, statement, declarator, bindings: [binding(id.name, name, declarator)] };
  }
  return undefined;
}

/** What `file` imports or requires at its top level. */
function importsOf(file: ParsedFile): readonly Import[] {
  return file.tree.program.body.flatMap((statement): readonly Import[] => {
    if (statement.type === 'ImportDeclaration') return [fromDeclaration(statement)];
    if (statement.type === 'VariableDeclaration') {
      return statement.declarations.flatMap((declarator) => fromDeclarator(statement, declarator) ?? []);
    }
    if (
      statement.type === 'TSImportEqualsDeclaration' &&
      statement.moduleReference.type === 'TSExternalModuleReference'
    ) {
      const { value } = statement.moduleReference.expression;
      const binding = {
        local: statement.id.name,
        name: '*',
        isType: statement.importKind === 'type',
        statement,
        specifier: statement,
      };
      return [{ from: value, statement, bindings: [binding] }];
    }
    return [];
  });
}

/** Whether new imports of `file` are written as `require` calls. */
function isCommonJs(file: ParsedFile, habits: ImportHabits): boolean {
  const extension = extname(file.path);
  if (extension === '.cjs') return true;
  if (/^\.(?:mjs|mts|cts)$/.test(extension)) return false;
  const { body } = file.tree.program;
  if (body.some(({ type }) => /^(?:Import|Export|TSImportEquals|TSExport)/.test(type))) return false;
  const requires = file.find('CallExpression').some(({ node }) => requiredBy(node) !== undefined);
  const exports = file
    .find('AssignmentExpression')
    .some(({ node }) => /^(?:module\.)?exports\b/.test(file.text.slice(...spanOf(node.left))));
  if (requires || exports) return true;
  return !isTypeScript(file) && habits.isModule === false;
}

const SOURCE_EXTENSION = /\.(?:d\.)?[mc]?[jt]sx?$/;
const isRelative = (from: string): boolean => /^\.\.?(?:\/|$)/.test(from);

/** One name for a module however it is written: without `node:`, an extension or `/index`. */
function moduleOf(file: ParsedFile, from: string): string {
  if (!isRelative(from) && !isAbsolute(from)) return from.replace(/^node:/, '');
  const path = isAbsolute(from) ? from : join(dirname(file.path), from);
  return path
    .split(sep)
    .join('/')
    .replace(SOURCE_EXTENSION, '')
    .replace(/\/index$/, '');
}

const COMPILED: Readonly<Record<string, string>> = {
  '.ts': '.js',
  '.tsx': '.js',
  '.jsx': '.js',
  '.mts': '.mjs',
  '.cts': '.cjs',
};

/** The ending that relative specifiers of `file` have. */
/** Whether a specifier leads to something other than code. A dot alone says nothing: `./user.service` is code. */
const isAsset = (from: string): boolean =>
  /\.(?:json|css|s[ac]ss|less|sql|svg|png|jpe?g|gif|webp|graphqls?|gql|html?|txt|md|ya?ml|wasm|node|proto|csv|xml|woff2?)$/i.test(
    from,
  );

function extensionHabit(file: ParsedFile, habits: ImportHabits): string {
  const relatives = specifiersIn(file).filter((from) => isRelative(from) && !isAsset(from));
  if (relatives.length > 0) {
    const endings = relatives.map((from) =>
      /\.[mc]?ts$/.test(from) ? '.ts' : /\.[mc]?jsx?$/.test(from) ? '.js' : '',
    );
    return ['', '.js', '.ts'].toSorted((a, b) => countOf(endings, b) - countOf(endings, a))[0] ?? '';
  }
  if (habits.extension !== undefined) return habits.extension;
  return /^\.(?:mjs|mts)$/.test(extname(file.path)) || (!isTypeScript(file) && !isCommonJs(file, habits))
    ? '.js'
    : '';
}

const countOf = <T>(list: readonly T[], one: T): number => list.filter((other) => other === one).length;

/** Every specifier that `file` imports, exports from or requires. */
export function specifiersIn(file: ParsedFile): readonly string[] {
  const declared = file.tree.program.body.flatMap((node) =>
    'source' in node && node.source != null ? [node.source.value] : [],
  );
  return [...declared, ...file.find('CallExpression').flatMap(({ node }) => requiredBy(node) ?? [])];
}

/** How `from` is written in `file`. */
function specifierFor(file: ParsedFile, from: string, habits: ImportHabits): string {
  if (!isAbsolute(from)) return builtinSpecifier(file, from);
  const path = relative(dirname(file.path), from).split(sep).join(posix.sep);
  const dotted = path.startsWith('.') ? path : `./${path}`;
  const extension = SOURCE_EXTENSION.exec(dotted)?.[0] ?? '';
  if (extension === '') return dotted;
  const habit = extensionHabit(file, habits);
  if (habit === '.ts') return dotted;
  const bare = dotted.slice(0, -extension.length);
  if (habit === '.js') return bare + (COMPILED[extension] ?? extension);
  return bare.replace(/(?<=.)\/index$/, '');
}

/** A module of Node is written with `node:` or without it as the file does it. */
function builtinSpecifier(file: ParsedFile, from: string): string {
  const bare = from.replace(/^node:/, '');
  if (!builtinModules.includes(bare)) return from;
  const others = specifiersIn(file).filter((other) => builtinModules.includes(other.replace(/^node:/, '')));
  const prefixed = others.filter((other) => other.startsWith('node:')).length;
  if (others.length === 0 || prefixed * 2 === others.length) return from;
  return prefixed * 2 > others.length ? `node:${bare}` : bare;
}

/** Whether the identifier is only the name of a member, a key or what is imported, and refers to nothing in this file. */
export function isMereName({ node, parent, key }: Path): boolean {
  const holder = parent?.node;
  if (holder === undefined) return true;
  if (key === 'property') return 'computed' in holder && holder.computed !== true;
  if (key === 'key') return !('computed' in holder && holder.computed === true) && node.type === 'Identifier';
  if (key === 'imported' || key === 'exported') return true;
  if (key === 'label') return true;
  return holder.type === 'JSXAttribute' || holder.type === 'JSXNamespacedName';
}

/** Every name that code of `file` declares or refers to, but for what is declared by `except`. */
function namesIn(file: ParsedFile, except: ReadonlySet<t.Node> = new Set()): ReadonlySet<string> {
  const names = new Set<string>();
  for (const path of [
    ...file.find('Identifier'),
    ...file.find('JSXIdentifier'),
  ] as readonly Path<t.Identifier>[]) {
    if (!isMereName(path) && !isDeclaredBy(path, except)) names.add(path.node.name);
  }
  return names;
}

function isDeclaredBy(path: Path, declarations: ReadonlySet<t.Node>): boolean {
  for (let at: Path | null = path; at !== null && at.key !== 'init'; at = at.parent)
    if (declarations.has(at.node)) return true;
  return false;
}

/** A local name for `request` that means nothing else in `file`. */
function freeName(file: ParsedFile, request: ImportRequest): string {
  const last =
    request.from
      .replace(SOURCE_EXTENSION, '')
      .replace(/\/index$/, '')
      .split('/')
      .at(-1) ?? '';
  const camel = last
    .replace(/^node:/, '')
    .replace(/[^\w$]+(\w?)/g, (_all, next: string) => next.toUpperCase());
  const isWhole = request.name === 'default' || request.name === '*';
  const wished = request.as ?? (isWhole ? camel.replace(/^\d+/, '') || 'imported' : request.name);
  const taken = namesIn(file);
  let name = wished;
  for (let suffix = 2; taken.has(name); suffix++) name = `${wished}${suffix}`;
  return name;
}

const edited = (file: ParsedFile, span: Edit['span'], code: Code, once: string): Edit => ({
  file: file.path,
  span,
  code,
  once,
});

/** The name by which `file` can refer to what is asked for already. */
function reused(imports: readonly Import[], request: ImportRequest, isRequired: boolean): string | undefined {
  const bindings = imports.flatMap((one) => one.bindings);
  const usable = bindings.filter((binding) => request.typeOnly === true || !binding.isType);
  const isWhole = request.name === '*' || (request.name === 'default' && isRequired);
  const exact = usable.find((binding) => binding.name === request.name || (isWhole && binding.name === '*'));
  if (exact !== undefined) return exact.local;
  const namespace = usable.find((binding) => binding.name === '*');
  return namespace === undefined ||
    isWhole ||
    request.name === 'default' ||
    !/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(request.name)
    ? undefined
    : `${namespace.local}.${request.name}`;
}

/** Makes an import of a type one of the value too, where nothing else is imported by its `type`. */
function valueOfType(
  file: ParsedFile,
  imports: readonly Import[],
  request: ImportRequest,
): { local: string; edits: readonly Edit[] } | undefined {
  const binding = imports
    .flatMap((one) => one.bindings)
    .find(({ isType, name }) => isType && name === request.name);
  if (binding === undefined || binding.statement.type !== 'ImportDeclaration') return undefined;
  const { statement, specifier, local } = binding;
  const isInline = statement.importKind !== 'type';
  if (!isInline && statement.specifiers.length !== 1) return undefined;
  const start = isInline ? spanOf(specifier)[0] : nextCode(file, spanOf(statement)[0] + 'import'.length);
  const end = nextCode(file, start + 'type'.length);
  return { local, edits: [edited(file, [start, end], joinCode([''], ''), `import value ${start}`)] };
}

/** Adds the binding to an import that the file has of the same module. */
function joined(
  file: ParsedFile,
  imports: readonly Import[],
  request: ImportRequest,
  local: string,
  isType: boolean,
): readonly Edit[] | undefined {
  const once = `import ${request.from} ${request.name} ${local}`;
  const isSame = local === request.name;
  for (const { statement, pattern } of imports) {
    if (pattern !== undefined && request.name !== 'default' && request.name !== '*' && !isType) {
      return addProperty(file, pattern, isSame ? local : `${request.name}: ${local}`).map((edit) => ({
        ...edit,
        once,
      }));
    }
    if (
      statement.type !== 'ImportDeclaration' ||
      statement.phase != null ||
      (statement.attributes?.length ?? 0) > 0
    )
      continue;
    const { specifiers } = statement;
    const isTypeImport = statement.importKind === 'type';
    // A type joins an import of values where the file marks types one by one.
    const isMarked = isType && !isTypeImport && request.name !== 'default' && marksTypes(file);
    if (specifiers.length === 0 || statement.importKind === 'typeof') continue;
    if (isTypeImport !== isType && !isMarked) continue;
    const named = specifiers.filter((specifier) => specifier.type === 'ImportSpecifier');
    const standing = specifiers.find((specifier) => specifier.type !== 'ImportSpecifier');
    const first = named[0];
    if (request.name === 'default') {
      if (standing?.type === 'ImportDefaultSpecifier' || isTypeImport) continue;
      const point = nextCode(file, spanOf(statement)[0] + 'import'.length);
      return [edited(file, [point, point], joinCode([`${local}, `], ''), once)];
    }
    if (request.name === '*') continue;
    const text = (isMarked ? 'type ' : '') + (isSame ? local : `${request.name} as ${local}`);
    if (first !== undefined) {
      const open = previousCode(file, spanOf(first)[0]) - 1;
      return addToList(file, { open, items: named, isPadded: true }, text).map((edit) => ({ ...edit, once }));
    }
    if (standing?.type !== 'ImportDefaultSpecifier' || specifiers.length > 1 || isTypeImport) continue;
    const span = spanOf(standing);
    // The default binding is quoted, so that two lists for it overlap: the second joins the first in the next pass.
    return [edited(file, span, joinCode([span, `, { ${text} }`], ''), once)];
  }
  return undefined;
}

const marksTypes = (file: ParsedFile): boolean =>
  file.find('ImportSpecifier', { importKind: 'type' }).length > 0;

/** The new import as a statement in the file's own way. */
function statementFor(
  file: ParsedFile,
  request: ImportRequest,
  local: string,
  from: string,
  isRequired: boolean,
  isType: boolean,
): string {
  const { quote, semicolons } = styleOf(file);
  const source = quote + from + quote;
  const end = semicolons ? ';' : '';
  const isWhole = request.name === '*' || request.name === 'default';
  if (isRequired) {
    const names = request.name === local ? local : `${request.name}: ${local}`;
    return `${requireKeyword(file)} ${isWhole ? local : `{ ${names} }`} = require(${source})${end}`;
  }
  const names = request.name === local ? local : `${request.name} as ${local}`;
  const clause = request.name === 'default' ? local : request.name === '*' ? `* as ${local}` : `{ ${names} }`;
  return `import ${isType ? 'type ' : ''}${clause} from ${source}${end}`;
}

/** The keyword that the file declares its requires with. */
function requireKeyword(file: ParsedFile): string {
  const last = importsOf(file).findLast(
    ({ statement }) => statement.type === 'VariableDeclaration',
  )?.statement;
  return last?.type === 'VariableDeclaration' ? last.kind : 'const';
}

/** Whether `statement` only brings modules in: nothing after it can use what it does not declare. */
function bringsIn(statement: t.Statement): boolean {
  if (/^(?:Import|TSImportEquals)Declaration$/.test(statement.type)) return true;
  if (statement.type === 'VariableDeclaration') {
    return statement.declarations.every(({ init }) => rootRequire(init) !== undefined);
  }
  return statement.type === 'ExpressionStatement' && rootRequire(statement.expression) !== undefined;
}

/** The `require` that an expression begins with: `require('a').b(c)`. */
function rootRequire(node: t.Node | null | undefined): string | undefined {
  if (node == null) return undefined;
  const required = requiredBy(node);
  if (required !== undefined) return required;
  if (node.type === 'CallExpression') return rootRequire(node.callee) ?? rootRequire(node.arguments[0]);
  return node.type === 'MemberExpression' ? rootRequire(node.object) : undefined;
}

/** The import or require that a new one follows: the last import, or the last of the requires that open the file. */
function anchorOf(file: ParsedFile, isRequired: boolean): t.Statement | undefined {
  const { body } = file.tree.program;
  if (!isRequired) {
    return body.findLast(({ type }) => type === 'ImportDeclaration' || type === 'TSImportEqualsDeclaration');
  }
  const end = body.findIndex((statement) => !bringsIn(statement));
  return (end === -1 ? body : body.slice(0, end)).findLast(
    (statement) => statement.type === 'VariableDeclaration' || statement.type === 'ImportDeclaration',
  );
}

/** Puts a first import below the shebang, the licence and the directives, parted from the code by a blank line. */
function atTop(file: ParsedFile, text: string, once: string): readonly Edit[] {
  const { program } = file.tree;
  const { eol } = styleOf(file);
  const directive = program.directives.at(-1);
  const first = program.body[0];
  const gap = (point: number): Edit => edited(file, [point, point], joinCode([eol], ''), 'import gap');
  if (directive !== undefined) {
    const edit = insertAfter(file, directive, text);
    const [end] = edit.span;
    const next = nextLine(file.text, end);
    if (end !== lineEnd(file.text, end) || next === file.text.length) return [{ ...edit, once }];
    // Whole lines at the start of one, so that the blank line comes after all of them.
    const start = isBlankLine(file.text, next) ? nextLine(file.text, next) : next;
    return [edited(file, [start, start], joinCode([text, eol], ''), once), gap(start)];
  }
  const head = licenceOf(file).at(-1)?.span[1] ?? program.interpreter?.end ?? 0;
  if (first === undefined) {
    // Nothing but comments: below the licence, or at the end of them all.
    const point = lineEnd(file.text, head);
    if (head === 0) return [edited(file, [0, 0], joinCode([text, eol], ''), once)];
    return [edited(file, [point, point], joinCode([eol, text], ''), once)];
  }
  const start = ownLeadingComments(file, first)[0]?.span[0] ?? spanOf(first)[0];
  const point = Math.max(lineStart(file.text, start), head);
  const ending = eolOf(file.text, point) ?? eol;
  return [edited(file, [point, point], joinCode([text, ending], ''), once), gap(point)];
}

/**
 * Imports what is asked for in the way of this file, unless it is imported already, and tells the name by which new code
 * refers to it. That is `fs.readFile` where the file imports all of `fs` by that name.
 *
 * Equal requests give equal edits with one `once` key. Different ones compose: names join a list of names, and new
 * imports stand below one another in the order of their keys.
 */
export function ensureImport(
  file: ParsedFile,
  request: ImportRequest,
  habits: ImportHabits = {},
): { readonly local: string; readonly edits: readonly Edit[] } {
  const isRequired = isCommonJs(file, habits);
  const isType = request.typeOnly === true && isTypeScript(file) && !isRequired;
  const module = moduleOf(file, request.from);
  const imports = importsOf(file).filter(({ from }) => moduleOf(file, from) === module);
  const known = reused(imports, request, isRequired);
  if (known !== undefined) return { local: known, edits: [] };
  const value = isType ? undefined : valueOfType(file, imports, request);
  if (value !== undefined) return value;
  const local = freeName(file, request);
  const extended = joined(file, imports, request, local, isType);
  if (extended !== undefined) return { local, edits: extended };
  const from = specifierFor(file, request.from, habits);
  const text = statementFor(file, request, local, from, isRequired, isType);
  const once = `import 1 ${from} ${request.name} ${local}${isType ? ' type' : ''}`;
  const anchor = anchorOf(file, isRequired);
  if (anchor === undefined) return { local, edits: atTop(file, text, once) };
  return { local, edits: [{ ...insertAfter(file, anchor, text), once }] };
}

/** What is left of an import whose `gone` bindings are removed. */
function withoutBindings(
  file: ParsedFile,
  { statement, bindings, pattern }: Import,
  gone: ReadonlySet<t.Node>,
): readonly Edit[] | 'nothing' {
  if (
    bindings.every(({ specifier }) => gone.has(specifier)) &&
    (pattern?.properties.length ?? bindings.length) === bindings.length
  ) {
    return 'nothing';
  }
  if (pattern !== undefined) return removeFromList(file, pattern.properties, gone);
  if (statement.type !== 'ImportDeclaration') return [];
  const named = statement.specifiers.filter((specifier) => specifier.type === 'ImportSpecifier');
  const standing = statement.specifiers.find((specifier) => specifier.type !== 'ImportSpecifier');
  const first = named[0];
  if (first === undefined || standing === undefined) return removeFromList(file, statement.specifiers, gone);
  if (gone.has(standing)) {
    const comma = nextCode(file, spanOf(standing)[1]);
    return [
      { file: file.path, span: [spanOf(standing)[0], nextCode(file, comma + 1)], code: [] },
      ...removeFromList(file, named, gone),
    ];
  }
  if (!named.every((specifier) => gone.has(specifier))) return removeFromList(file, named, gone);
  const last = named.at(-1) ?? first;
  let close = nextCode(file, spanOf(last)[1]);
  while (file.text[close] !== '}') close = nextCode(file, close + 1);
  return [{ file: file.path, span: [spanOf(standing)[1], close + 1], code: [] }];
}

/** Names of `file` that are used beside where they are imported. */
function usedNames(file: ParsedFile): ReadonlySet<string> {
  const specifiers = importsOf(file).flatMap(({ bindings }) => bindings.map(({ specifier }) => specifier));
  return namesIn(file, new Set(specifiers));
}

/**
 * The edits that remove from `after` what it imports and no longer uses, where `before`, the same file as it was, used it.
 * What was unused before stays, as does an import for its effect.
 */
export function unusedImportEdits(before: ParsedFile, after: ParsedFile): readonly Edit[] {
  const usedBefore = usedNames(before);
  const usedAfter = usedNames(after);
  const edits: Edit[] = [];
  const emptied = new Set<t.Statement>();
  const declarators = new Map<t.VariableDeclaration, Set<t.Node>>();
  for (const one of importsOf(after)) {
    const gone = one.bindings.filter(({ local }) => usedBefore.has(local) && !usedAfter.has(local));
    if (gone.length === 0) continue;
    const { statement, declarator } = one;
    const left = withoutBindings(after, one, new Set(gone.map(({ specifier }) => specifier)));
    if (left !== 'nothing') edits.push(...left);
    else if (statement.type === 'VariableDeclaration' && declarator !== undefined) {
      declarators.set(statement, (declarators.get(statement) ?? new Set()).add(declarator));
    } else emptied.add(statement);
  }
  for (const [statement, gone] of declarators) {
    if (gone.size === statement.declarations.length) emptied.add(statement);
    else edits.push(...removeFromList(after, statement.declarations, gone));
  }
  return [...edits, ...removeStatements(after, [...emptied])];
}

/** The local names of all that is imported or required at the top level of `file`. */
export const importedNames = (file: ParsedFile): readonly string[] =>
  importsOf(file).flatMap(({ bindings }) => bindings.map(({ local }) => local));

/** What two imports must have in common to become one. */
function mergeKey(file: ParsedFile, one: Import): string | undefined {
  const { statement, pattern } = one;
  if (pattern !== undefined && statement.type === 'VariableDeclaration') {
    const isPlain =
      statement.declarations.length === 1 &&
      pattern.properties.every(({ type }) => type === 'ObjectProperty');
    return isPlain ? `require ${statement.kind} ${moduleOf(file, one.from)}` : undefined;
  }
  if (
    statement.type !== 'ImportDeclaration' ||
    statement.phase != null ||
    (statement.attributes?.length ?? 0) > 0
  )
    return undefined;
  const isNamed =
    statement.specifiers.length > 0 && statement.specifiers.every(({ type }) => type === 'ImportSpecifier');
  return isNamed ? `import ${statement.importKind ?? 'value'} ${moduleOf(file, one.from)}` : undefined;
}

/** The imports of `file` that may become one, by what they have in common. */
function groupsOf(file: ParsedFile): ReadonlyMap<string, readonly Import[]> {
  const groups = new Map<string, Import[]>();
  for (const one of importsOf(file)) {
    const key = mergeKey(file, one);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

/**
 * The edits that make one import of several from one module, where `before`, the same file as it was, had fewer of them:
 * proposals that are complete each for itself bring their own.
 */
export function duplicateImportEdits(before: ParsedFile, after: ParsedFile): readonly Edit[] {
  const known = groupsOf(before);
  const edits: Edit[] = [];
  const merged: t.Statement[] = [];
  for (const [key, [first, ...others]] of groupsOf(after)) {
    if (first === undefined || others.length === 0 || (known.get(key)?.length ?? 0) > others.length) continue;
    const texts = others.flatMap(({ bindings }) =>
      bindings.map(({ specifier }) => after.text.slice(...spanOf(specifier))),
    );
    const own = new Set(first.bindings.map(({ specifier }) => after.text.slice(...spanOf(specifier))));
    const added = [...new Set(texts)].filter((text) => !own.has(text));
    merged.push(...others.map(({ statement }) => statement));
    if (added.length === 0) continue;
    const items = first.bindings.map(({ specifier }) => specifier);
    const open = previousCode(after, spanOf(items[0] ?? first.statement)[0]) - 1;
    const isSpread = after.text.slice(open, first.statement.end ?? open).includes('\n');
    edits.push(...addToList(after, { open, items, isPadded: true }, added.join(isSpread ? ',\n' : ', ')));
  }
  return [...edits, ...removeStatements(after, merged)];
}
