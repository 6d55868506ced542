import { isNode, type NodeName, type NodeOf, type Path, type t } from './ast.ts';
import type { ParsedFile } from './file.ts';

/** What introduced a name. */
export type BindingKind =
  | 'import'
  | 'const'
  | 'let'
  | 'var'
  | 'using'
  | 'function'
  | 'class'
  | 'parameter'
  | 'catch'
  | 'enum'
  | 'namespace'
  | 'type';

/** One name in one scope. */
export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  /**
   * The identifier that declares it (the first one, where it is declared more than once). Babel gives a type parameter
   * no identifier: its own node stands here, which has a `name` too.
   */
  readonly identifier: Path<t.Identifier>;
  /** The declarator, parameter, specifier, function, class, … that holds the identifier. */
  readonly declaration: Path;
  /** Identifiers that read it, in code and in types; in JSX they are `JSXIdentifier`s. */
  readonly reads: readonly Path[];
  /** Identifiers that write it after its declaration: assignments, `++`, `for (x of …)`, `delete`, a second `var x = 1`. */
  readonly writes: readonly Path[];
}

/** The lexical scopes of one file. */
export interface Scopes {
  /**
   * What `name` means where the node of `path` stands; undefined where the file does not declare it: a global. In an
   * identifier that names a type it is what the type's name means, everywhere else a name of types only is passed over.
   */
  lookup(path: Path, name: string): Binding | undefined;
  /**
   * Every name that is visible where `path` stands, and every name that the scope of that place or one below declares or
   * uses, globals too: a new name must be none of these.
   */
  namesAround(path: Path): ReadonlySet<string>;
  /**
   * What holds the code at `path` and runs it as a whole: the nearest function around it, else the program. A static
   * block, the value of a class property and a namespace count too, as code in them cannot `await` or return from the function
   * outside; the computed key of a method belongs to what is outside.
   */
  functionAround(path: Path): Path;
  /** The nearest ancestor of one of the types, itself excluded. */
  ancestor<K extends NodeName>(path: Path, ...types: readonly K[]): Path<NodeOf<K>> | undefined;
}

interface Declared extends Binding {
  readonly reads: Path[];
  readonly writes: Path[];
}

/** What a name is used for: a value, a type or namespace, or whichever of the two it is. */
type Meaning = 'value' | 'type' | 'any';

/** The names that something declares. */
interface Names {
  readonly values: Map<string, Declared>;
  readonly types: Map<string, Declared>;
  /** What its namespaces and enums export, by their names: all blocks of one name have the same. */
  readonly exported: Map<string, Names>;
}

interface Scope extends Names {
  readonly parent: Scope | null;
  /** The type of the node that opened it. */
  readonly opener: string;
  /** Whether `var` stops here. */
  readonly holdsVars: boolean;
  /** Whether everything in it is exported, as in `declare namespace`. */
  readonly isAmbient: boolean;
  readonly below: Scope[];
  /** The names that code directly in it uses and the file does not declare. */
  readonly globals: Set<string>;
}

const noNames = (): Names => ({ values: new Map(), types: new Map(), exported: new Map() });

function openScope(
  parent: Scope | null,
  opener: string,
  { holdsVars = false, isAmbient = false, names = noNames() } = {},
): Scope {
  const scope: Scope = {
    ...names,
    parent,
    opener,
    holdsVars,
    isAmbient: isAmbient || parent?.isAmbient === true,
    below: [],
    globals: new Set(),
  };
  parent?.below.push(scope);
  return scope;
}

/** The nodes that open a scope, each with those of its properties that stand outside of it. */
const OPENERS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    Program: [],
    FunctionDeclaration: ['id'],
    FunctionExpression: [],
    ArrowFunctionExpression: [],
    ObjectMethod: ['key', 'decorators'],
    ClassMethod: ['key', 'decorators'],
    ClassPrivateMethod: ['key', 'decorators'],
    TSDeclareFunction: ['id'],
    TSDeclareMethod: ['key', 'decorators'],
    ClassDeclaration: ['id', 'decorators'],
    ClassExpression: ['decorators'],
    StaticBlock: [],
    BlockStatement: [],
    ForStatement: [],
    ForInStatement: [],
    ForOfStatement: [],
    SwitchStatement: ['discriminant'],
    CatchClause: [],
    TSModuleDeclaration: ['id'],
    TSModuleBlock: [],
    TSEnumDeclaration: ['id'],
    TSInterfaceDeclaration: ['id'],
    TSTypeAliasDeclaration: ['id'],
    TSMappedType: [],
    TSConditionalType: ['checkType', 'falseType'],
    TSFunctionType: [],
    TSConstructorType: [],
    TSCallSignatureDeclaration: [],
    TSConstructSignatureDeclaration: [],
    TSMethodSignature: ['key'],
    TSIndexSignature: [],
    TypeAlias: ['id'],
    OpaqueType: ['id'],
    InterfaceDeclaration: ['id'],
    FunctionTypeAnnotation: [],
    DeclareClass: ['id'],
    DeclareInterface: ['id'],
    DeclareTypeAlias: ['id'],
    DeclareOpaqueType: ['id'],
  }),
);

/** What runs code of its own, each with those of its properties that run outside. */
const RUNNERS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    Program: [],
    FunctionDeclaration: [],
    FunctionExpression: [],
    ArrowFunctionExpression: [],
    ObjectMethod: ['key', 'decorators'],
    ClassMethod: ['key', 'decorators'],
    ClassPrivateMethod: ['key', 'decorators'],
    ClassProperty: ['key', 'decorators'],
    ClassPrivateProperty: ['key', 'decorators'],
    ClassAccessorProperty: ['key', 'decorators'],
    StaticBlock: [],
    TSModuleBlock: [],
  }),
);

/** The functions, function types and signatures: they open a scope for their parameters. */
const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
  'TSDeclareFunction',
  'TSDeclareMethod',
  'TSFunctionType',
  'TSConstructorType',
  'TSCallSignatureDeclaration',
  'TSConstructSignatureDeclaration',
  'TSMethodSignature',
  'TSIndexSignature',
]);

/** The kind of a declaration whose `id` is its name. */
const NAMED: ReadonlyMap<string, BindingKind> = new Map([
  ['FunctionDeclaration', 'function'],
  ['TSDeclareFunction', 'function'],
  ['DeclareFunction', 'function'],
  ['FunctionExpression', 'function'],
  ['ClassDeclaration', 'class'],
  ['ClassExpression', 'class'],
  ['DeclareClass', 'class'],
  ['DeclareVariable', 'var'],
  ['TSEnumDeclaration', 'enum'],
  ['EnumDeclaration', 'enum'],
  ['TSModuleDeclaration', 'namespace'],
  ['TSImportEqualsDeclaration', 'import'],
  ['TSInterfaceDeclaration', 'type'],
  ['TSTypeAliasDeclaration', 'type'],
  ['TypeAlias', 'type'],
  ['OpaqueType', 'type'],
  ['InterfaceDeclaration', 'type'],
  ['DeclareInterface', 'type'],
  ['DeclareTypeAlias', 'type'],
  ['DeclareOpaqueType', 'type'],
]);

/** The kinds whose names mean a type too, beside a value. */
const TYPES_TOO: ReadonlySet<BindingKind> = new Set(['import', 'class', 'enum', 'namespace', 'type']);

/** Properties that hold a name which is no variable, unless the node is computed. */
const NOT_REFERENCES: ReadonlySet<string> = new Set(
  `MemberExpression.property OptionalMemberExpression.property ObjectProperty.key ObjectMethod.key ClassMethod.key
  ClassProperty.key ClassAccessorProperty.key TSDeclareMethod.key TSPropertySignature.key TSMethodSignature.key
  LabeledStatement.label BreakStatement.label ContinueStatement.label MetaProperty.meta MetaProperty.property PrivateName.id
  ImportSpecifier.imported ImportAttribute.key ExportSpecifier.exported ExportNamespaceSpecifier.exported
  ExportDefaultSpecifier.exported TSQualifiedName.right TSNamedTupleMember.label TSEnumMember.id
  TSNamespaceExportDeclaration.id TSImportType.qualifier TSAbstractMethodDefinition.key
  JSXMemberExpression.property JSXAttribute.name JSXNamespacedName.namespace JSXNamespacedName.name
  FunctionTypeParam.name ObjectTypeProperty.key ObjectTypeIndexer.id ObjectTypeInternalSlot.id QualifiedTypeIdentifier.id
  EnumStringMember.id EnumNumberMember.id EnumBooleanMember.id EnumDefaultedMember.id EnumBigIntMember.id DeclareModule.id`.split(
    /\s+/,
  ),
);

/** The properties in which a name is that of a type. */
const TYPE_NAMES: ReadonlySet<string> = new Set(
  `TSInterfaceDeclaration.id TSTypeAliasDeclaration.id TypeAlias.id OpaqueType.id InterfaceDeclaration.id
  DeclareInterface.id DeclareTypeAlias.id DeclareOpaqueType.id TSTypeReference.typeName TSExpressionWithTypeArguments.expression TSClassImplements.expression TSInterfaceHeritage.expression
  GenericTypeAnnotation.id InterfaceExtends.id ClassImplements.id`.split(/\s+/),
);

/** Wrappers that an assigned target may stand in. */
const ASSERTIONS: ReadonlySet<string> = new Set([
  'TSAsExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSSatisfiesExpression',
  'TypeCastExpression',
  'ParenthesizedExpression',
]);

/** The identifiers that a pattern declares. */
function identifiersIn(pattern: t.Node): readonly t.Identifier[] {
  switch (pattern.type) {
    case 'Identifier':
      return pattern.name === 'this' ? [] : [pattern];
    case 'ObjectPattern':
      return pattern.properties.flatMap((one) => identifiersIn(one.type === 'RestElement' ? one : one.value));
    case 'ArrayPattern':
      return pattern.elements.flatMap((one) => (one === null ? [] : identifiersIn(one)));
    case 'AssignmentPattern':
      return identifiersIn(pattern.left);
    case 'RestElement':
      return identifiersIn(pattern.argument);
    case 'TSParameterProperty':
      return identifiersIn(pattern.parameter);
    default:
      return [];
  }
}

/** Whether a namespace holds anything but types, so that it exists at run time. */
function isInstantiated(namespace: t.TSModuleDeclaration): boolean {
  const { body } = namespace;
  if (body.type !== 'TSModuleBlock') return isInstantiated(body);
  return body.body.some((statement) => {
    const inner =
      statement.type === 'ExportNamedDeclaration' ? (statement.declaration ?? statement) : statement;
    if (inner.type === 'TSModuleDeclaration') return isInstantiated(inner);
    return inner.type !== 'TSInterfaceDeclaration' && inner.type !== 'TSTypeAliasDeclaration';
  });
}

/** Whether a function in a block is seen in the function around it as well, as in sloppy scripts. */
function isSloppy(file: ParsedFile): boolean {
  const { body, directives } = file.tree.program;
  return (
    /\.(js|cjs|jsx)$/i.test(file.path) &&
    !directives.some(({ value }) => value.value === 'use strict') &&
    !body.some(({ type }) => /^(Import|Export)/.test(type))
  );
}

/** What an identifier's name is used for; undefined where it names no variable and no type. */
function meaningOf(path: Path): Meaning | undefined {
  const { parent, key, node } = path;
  if (parent === null) return undefined;
  const place = `${parent.node.type}.${key}`;
  if (NOT_REFERENCES.has(place) && !('computed' in parent.node && parent.node.computed === true))
    return undefined;
  if (node.type === 'JSXIdentifier') {
    const isTag = parent.node.type !== 'JSXMemberExpression';
    return node.name === 'this' || (isTag && /^[a-z]|-/.test(node.name)) ? undefined : 'value';
  }
  if (place === 'ExportSpecifier.local') {
    return isNode(parent.parent, 'ExportNamedDeclaration') && parent.parent.node.source != null
      ? undefined
      : 'any';
  }
  if (place === 'ExportDefaultDeclaration.declaration' || place === 'TSExportAssignment.expression')
    return 'any';
  if (TYPE_NAMES.has(place)) return isNode(parent.parent, 'TypeofTypeAnnotation') ? 'value' : 'type';
  if (place === 'TSQualifiedName.left' || place === 'QualifiedTypeIdentifier.qualification') {
    let outer: Path = parent;
    while (outer.parent !== null && isNode(outer.parent, 'TSQualifiedName', 'QualifiedTypeIdentifier'))
      outer = outer.parent;
    if (isNode(outer.parent, 'TSImportType')) return undefined;
    const isQuery =
      isNode(outer.parent, 'TSTypeQuery') || isNode(outer.parent?.parent, 'TypeofTypeAnnotation');
    return isQuery ? 'value' : 'type';
  }
  if (isNode(parent, 'TSModuleDeclaration') && parent.node.kind === 'global') return undefined;
  const isEither =
    place === 'TSImportEqualsDeclaration.moduleReference' || place === 'TSModuleDeclaration.id';
  return isEither ? 'any' : 'value';
}

/** Whether an identifier is read, written, or both. */
function accessOf(path: Path): { readonly reads: boolean; readonly writes: boolean } {
  let at = path;
  for (let { parent } = at; parent !== null; { parent } = at) {
    const { type } = parent.node;
    const isTarget =
      (type === 'AssignmentPattern' && at.key === 'left') ||
      type === 'RestElement' ||
      type === 'ArrayPattern' ||
      type === 'ObjectPattern' ||
      (ASSERTIONS.has(type) && at.key === 'expression') ||
      (isNode(parent, 'ObjectProperty') && at.key === 'value' && isNode(parent.parent, 'ObjectPattern'));
    if (!isTarget) break;
    at = parent;
  }
  const { parent, key } = at;
  if (isNode(parent, 'AssignmentExpression') && key === 'left') {
    return { reads: parent.node.operator !== '=', writes: true };
  }
  if (isNode(parent, 'UpdateExpression')) return { reads: true, writes: true };
  const isHead = isNode(parent, 'ForInStatement', 'ForOfStatement') && key === 'left';
  const isDeleted = isNode(parent, 'UnaryExpression') && parent.node.operator === 'delete';
  return isHead || isDeleted ? { reads: false, writes: true } : { reads: true, writes: false };
}

const mapsOf = (scope: Scope, meaning: Meaning): readonly Map<string, Declared>[] =>
  meaning === 'value' ? [scope.values] : meaning === 'type' ? [scope.types] : [scope.values, scope.types];

function resolve(from: Scope, name: string, meaning: Meaning): Declared | undefined {
  for (let scope: Scope | null = from; scope !== null; scope = scope.parent) {
    for (const map of mapsOf(scope, meaning)) {
      const found = map.get(name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The scope that `var` at `from` declares its name in. */
function varScopeOf(from: Scope, name: string): Scope {
  let scope = from;
  while (!scope.holdsVars && scope.parent !== null) scope = scope.parent;
  // A variable named as a parameter is that parameter.
  const { parent } = scope;
  return parent !== null && FUNCTIONS.has(parent.opener) && parent.values.has(name) ? parent : scope;
}

interface Analysis {
  /** The scope in which each node stands. */
  readonly scopeOf: ReadonlyMap<Path, Scope>;
  readonly root: Scope;
}

function analyse(file: ParsedFile): Analysis {
  const scopeOf = new Map<Path, Scope>();
  const opened = new Map<Path, Scope>();
  /** The scope that holds only a function expression's own name. */
  const ownName = new Map<Path, Scope>();
  const declaring = new Set<t.Node>();
  const functionsInBlocks: { readonly binding: Declared; readonly scope: Scope }[] = [];
  let root: Scope | undefined;

  const declare = (
    scope: Scope,
    kind: BindingKind,
    identifier: Path<t.Identifier>,
    declaration: Path,
    { isValue = kind !== 'type', isWrite = false } = {},
  ): Declared => {
    const { name } = identifier.node;
    declaring.add(identifier.node);
    const maps = [...(isValue ? [scope.values] : []), ...(TYPES_TOO.has(kind) ? [scope.types] : [])];
    const known = maps.map((map) => map.get(name)).find((one) => one !== undefined);
    const mayShare =
      known !== undefined && (isValue ? scope.values.get(name) === known : known.kind !== 'import');
    const binding = mayShare ? known : { name, kind, identifier, declaration, reads: [], writes: [] };
    if (mayShare && isWrite) binding.writes.push(identifier);
    for (const map of maps) {
      // A type declared beside an import of the same name says that the import is a value only.
      if (map.get(name)?.kind === 'import' ? !isValue : !map.has(name)) map.set(name, binding);
    }
    return binding;
  };

  /** Where a declaration that stands in `scope` puts its name: what a namespace exports is shared by all of its blocks. */
  const homeOf = (path: Path, scope: Scope): Scope => {
    if (scope.opener !== 'TSModuleBlock' || scope.parent === null) return scope;
    const isExported =
      scope.isAmbient ||
      isNode(path.parent, 'ExportNamedDeclaration') ||
      (isNode(path, 'TSImportEqualsDeclaration') && path.node.isExport);
    return isExported ? scope.parent : scope;
  };

  const declareAll = (
    scope: Scope,
    kind: BindingKind,
    pattern: t.Node,
    declaration: Path,
    isWrite = false,
  ): void => {
    for (const identifier of identifiersIn(pattern)) {
      const home = kind === 'var' ? varScopeOf(scope, identifier.name) : scope;
      declare(home, kind, file.pathOf(identifier), declaration, { isWrite });
    }
  };

  const open = (path: Path, standing: Scope | null): Scope => {
    const { node, parent } = path;
    if (isNode(path, 'TSModuleDeclaration', 'TSEnumDeclaration') && standing !== null) {
      const { id } = path.node;
      const name = id.type === 'Identifier' ? id.name : JSON.stringify(id.value);
      const home = homeOf(path, standing);
      const names = home.exported.get(name) ?? noNames();
      home.exported.set(name, names);
      return openScope(standing, node.type, { isAmbient: path.node.declare === true, names });
    }
    const isBody = path.key === 'body' && parent !== null && FUNCTIONS.has(parent.node.type);
    const holdsVars = isBody || isNode(path, 'Program', 'StaticBlock', 'TSModuleBlock');
    if (isNode(path, 'FunctionExpression')) {
      const named = openScope(standing, 'name');
      ownName.set(path, named);
      return openScope(named, node.type, { holdsVars });
    }
    return openScope(standing, node.type, { holdsVars });
  };

  const standingOf = (path: Path): Scope | null => {
    const { parent, key } = path;
    if (parent === null) return null;
    const inside = opened.get(parent);
    if (inside === undefined) return scopeOf.get(parent) ?? null;
    if (key === 'id' && isNode(parent, 'FunctionExpression')) return ownName.get(parent) ?? inside;
    return OPENERS.get(parent.node.type)?.includes(key) ? (scopeOf.get(parent) ?? null) : inside;
  };

  const declareNamesOf = (path: Path, standing: Scope): void => {
    const { node } = path;
    const inside = opened.get(path) ?? standing;
    const kind = NAMED.get(node.type);
    if (kind !== undefined && 'id' in node && node.id != null && (node.id as t.Node).type === 'Identifier') {
      const id = file.pathOf(node.id as t.Identifier);
      if (isNode(path, 'FunctionExpression')) declare(ownName.get(path) ?? inside, kind, id, path);
      else if (isNode(path, 'ClassExpression')) declare(inside, kind, id, path);
      else if (isNode(path, 'TSModuleDeclaration')) {
        if (path.node.kind !== 'global')
          declare(homeOf(path, standing), kind, id, path, { isValue: isInstantiated(path.node) });
      } else {
        const binding = declare(homeOf(path, standing), kind, id, path);
        const isPlain =
          isNode(path, 'FunctionDeclaration') && path.node.async !== true && path.node.generator !== true;
        if (isPlain && !standing.holdsVars) functionsInBlocks.push({ binding, scope: standing });
      }
    }
    if (FUNCTIONS.has(node.type)) {
      const { params, parameters } = node as { params?: readonly t.Node[]; parameters?: readonly t.Node[] };
      for (const one of params ?? parameters ?? []) declareAll(inside, 'parameter', one, file.pathOf(one));
    }
    if (isNode(path, 'VariableDeclaration')) {
      const { kind: keyword, declarations } = path.node;
      const declaredAs = keyword === 'await using' ? 'using' : keyword;
      for (const one of declarations) {
        const isWrite = one.init != null || isNode(path.parent, 'ForInStatement', 'ForOfStatement');
        const home =
          declaredAs === 'var' && standing.opener !== 'TSModuleBlock' ? standing : homeOf(path, standing);
        if (home === standing) declareAll(standing, declaredAs, one.id, file.pathOf(one), isWrite);
        else
          for (const id of identifiersIn(one.id))
            declare(home, declaredAs, file.pathOf(id), file.pathOf(one), { isWrite });
      }
    }
    if (isNode(path, 'CatchClause') && path.node.param != null)
      declareAll(inside, 'catch', path.node.param, path);
    if (isNode(path, 'ImportSpecifier', 'ImportDefaultSpecifier', 'ImportNamespaceSpecifier')) {
      declare(standing, 'import', file.pathOf(path.node.local), path);
    }
    if (isNode(path, 'TSEnumMember') && path.node.id.type === 'Identifier') {
      declare(standing, 'enum', file.pathOf(path.node.id), path);
    }
    if (isNode(path, 'TSTypeParameter', 'TypeParameter')) {
      let home: Scope | null = standing;
      if (isNode(path.parent, 'TSInferType'))
        while (home !== null && home.opener !== 'TSConditionalType') home = home.parent;
      declare(home ?? standing, 'type', path as Path as Path<t.Identifier>, path);
    }
  };

  for (const path of file.paths) {
    const standing = standingOf(path);
    if (standing !== null) scopeOf.set(path, standing);
    if (OPENERS.has(path.node.type)) {
      const scope = open(path, standing);
      opened.set(path, scope);
      root ??= scope;
    }
    if (standing !== null) declareNamesOf(path, standing);
  }
  root ??= openScope(null, 'Program', { holdsVars: true });

  if (isSloppy(file)) {
    for (const { binding, scope } of functionsInBlocks) {
      const home = varScopeOf(scope, binding.name);
      let isHidden = false;
      for (let at = scope.parent; at !== null && at !== home.parent; at = at.parent)
        isHidden ||= at.values.has(binding.name);
      if (!isHidden) home.values.set(binding.name, binding);
    }
  }

  for (const path of file.paths) {
    const { node } = path;
    if ((node.type !== 'Identifier' && node.type !== 'JSXIdentifier') || declaring.has(node)) continue;
    const meaning = meaningOf(path);
    const scope = scopeOf.get(path);
    if (meaning === undefined || scope === undefined) continue;
    const binding = resolve(scope, node.name, meaning);
    if (binding === undefined) {
      scope.globals.add(node.name);
      continue;
    }
    const { reads, writes } = accessOf(path);
    if (reads) binding.reads.push(path);
    if (writes) binding.writes.push(path);
  }
  return { scopeOf, root };
}

function functionAround(path: Path): Path {
  let at = path;
  for (let { parent } = at; parent !== null; { parent } = at) {
    const outside = RUNNERS.get(parent.node.type);
    if (outside !== undefined && !outside.includes(at.key)) return parent;
    at = parent;
  }
  return at;
}

function ancestor<K extends NodeName>(path: Path, ...types: readonly K[]): Path<NodeOf<K>> | undefined {
  for (let at = path.parent; at !== null; at = at.parent) if (isNode(at, ...types)) return at;
  return undefined;
}

function namesAround(scope: Scope): ReadonlySet<string> {
  const names = new Set<string>();
  const addFrom = ({ values, types, globals }: Scope): void => {
    for (const one of [values.keys(), types.keys(), globals]) for (const name of one) names.add(name);
  };
  for (let at = scope.parent; at !== null; at = at.parent) addFrom(at);
  const ahead = [scope];
  for (let at = ahead.pop(); at !== undefined; at = ahead.pop()) {
    addFrom(at);
    ahead.push(...at.below);
  }
  return names;
}

const known = new WeakMap<t.File, Scopes>();

/** The scopes of a file: one analysis a tree, made when a name is first looked up. */
export function scopesOf(file: ParsedFile): Scopes {
  const before = known.get(file.tree);
  if (before !== undefined) return before;
  let analysis: Analysis | undefined;
  const scopeAt = (path: Path): Scope => {
    analysis ??= analyse(file);
    return analysis.scopeOf.get(path) ?? analysis.root;
  };
  const scopes: Scopes = {
    lookup(path, name) {
      const isName = isNode(path, 'Identifier') && path.node.name === name;
      return resolve(scopeAt(path), name, (isName && meaningOf(path)) || 'value');
    },
    namesAround: (path) => namesAround(scopeAt(path)),
    functionAround,
    ancestor,
  };
  known.set(file.tree, scopes);
  return scopes;
}
