import { ts } from 'ts-morph';
import type { Callees } from '../effects/callees.ts';
import type { LibraryValues } from '../effects/library-values.ts';
import {
  bareExpression,
  functionAround,
  isAssignment,
  isFunctionNode,
  isMember,
  memberName,
  type FunctionNode,
  type Symbols,
} from '../effects/symbols.ts';
import type { Surroundings } from './around.ts';
import { Conversions } from './conversions.ts';
import { isOpen } from './lost-types.ts';
import { Origins } from './origins.ts';

/** A place where a function is called, or where its value goes. */
export type Use =
  | { readonly kind: 'call'; readonly node: ts.CallExpression }
  /** It is handed to a call; `at` is the place of the argument. */
  | { readonly kind: 'argument'; readonly call: ts.CallExpression | ts.NewExpression; readonly at: number }
  /** It is a property of an object literal that is handed to a call: `server.route({ handler })`. */
  | {
      readonly kind: 'property';
      readonly name: string;
      readonly call: ts.CallExpression | ts.NewExpression;
      readonly at: number;
    }
  /** A module exports it under that name, `default` or `=` for all of a module; `read()` is what the exported function `read` gives, which `node` is then. */
  | { readonly kind: 'export'; readonly name: string; readonly node: ts.Node }
  /** It is called as a member that is declared by its shape alone, whose type is `node`: `readonly load: (path: string) => string`. */
  | { readonly kind: 'shape'; readonly node: ts.TypeNode; readonly name: string }
  /** Its type is asked for: `ReturnType<typeof load>`. */
  | { readonly kind: 'type'; readonly node: ts.Node }
  /**
   * Something of that name is called on an object of which nothing is known; or a member is read under a computed name, of an object that
   * has the function among others (`isAmong`): `handlers[kind]`.
   */
  | { readonly kind: 'maybe'; readonly node: ts.Expression; readonly isAmong?: true }
  /** Something is called by a name that is only known when it runs: `target[method]()`; or is read so of an object that hardly has it. */
  | { readonly kind: 'dynamic'; readonly node: ts.Expression }
  /** Its value goes where it is not followed. */
  | { readonly kind: 'elsewhere'; readonly node: ts.Node };

/** Where a use stands. */
export const nodeOfUse = (use: Use): ts.Node =>
  use.kind === 'argument' || use.kind === 'property' ? use.call : use.node;

/** A name that a function goes by, in one file or in all of them. */
interface Alias {
  readonly name: string;
  readonly within: ts.SourceFile | undefined;
}

const isNamed = (
  node: ts.Node | undefined,
): node is ts.Identifier | ts.PrivateIdentifier | ts.StringLiteralLike =>
  node !== undefined &&
  (ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || ts.isStringLiteralLike(node));

/** Every name in a file, with where it stands: identifiers, and texts in brackets. */
function indexNames(source: ts.SourceFile): ReadonlyMap<string, readonly ts.Node[]> {
  const index = new Map<string, ts.Node[]>();
  const add = (name: string, node: ts.Node): void => {
    const known = index.get(name);
    if (known === undefined) index.set(name, [node]);
    else known.push(node);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) add(node.text, node);
    else if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
      add(node.argumentExpression.text, node.argumentExpression);
    else if (ts.isElementAccessExpression(node)) add('[]', node);
    else if (isReflected(node)) add('[]', node);
    else if (ts.isBindingElement(node) && node.propertyName !== undefined) {
      if (ts.isStringLiteral(node.propertyName)) add(node.propertyName.text, node.propertyName);
      else if (ts.isComputedPropertyName(node.propertyName)) add('[]', node.propertyName);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return index;
}

/** Whether a member is asked for by a function of the language: `Reflect.get(service, name)`. What a trap of a proxy does is told elsewhere. */
function isReflected(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { expression, name } = node.expression;
  if (name.text !== 'get' || !ts.isIdentifier(expression) || expression.text !== 'Reflect') return false;
  const around = functionAround(node);
  const member = around !== undefined && ts.isPropertyAssignment(around.parent) ? around.parent : around;
  return member?.name?.getText() !== 'get';
}

/** The outermost expression that has the same value: without parentheses and assertions around it. */
function outerOf(node: ts.Expression): ts.Expression {
  let at = node;
  while (bareExpression(at.parent as ts.Expression) !== at.parent && ts.isExpression(at.parent))
    at = at.parent;
  return at;
}

/** Characters of sources of which one question may find out what they hand on, about 16 s, without taking longer than it may. */
const MOST_AT_ONCE = 5_000_000;

/** Finds where the functions of the project are used. */
export class Uses {
  private readonly symbols: Symbols;
  private readonly callees: Callees;
  private readonly libraries: LibraryValues;
  private readonly around: Surroundings;
  private readonly packageNames = new Map<ts.SourceFile, string | undefined>();
  private reach: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  /** Whether the code of two packages may meet. */
  private readonly meetings = new Map<string, boolean>();
  private all: ReadonlyMap<string, readonly ts.Node[]> | undefined;
  private readonly names = new Map<ts.SourceFile, ReadonlyMap<string, readonly ts.Node[]>>();
  private readonly known = new Map<ts.Node, readonly Use[]>();
  private readonly members = new Map<ts.Node, ReadonlySet<FunctionNode>>();
  private readonly calledLater = new Map<ts.Node, boolean>();
  private readonly origins: Origins;
  private readonly conversions: Conversions;
  private readonly searching = new Set<FunctionNode>();
  private byName: boolean | undefined;
  private imports: ReadonlyMap<ts.SourceFile, readonly ts.SourceFile[]> | undefined;
  private readonly near = new Map<ts.SourceFile, ReadonlySet<ts.SourceFile>>();
  private importers: ReadonlyMap<ts.SourceFile, readonly ts.Node[]> | undefined;

  constructor(symbols: Symbols, callees: Callees, libraries: LibraryValues, around: Surroundings) {
    this.symbols = symbols;
    this.callees = callees;
    this.libraries = libraries;
    this.around = around;
    this.conversions = new Conversions(symbols, around);
    this.origins = new Origins({
      symbols,
      callees,
      usesOf: (fn) => (this.searching.has(fn) ? undefined : this.of(fn)),
      placesOf: (name, within) => this.at({ name, within }),
    });
  }

  /** Builds what is asked of the whole project, so that no single question pays for it; where `isAll`, also what few questions need. */
  prepare(isAll: boolean): void {
    this.everywhere();
    this.imported();
    const isLarge = this.sources().reduce((length, { text }) => length + text.length, 0) > MOST_AT_ONCE;
    if (isAll || isLarge) this.conversions.prepare();
  }

  /** Whether code may ever meet a function of the project: some package has to do with both of theirs, over any number of steps. */
  mayMeet(node: ts.Node, fn: FunctionNode): boolean {
    const mine = this.packageOf(node.getSourceFile());
    const other = this.packageOf(fn.getSourceFile());
    if (mine === undefined || other === undefined || mine === other) return true;
    this.reach ??= this.reachOfPackages();
    const pair = `${mine}\0${other}`;
    let mayMeet = this.meetings.get(pair);
    if (mayMeet === undefined) {
      mayMeet = [...this.reach.values()].some((known) => known.has(mine) && known.has(other));
      this.meetings.set(pair, mayMeet);
    }
    return mayMeet;
  }

  /** By the name of each package of the project those that it has to do with, itself among them: what it depends on, or imports by a path. */
  private reachOfPackages(): ReadonlyMap<string, ReadonlySet<string>> {
    const files = new Map(this.sources().map((one) => [this.packageOf(one) ?? '', one.fileName]));
    const next = new Map<string, Set<string>>();
    for (const [name, path] of files) {
      const { dependsOn } = this.around.placeOf(path);
      next.set(name, new Set([...files.keys()].filter(dependsOn)));
    }
    for (const [source, importers] of this.imported())
      for (const one of importers)
        next.get(this.packageOf(one.getSourceFile()) ?? '')?.add(this.packageOf(source) ?? '');
    return new Map(
      [...next.keys()].map((start) => {
        const found = new Set([start]);
        for (const name of found) for (const one of next.get(name) ?? []) found.add(one);
        return [start, found];
      }),
    );
  }

  /** The name of the package that a file is in. */
  private packageOf(source: ts.SourceFile): string | undefined {
    if (!this.packageNames.has(source))
      this.packageNames.set(source, this.around.packageOf(source.fileName).name);
    return this.packageNames.get(source);
  }

  /** All uses of a function of the project, of a method also those through what it overrides or implements. */
  of(fn: FunctionNode): readonly Use[] {
    const known = this.known.get(fn);
    if (known !== undefined) return known;
    // A function that uses itself finds those uses again from outside.
    this.known.set(fn, []);
    this.searching.add(fn);
    const found = new Search(this, fn).run();
    this.searching.delete(fn);
    this.known.set(fn, found);
    return found;
  }

  /** Whether any module of the project is loaded by a name that is computed. */
  loadsByName(): boolean {
    this.byName ??= this.sources().some((one) => /\b(import|require)\(\s*(?!['"\s)])/.test(one.text));
    return this.byName;
  }

  /** Where a name stands, in one file or in all. */
  at({ name, within }: Alias): readonly ts.Node[] {
    if (within === undefined) return this.everywhere().get(name) ?? [];
    let index = this.names.get(within);
    if (index === undefined) {
      index = indexNames(within);
      this.names.set(within, index);
    }
    return index.get(name) ?? [];
  }

  /** Where each name stands in all files; under `[]` what is read under a computed name, and not by a number. */
  private everywhere(): ReadonlyMap<string, readonly ts.Node[]> {
    if (this.all !== undefined) return this.all;
    const all = new Map<string, ts.Node[]>();
    for (const source of this.sources()) {
      const index = this.names.get(source) ?? indexNames(source);
      this.names.set(source, index);
      for (const [name, nodes] of index) {
        const known = all.get(name);
        if (known === undefined) all.set(name, [...nodes]);
        else known.push(...nodes);
      }
    }
    all.set(
      '[]',
      (all.get('[]') ?? []).filter((node) => !this.isByNumber(node)),
    );
    this.all = all;
    return all;
  }

  /** Whether something is read by a number or a symbol, as of a list. */
  private isByNumber(node: ts.Node): boolean {
    const key = ts.isComputedPropertyName(node)
      ? node.expression
      : ts.isElementAccessExpression(node)
        ? node.argumentExpression
        : undefined;
    if (key === undefined) return false;
    const type = this.symbols.whole.checker.getTypeAtLocation(key);
    return isOnly(type, ts.TypeFlags.NumberLike | ts.TypeFlags.ESSymbolLike);
  }

  /** The `import`, `export … from` and `require` of a file, anywhere in the project. */
  importersOf(source: ts.SourceFile): readonly ts.Node[] {
    return this.imported().get(source) ?? [];
  }

  isThis(node: ts.Expression, fn: FunctionNode): boolean {
    return this.callees.of(node).functions.includes(fn);
  }

  /** Whether nothing is known of the object that a member is read of. */
  isOfUnknown(node: ts.PropertyAccessExpression | ts.ElementAccessExpression): boolean {
    if (this.callees.of(node).functions.length > 0) return false;
    const name = ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
    const isDeclared = this.symbols
      .at(name)
      ?.declarations?.some((one) => !ts.isIndexSignatureDeclaration(one));
    return isDeclared !== true && this.libraries.of(node.expression) === undefined;
  }

  /** Whether nothing at all is known of the object that a member is read of. */
  isOfAny(node: ts.ElementAccessExpression): boolean {
    const { flags } = this.symbols.whole.checker.getTypeAtLocation(node.expression);
    return (flags & ts.TypeFlags.Any) !== 0 && this.libraries.of(node.expression) === undefined;
  }

  /** Whether a pattern takes a part out of something of which nothing is known, or that is declared by its shape alone. */
  isPartOfUnknown(element: ts.BindingElement, name: string, holders: ReadonlySet<ts.Node>): boolean {
    const { checker } = this.symbols.whole;
    const pattern = element.parent;
    const holder = pattern.parent;
    const source = ts.isVariableDeclaration(holder) ? holder.initializer : undefined;
    if (source !== undefined && this.libraries.of(source) !== undefined) return false;
    const type = checker.getTypeAtLocation(pattern);
    const property = type.getProperty(name);
    // A type that was only read off the pattern itself has no declarations.
    if ((property?.declarations ?? []).length === 0) return true;
    const isSignature = this.symbols
      .declarationsOf(property)
      .some((one) => ts.isMethodSignature(one) || ts.isPropertySignature(one) || ts.isBindingElement(one));
    return isSignature && (holders.size === 0 || this.origins.fits(holders, type));
  }

  /** Whether a member is read of something that is declared by its shape alone, which one of `holders` has. */
  isOfShape(
    node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
    holders: ReadonlySet<ts.Node>,
  ): boolean {
    const name = ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
    const isDeclared = this.symbols
      .declarationsOf(this.symbols.at(name))
      .some((one) => ts.isMethodSignature(one) || ts.isPropertySignature(one));
    const type = this.symbols.whole.checker.getTypeAtLocation(node.expression);
    return isDeclared && this.origins.fits(holders, type);
  }

  /**
   * The types of what functions give that are called as a member, where the project declares it by its shape alone, there and for the objects
   * that have the function; undefined where not all of that is seen.
   */
  resultsOf(
    node: ts.PropertyAccessExpression,
    holders: ReadonlySet<ts.Node>,
  ): ReadonlySet<ts.TypeNode> | undefined {
    const { checker } = this.symbols.whole;
    const type = checker.getNonNullableType(checker.getTypeAtLocation(node.expression));
    if (type.isUnionOrIntersection() || isOpen(type)) return undefined;
    const members = [this.symbols.at(node.name)];
    for (const one of holders) {
      if (!ts.isObjectLiteralExpression(one)) return undefined;
      const declared = checker.getContextualType(one);
      if (declared !== undefined) members.push(declared.getProperty(node.name.text));
    }
    const results = new Set<ts.TypeNode>();
    for (const one of members.map((member) => this.symbols.declarationsOf(member))) {
      if (one.length === 0) return undefined;
      for (const declaration of one) {
        const result = this.resultOf(declaration);
        if (result === undefined) return undefined;
        results.add(result);
      }
    }
    return results;
  }

  /** The type of what a function gives that a member is declared as, in a source of the project. */
  private resultOf(declaration: ts.Declaration): ts.TypeNode | undefined {
    const declared = ts.isPropertySignature(declaration) ? declaration.type : declaration;
    const isFunction =
      declared !== undefined && (ts.isMethodSignature(declared) || ts.isFunctionTypeNode(declared));
    return isFunction && this.symbols.whole.isOwn(declaration.getSourceFile()) ? declared.type : undefined;
  }

  /** How likely it is that a member that is read under a computed name is the function, which goes by one of `names` in one of `holders`. */
  isAmongMembers(
    node: ts.ElementAccessExpression | ts.ComputedPropertyName,
    fn: FunctionNode,
    { names, holders }: { readonly names: ReadonlySet<string>; readonly holders: ReadonlySet<ts.Node> },
  ): 'yes' | 'unlikely' | 'no' {
    const { checker } = this.symbols.whole;
    const isPart = ts.isComputedPropertyName(node);
    if (this.isByNumber(node)) return 'no';
    const key = checker.getTypeAtLocation(isPart ? node.expression : node.argumentExpression);
    const type = checker.getTypeAtLocation(isPart ? node.parent.parent : node.expression);
    if (this.membersOf(node, type, key).has(fn)) return 'yes';
    // What is given another type by force still has its own members.
    const forced = isPart ? undefined : bareExpression(node.expression);
    if (
      forced !== undefined &&
      forced !== node.expression &&
      this.findMembers(checker.getTypeAtLocation(forced), key).has(fn)
    )
      return 'yes';
    // What is declared by its shape alone may be any object of that shape which is handed on whole.
    const values = type.getStringIndexType();
    const isUntyped =
      values !== undefined && (values.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
    const isShape =
      (hasFunctions(values) && (!isUntyped || !isData(node))) ||
      [...names].some((name) => mayBeKey(key, name) && isSignature(type.getProperty(name)));
    if (!isShape) return 'no';
    const handedOn = new Set(
      [...holders].filter((one) => !this.isKeptBack(one) || (isOfExport(one) && this.isLost(one))),
    );
    if (!this.origins.fits(handedOn, type)) return 'no';
    const mayBeKnownThere = (one: ts.Node): one is ts.ClassLikeDeclaration | ts.ObjectLiteralExpression =>
      isUntyped &&
      (ts.isClassLike(one) || ts.isObjectLiteralExpression(one)) &&
      (this.around.kindOf(node.getSourceFile().fileName) !== 'test' ||
        !this.isNear(node.getSourceFile(), one.getSourceFile()));
    const source = isPart ? patternSource(node) : node.expression;
    const isLikely = (some: ReadonlySet<ts.Node>): boolean =>
      this.origins.fits(some, type) && (source === undefined || this.origins.mayBe(source, some));
    // What is forgotten takes long to be found out: first whether it matters.
    const isNew = [...handedOn].some((one) => mayBeKnownThere(one) && !this.conversions.isAnswered(one));
    if (isNew && !isLikely(handedOn)) return 'unlikely';
    const forgotten = [...handedOn].filter(
      (one) => !mayBeKnownThere(one) || this.conversions.isForgotten(one),
    );
    return isLikely(new Set(forgotten)) ? 'yes' : 'unlikely';
  }

  /** Whether what one file makes may be handed to another one by files that import it: those have to load both. */
  private isNear(source: ts.SourceFile, maker: ts.SourceFile): boolean {
    let all = this.near.get(source);
    if (all === undefined) {
      const above = new Set([source]);
      for (const one of above) for (const by of this.importersOf(one)) above.add(by.getSourceFile());
      this.imports ??= this.indexImports();
      const found = new Set(above);
      for (const one of found) for (const next of this.imports.get(one) ?? []) found.add(next);
      all = found;
      this.near.set(source, all);
    }
    return all.has(maker);
  }

  /** What each file imports, of the files of the project. */
  private indexImports(): ReadonlyMap<ts.SourceFile, readonly ts.SourceFile[]> {
    const index = new Map<ts.SourceFile, ts.SourceFile[]>();
    for (const [source, importers] of this.imported())
      for (const one of importers) {
        const by = one.getSourceFile();
        index.set(by, [...(index.get(by) ?? []), source]);
      }
    return index;
  }

  /** Whether an object goes where nothing is known of it, as with all that its module exports: `import * as lib`, `lib as any`. */
  private isLost(holder: ts.Node): boolean {
    return ts.isObjectLiteralExpression(holder) && this.conversions.isForgotten(holder);
  }

  /** Whether an object is only ever used for what is read off it: its variable is never handed on. */
  private isKeptBack(holder: ts.Node): boolean {
    if (!ts.isObjectLiteralExpression(holder)) return false;
    const { parent } = outerOf(holder);
    if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return false;
    const { name } = parent;
    return [...this.at({ name: name.text, within: undefined })].every(
      (one) => one === name || isReadOff(one) || !this.mayMean(one, parent),
    );
  }

  /** Whether a name may stand for a variable, in its file or where it is imported from there. */
  private mayMean(node: ts.Node, variable: ts.VariableDeclaration): boolean {
    if (!ts.isIdentifier(node)) return true;
    const symbol = this.symbols.at(node);
    return symbol === undefined || this.isDeclaredBy(node, variable);
  }

  /** The functions of the project that are members of something of a type, of those that a key may be the name of. */
  private membersOf(node: ts.Node, type: ts.Type, key: ts.Type): ReadonlySet<FunctionNode> {
    const known = this.members.get(node);
    if (known !== undefined) return known;
    const found = this.findMembers(type, key);
    this.members.set(node, found);
    return found;
  }

  private findMembers(type: ts.Type, key: ts.Type): ReadonlySet<FunctionNode> {
    return new Set(
      type
        .getProperties()
        .filter(({ name }) => mayBeKey(key, name))
        .flatMap((one) => this.callees.ofMember(one).functions),
    );
  }

  /** Whether what is read there is called, there or by a name that it gets. */
  isCalledLater(node: ts.Expression): boolean {
    let isCalledLater = this.calledLater.get(node);
    if (isCalledLater === undefined) {
      isCalledLater = isCalled(node) || isKeptToCall(node);
      this.calledLater.set(node, isCalledLater);
    }
    return isCalledLater;
  }

  /** Whether two names stand for the same thing of a file. */
  isSame(one: ts.Identifier, other: ts.Identifier): boolean {
    return this.symbols.at(one) === this.symbols.at(other);
  }

  isDeclaredBy(node: ts.Identifier, declaration: ts.Declaration): boolean {
    const symbol = this.symbols.at(node);
    const target = symbol === undefined ? undefined : this.symbols.followed(symbol);
    return this.symbols.declarationsOf(target).includes(declaration);
  }

  isReference(node: ts.Identifier, fn: FunctionNode): boolean {
    const symbol = this.symbols.at(node);
    const target = symbol === undefined ? undefined : this.symbols.followed(symbol);
    return this.symbols.declarationsOf(target).some((one) => one === fn) || this.isThis(node, fn);
  }

  private sources(): readonly ts.SourceFile[] {
    return this.symbols.whole.program
      .getSourceFiles()
      .filter((one) => this.symbols.whole.isOwn(one) && !one.isDeclarationFile);
  }

  private imported(): ReadonlyMap<ts.SourceFile, readonly ts.Node[]> {
    this.importers ??= this.indexImporters();
    return this.importers;
  }

  private indexImporters(): ReadonlyMap<ts.SourceFile, readonly ts.Node[]> {
    const index = new Map<ts.SourceFile, ts.Node[]>();
    const note = (specifier: ts.Node, node: ts.Node): void => {
      const symbol = this.symbols.whole.checker.getSymbolAtLocation(specifier);
      for (const one of symbol?.declarations ?? []) {
        if (!ts.isSourceFile(one)) continue;
        const known = index.get(one);
        if (known === undefined) index.set(one, [node]);
        else known.push(node);
      }
    };
    const visit = (node: ts.Node): void => {
      if (
        (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
        node.moduleSpecifier !== undefined
      )
        note(node.moduleSpecifier, node);
      else if (ts.isCallExpression(node)) {
        const [first] = node.arguments;
        const isRequire =
          node.expression.kind === ts.SyntaxKind.ImportKeyword ||
          (ts.isIdentifier(node.expression) && node.expression.text === 'require');
        if (isRequire && first !== undefined && ts.isStringLiteralLike(first)) note(first, node);
      }
      ts.forEachChild(node, visit);
    };
    for (const source of this.sources()) if (/\b(import|require|from)\b/.test(source.text)) visit(source);
    return index;
  }
}

/** Whether a module exports the variable that an object is kept in. */
function isOfExport(holder: ts.Node): boolean {
  const { parent } = ts.isExpression(holder) ? outerOf(holder) : holder;
  const statement = ts.isVariableDeclaration(parent) ? parent.parent.parent : undefined;
  return (
    statement !== undefined &&
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}

/** Whether a name stands where something is read off what it means, or where it is imported and exported under the same name. */
function isReadOff(node: ts.Node): boolean {
  const { parent } = node;
  if (isMember(parent)) {
    const isName = ts.isPropertyAccessExpression(parent) && parent.name === node;
    return isName
      ? isMember(parent.parent) && parent.parent.expression === parent
      : parent.expression === node;
  }
  return (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) && parent.propertyName === undefined;
}

/** What a pattern takes apart, where that is written down beside it. */
function patternSource({ parent: element }: ts.ComputedPropertyName): ts.Expression | undefined {
  if (!ts.isBindingElement(element)) return undefined;
  const { parent } = element.parent;
  return ts.isVariableDeclaration(parent) ? parent.initializer : undefined;
}

/** Whether a type is nothing but of such kinds. */
const isOnly = (type: ts.Type, flags: ts.TypeFlags): boolean =>
  type.isUnion() ? type.types.every((one) => isOnly(one, flags)) : (type.flags & flags) !== 0;

/** Whether a value of a type may be the name of that property: of a text that is not known it may. */
const mayBeKey = (key: ts.Type, name: string): boolean =>
  key.isUnion() ? key.types.some((one) => mayBeKey(one, name)) : !key.isStringLiteral() || key.value === name;

/** Whether values of a type may be functions, as far as it says. */
const hasFunctions = (type: ts.Type | undefined): boolean =>
  type !== undefined &&
  ((type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0 ||
    (type.isUnion() ? type.types.some(hasFunctions) : type.getCallSignatures().length > 0));

const isSignature = (property: ts.Symbol | undefined): boolean =>
  (property?.declarations ?? []).some((one) => ts.isMethodSignature(one) || ts.isPropertySignature(one));

const placeOf = (node: ts.Node, call: ts.CallExpression | ts.NewExpression): number =>
  (call.arguments ?? ([] as readonly ts.Node[])).findIndex((one) => one === node);

/** The object literal or class that a function is a member of. */
function holderOf(fn: FunctionNode): ts.ObjectLiteralExpression | ts.ClassLikeDeclaration | undefined {
  const member = ts.isPropertyAssignment(fn.parent) || ts.isPropertyDeclaration(fn.parent) ? fn.parent : fn;
  const { parent } = member;
  return ts.isObjectLiteralExpression(parent) || ts.isClassLike(parent) ? parent : undefined;
}

/** Whether a value is called there, also with another `this`. */
function isCalled(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isCallExpression(parent)) return parent.expression === node;
  return (
    isMember(parent) && parent.expression === node && /^(call|apply|bind)$/.test(memberName(parent) ?? '')
  );
}

/** Whether a value is called, handed to a call or only tested: where it goes then is seen whatever it is. */
function isCalledOrHanded(node: ts.Expression): boolean {
  const outer = outerOf(node);
  const { parent } = outer;
  if (ts.isCallExpression(parent) || ts.isIfStatement(parent) || ts.isTypeOfExpression(parent)) return true;
  if (ts.isPrefixUnaryExpression(parent)) return true;
  if (ts.isConditionalExpression(parent)) return parent.condition === outer;
  if (!ts.isBinaryExpression(parent)) return false;
  const operator = parent.operatorToken.getText();
  return /^[!=]==?$/.test(operator) || (operator === '&&' && parent.left === outer);
}

/** Whether a value gets a name in whose function something of that name is called: `const method = service[name]; method();`. */
function isKeptToCall(node: ts.Expression): boolean {
  const { parent } = outerOf(node);
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return false;
  const { text } = parent.name;
  const around = functionAround(parent) ?? parent.getSourceFile();
  const visit = (one: ts.Node): boolean =>
    (ts.isIdentifier(one) && one.text === text && isCalled(one)) ||
    (ts.forEachChild(one, (inner) => visit(inner) || undefined) ?? false);
  return visit(around);
}

const USED_AS_DATA = /^(String|Number|Boolean|BigInt|isNaN|JSON\.stringify|Array\.isArray|console\.\w+)$/;

/** Whether what is read under a computed name is only looked at there: compared, tested, written into a text. It is no function then that matters. */
function isData(node: ts.ElementAccessExpression | ts.ComputedPropertyName): boolean {
  if (ts.isComputedPropertyName(node)) return false;
  const outer = outerOf(node);
  const { parent } = outer;
  if (ts.isCallExpression(parent))
    return parent.expression !== outer && USED_AS_DATA.test(parent.expression.getText());
  if (ts.isBinaryExpression(parent))
    return /^(===?|!==?|[<>]=?|in|[-+*/%]=?)$/.test(parent.operatorToken.getText());
  if (isMember(parent))
    return parent.expression === outer && !/^(call|apply|bind)$/.test(memberName(parent) ?? 'call');
  return (
    ts.isTypeOfExpression(parent) ||
    ts.isTemplateSpan(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    ts.isDeleteExpression(parent) ||
    ts.isForOfStatement(parent) ||
    (ts.isIfStatement(parent) && parent.expression === outer)
  );
}

/** Whether something is put where an expression leads. */
function isTarget(node: ts.Expression): boolean {
  const outer = outerOf(node);
  return ts.isBinaryExpression(outer.parent) && isAssignment(outer.parent) && outer.parent.left === outer;
}

/** The name that a module is imported under as a whole: `import * as lib`, `const lib = require('./lib')`. */
function wholeModuleOf(importer: ts.Node): ts.Identifier | undefined {
  if (ts.isImportDeclaration(importer)) {
    const bindings = importer.importClause?.namedBindings;
    return bindings !== undefined && ts.isNamespaceImport(bindings) ? bindings.name : undefined;
  }
  if (!ts.isCallExpression(importer)) return undefined;
  const { parent } = outerOf(importer);
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name : undefined;
}

/** Whether a value is an argument of a call; one that puts something else in the place of a member is none. */
function isHandedOn(node: ts.Expression): boolean {
  const outer = outerOf(node);
  const { parent } = outer;
  if (!(ts.isCallExpression(parent) || ts.isNewExpression(parent)) || placeOf(outer, parent) === -1)
    return false;
  return !/\b(spyOn|stub|replace|mock\w*|expect)$/.test(parent.expression.getText());
}

/** Whether a call goes over all members of an object: `Object.values(lib)`. */
const isTakenApart = (node: ts.Expression): boolean => {
  const { parent } = outerOf(node);
  return ts.isCallExpression(parent) && /^Object\.(values|entries)$/.test(parent.expression.getText());
};

/** How deep the value of a function is followed through functions that return it. */
const DEPTH = 6;

/** One search for the uses of one function. */
class Search {
  private readonly uses: Uses;
  private readonly fn: FunctionNode;
  private readonly found: Use[] = [];
  private readonly ahead: Alias[] = [];
  private readonly asked = new Set<string>();
  private readonly followed = new Set<ts.Node>();
  /** Names that stand for something else, as far as is seen: whether they may be the function is asked when all is known that has it. */
  private readonly open: ts.Node[] = [];
  /** What is read under a computed name, of objects that hardly have the function, as far as values are followed. */
  private readonly unlikely: ts.Expression[] = [];
  /** Whether it goes by the name of a property, so that it may be called on an object of which nothing is known. */
  private isMember = false;
  /** The names of properties that it goes by, and the objects and classes that have them. */
  private readonly members = { names: new Set<string>(), holders: new Set<ts.Node>() };
  private readonly shapes = new Set<ts.TypeNode>();
  private confined: boolean | undefined;

  constructor(uses: Uses, fn: FunctionNode) {
    this.uses = uses;
    this.fn = fn;
  }

  run(): readonly Use[] {
    const { fn } = this;
    const holder = holderOf(fn);
    if (holder !== undefined) this.members.holders.add(holder);
    if (ts.isMethodDeclaration(fn) || ts.isConstructorDeclaration(fn)) {
      if (isNamed(fn.name)) this.asProperty(fn.name.text);
      else if (fn.name !== undefined) this.add({ kind: 'elsewhere', node: fn.name });
      if (ts.isObjectLiteralExpression(fn.parent) && isNamed(fn.name))
        this.container(fn.name.text, fn.parent, 0);
    } else if (ts.isFunctionDeclaration(fn)) this.declared(fn, fn.name);
    else if (ts.isFunctionExpression(fn) || ts.isArrowFunction(fn)) {
      if (ts.isFunctionExpression(fn) && fn.name !== undefined) this.ask(fn.name.text, fn.getSourceFile());
      this.flow(fn, 0);
    }
    this.runAhead();
    for (const node of this.open) {
      if (this.mayBe(node) && !this.asShape(node)) this.addMaybe(node);
      // What is come by in that way may go by another name.
      this.runAhead();
    }
    const [unlikely] = this.unlikely;
    if (unlikely !== undefined) this.add({ kind: 'dynamic', node: unlikely });
    return this.found;
  }

  private runAhead(): void {
    for (let one = this.ahead.pop(); one !== undefined; one = this.ahead.pop())
      for (const node of this.uses.at(one)) this.hit(node);
  }

  private add(use: Use): void {
    this.found.push(use);
  }

  /** A member is read that the project declares by its shape alone: whoever calls it can wait, whichever function it is. */
  private asShape(node: ts.Node): boolean {
    if (!ts.isFunctionDeclaration(this.fn) || !ts.isPropertyAccessExpression(node)) return false;
    if (this.uses.isOfUnknown(node) || !isCalledOrHanded(node)) return false;
    const results = this.uses.resultsOf(node, this.members.holders);
    if (results === undefined) return false;
    for (const result of results)
      if (!this.shapes.has(result)) {
        this.shapes.add(result);
        this.add({ kind: 'shape', node: result, name: node.name.text });
      }
    this.flow(node, 0);
    return true;
  }

  /** Looks for a name; in all files where none is given. */
  private ask(name: string, within: ts.SourceFile | undefined): void {
    const everywhere = `${name}\0`;
    const key = everywhere + (within?.fileName ?? '');
    if (this.asked.has(key) || this.asked.has(everywhere)) return;
    this.asked.add(key);
    this.ahead.push({ name, within });
  }

  /** It is reached by the name of a property, on any object. */
  private asProperty(name: string): void {
    this.isMember = true;
    this.members.names.add(name);
    this.ask(name, undefined);
    this.ask('[]', undefined);
  }

  /** A declaration with that name: the file, and where it is exported all others. */
  private declared(node: ts.Declaration, name: ts.Identifier | undefined): void {
    const source = node.getSourceFile();
    if (name !== undefined) this.ask(name.text, source);
    const statement = ts.isVariableDeclaration(node) ? node.parent.parent : node;
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) {
      // What a script declares at its top is seen by all scripts, but nobody writes such back ends.
      return;
    }
    if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) this.exported('default', node);
    else if (name !== undefined) this.exported(name.text, node);
  }

  /** A module exports it: it is looked for where that is imported. */
  private exported(name: string, node: ts.Node): void {
    // A module that is loaded by a computed name is an object of which nothing is known.
    if (this.uses.loadsByName()) this.isMember = true;
    this.add({ kind: 'export', name, node });
    // `lib[name]()`, where `lib` is the module.
    this.ask('[]', undefined);
    for (const importer of this.uses.importersOf(node.getSourceFile())) this.asModule(importer, name);
    if (name !== 'default' && name !== '=') {
      this.ask(name, undefined);
      return;
    }
    for (const importer of this.uses.importersOf(node.getSourceFile())) {
      const source = importer.getSourceFile();
      if (ts.isImportDeclaration(importer)) {
        const local = importer.importClause?.name;
        if (local !== undefined) this.ask(local.text, source);
        const bindings = importer.importClause?.namedBindings;
        if (bindings !== undefined && ts.isNamespaceImport(bindings)) this.ask(bindings.name.text, source);
        if (bindings !== undefined && ts.isNamedImports(bindings))
          for (const one of bindings.elements)
            if (one.propertyName?.text === 'default') this.ask(one.name.text, source);
      } else if (ts.isExportDeclaration(importer)) {
        const { exportClause } = importer;
        if (exportClause !== undefined && ts.isNamedExports(exportClause))
          for (const one of exportClause.elements)
            if (one.propertyName?.text === 'default') this.exported(one.name.text, one);
      } else if (ts.isCallExpression(importer)) this.required(importer, name);
    }
    if (name === 'default') this.ask('default', undefined);
  }

  /** Its module is imported whole: does that go on as a value, as in `dispatch(lib)`? */
  private asModule(importer: ts.Node, name: string): void {
    const local = wholeModuleOf(importer);
    if (local === undefined) return;
    for (const one of this.uses.at({ name: local.text, within: local.getSourceFile() })) {
      if (one === local || !ts.isIdentifier(one) || !this.uses.isSame(one, local) || !isHandedOn(one))
        continue;
      this.members.holders.add(one);
      this.asProperty(name);
      if (isTakenApart(one)) this.add({ kind: 'elsewhere', node: one });
    }
  }

  /** `require('./load')`: where the module is the function itself, its value goes on; else what is read off it is found by its name. */
  private required(call: ts.CallExpression, name: string): void {
    const outer = outerOf(call);
    const { parent } = outer;
    if (name === '=') this.flow(outer, 0);
    else if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name))
      this.ask(parent.name.text, parent.getSourceFile());
  }

  /** A name of the function stands here: is it the function, and what becomes of it? */
  private hit(node: ts.Node): void {
    const { parent } = node;
    if (this.followed.has(node)) return;
    this.followed.add(node);
    if (ts.isElementAccessExpression(node)) {
      if (this.uses.isThis(node, this.fn)) this.flow(node, 0);
      else this.open.push(node);
      return;
    }
    if (ts.isComputedPropertyName(node) || isReflected(node)) {
      this.open.push(node);
      return;
    }
    if (ts.isBindingElement(parent)) {
      this.part(parent, node);
      return;
    }
    if (ts.isElementAccessExpression(parent) && parent.argumentExpression === node) {
      this.member(parent);
      return;
    }
    if (!ts.isIdentifier(node) && !ts.isPrivateIdentifier(node)) return;
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
      this.member(parent);
      return;
    }
    if (!ts.isIdentifier(node)) return;
    if (ts.isImportSpecifier(parent) || ts.isImportClause(parent)) {
      if (this.uses.isReference(parent.name ?? node, this.fn))
        this.ask((parent.name ?? node).text, node.getSourceFile());
      return;
    }
    if (ts.isExportSpecifier(parent)) {
      if (this.uses.isReference(node, this.fn)) this.exported(parent.name.text, parent);
      return;
    }
    if (ts.isTypeQueryNode(parent) || ts.isQualifiedName(parent)) {
      if (this.uses.isReference(node, this.fn)) this.add({ kind: 'type', node });
      return;
    }
    if (ts.isShorthandPropertyAssignment(parent)) {
      if (this.uses.isReference(node, this.fn)) this.property(parent, 0);
      return;
    }
    const isDeclared =
      (ts.isVariableDeclaration(parent) ||
        ts.isParameter(parent) ||
        isFunctionNode(parent) ||
        ts.isPropertyDeclaration(parent)) &&
      parent.name === node;
    const isKey =
      (ts.isPropertyAssignment(parent) ||
        ts.isPropertySignature(parent) ||
        ts.isMethodSignature(parent) ||
        ts.isEnumMember(parent)) &&
      parent.name === node;
    if (isDeclared || isKey || !ts.isExpression(node)) return;
    if (this.uses.isReference(node, this.fn)) this.flow(node, 0);
  }

  private member(node: ts.PropertyAccessExpression | ts.ElementAccessExpression): void {
    if (isTarget(node)) return;
    if (this.uses.isThis(node, this.fn)) this.flow(node, 0);
    else this.open.push(node);
  }

  /** A name in a pattern: `const { load } = lib`. */
  private part(element: ts.BindingElement, node: ts.Node): void {
    const isKey = element.propertyName === undefined ? element.name === node : element.propertyName === node;
    if (!isKey || !ts.isIdentifier(element.name)) return;
    if (this.uses.isReference(element.name, this.fn)) this.ask(element.name.text, element.getSourceFile());
    else this.open.push(node);
  }

  /** Whether something that goes by its name, or by a name that is computed, may be it. */
  private mayBe(node: ts.Node): boolean {
    return this.uses.mayMeet(node, this.fn) && this.isLike(node);
  }

  private isLike(node: ts.Node): boolean {
    const { parent } = node;
    if (ts.isBindingElement(parent) && isNamed(node))
      return this.isNamedSo() && this.uses.isPartOfUnknown(parent, node.text, this.members.holders);
    if (ts.isComputedPropertyName(node)) return this.isAmong(node);
    if (isReflected(node)) return this.isDynamic(node);
    if (!isMember(node)) return false;
    if (memberName(node) !== undefined)
      return (
        this.isNamedSo() && (this.uses.isOfUnknown(node) || this.uses.isOfShape(node, this.members.holders))
      );
    if (!ts.isElementAccessExpression(node) || isTarget(node)) return false;
    return this.isDynamic(node) || this.isAmong(node);
  }

  private isAmong(node: ts.ElementAccessExpression | ts.ComputedPropertyName): boolean {
    const answer = this.uses.isAmongMembers(node, this.fn, this.members);
    if (answer === 'unlikely') this.unlikely.push(ts.isComputedPropertyName(node) ? node.expression : node);
    return answer === 'yes';
  }

  /** Whether objects may have it as a member, of which nothing is known where they are used. */
  private isNamedSo(): boolean {
    return this.isMember && !this.isConfined();
  }

  /** Whether something is called under a computed name, of an object of which nothing is known. */
  private isDynamic(node: ts.Node): node is ts.ElementAccessExpression | ts.CallExpression {
    if (isReflected(node)) return this.isMember && this.uses.isCalledLater(node);
    return (
      this.isMember &&
      ts.isElementAccessExpression(node) &&
      memberName(node) === undefined &&
      this.uses.isCalledLater(node) &&
      this.uses.isOfAny(node)
    );
  }

  private addMaybe(node: ts.Node): void {
    if (this.isDynamic(node)) this.add({ kind: 'dynamic', node });
    else if (ts.isComputedPropertyName(node))
      this.add({ kind: 'maybe', node: node.expression, isAmong: true });
    else if (ts.isElementAccessExpression(node) && memberName(node) === undefined)
      this.add({ kind: 'maybe', node, isAmong: true });
    else if (ts.isExpression(node)) this.add({ kind: 'maybe', node });
  }

  /** Whether the object that it is a member of is only ever reached by the name of its variable. */
  private isConfined(): boolean {
    this.confined ??= this.findConfined();
    return this.confined;
  }

  private findConfined(): boolean {
    const holder = holderOf(this.fn);
    if (holder === undefined || !ts.isObjectLiteralExpression(holder)) return false;
    const { parent } = outerOf(holder);
    if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return false;
    const statement = parent.parent.parent;
    const isExported = ts.canHaveModifiers(statement) && (ts.getModifiers(statement) ?? []).length > 0;
    if (isExported || (ts.getCombinedNodeFlags(parent) & ts.NodeFlags.Const) === 0) return false;
    const { name } = parent;
    return [...this.uses.at({ name: name.text, within: name.getSourceFile() })].every(
      (one) =>
        one === name ||
        (ts.isPropertyAccessExpression(one.parent) &&
          (one.parent.expression === one || one.parent.name === one)) ||
        (ts.isPropertyAssignment(one.parent) && one.parent.name === one),
    );
  }

  /** It is put into an object under a name. */
  private property(node: ts.ObjectLiteralElementLike, depth: number): void {
    if (!isNamed(node.name) || !ts.isObjectLiteralExpression(node.parent)) {
      this.add({ kind: 'elsewhere', node });
      return;
    }
    this.members.holders.add(node.parent);
    this.asProperty(node.name.text);
    this.container(node.name.text, node.parent, depth);
  }

  /** The object that has it as the property `name`: is it handed to a call, or exported? */
  private container(name: string, object: ts.ObjectLiteralExpression, depth: number): void {
    const outer = outerOf(object);
    const { parent } = outer;
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
      const at = placeOf(outer, parent);
      const isJoined = /^Object\.assign$/.test(parent.expression.getText());
      const [target] = parent.arguments ?? [];
      if (isJoined && /^(module\.)?exports$/.test(target?.getText() ?? ''))
        this.add({ kind: 'export', name, node: parent });
      else if (at !== -1 && !isJoined) this.add({ kind: 'property', name, call: parent, at });
    } else if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name))
      this.kept(name, parent, parent.name);
    else if (ts.isBinaryExpression(parent) && /^(module\.)?exports$/.test(parent.left.getText()))
      this.add({ kind: 'export', name, node: parent });
    else if (ts.isExportAssignment(parent)) this.add({ kind: 'export', name, node: parent });
    else if (ts.isPropertyAssignment(parent) && ts.isObjectLiteralExpression(parent.parent) && depth < DEPTH)
      this.container(name, parent.parent, depth + 1);
  }

  /** The variable that holds the object: does its value go on whole, as in `Object.values(checks)`? */
  private kept(name: string, variable: ts.VariableDeclaration, local: ts.Identifier): void {
    const statement = variable.parent.parent;
    const isExported = ts.canHaveModifiers(statement) && (ts.getModifiers(statement) ?? []).length > 0;
    const within = isExported ? undefined : variable.getSourceFile();
    for (const one of this.uses.at({ name: local.text, within })) {
      if (one === local || !ts.isIdentifier(one) || !this.uses.isDeclaredBy(one, variable)) continue;
      const outer = outerOf(one);
      const { parent } = outer;
      if (isMember(parent) && parent.expression === outer) continue;
      if (
        ts.isImportSpecifier(one.parent) ||
        ts.isExportSpecifier(one.parent) ||
        ts.isImportClause(one.parent)
      )
        continue;
      if (ts.isTypeQueryNode(one.parent) || ts.isExportAssignment(parent)) continue;
      if (ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name)) continue;
      if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
        const at = placeOf(outer, parent);
        // They ask for names alone.
        if (/^Object\.(keys|hasOwn|getOwnPropertyNames)$/.test(parent.expression.getText())) continue;
        if (at !== -1 && !/^Object\.\w+$/.test(parent.expression.getText())) {
          this.add({ kind: 'property', name, call: parent, at });
          continue;
        }
      }
      if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InKeyword) continue;
      const isShown = ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(one.parent);
      if (isShown || (ts.isBinaryExpression(parent) && /^(module\.)?exports\b/.test(parent.left.getText())))
        continue;
      this.add({ kind: 'elsewhere', node: outer });
    }
  }

  /** Where the value of an expression goes that is the function. */
  private flow(expression: ts.Expression, depth: number): void {
    const node = outerOf(expression);
    const { parent } = node;
    if (depth > DEPTH) this.add({ kind: 'elsewhere', node });
    else if (ts.isCallExpression(parent) && parent.expression === node)
      this.add({ kind: 'call', node: parent });
    else if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
      const at = placeOf(node, parent);
      this.add(at === -1 ? { kind: 'elsewhere', node } : { kind: 'argument', call: parent, at });
    } else if (isMember(parent) && parent.expression === node) this.ofFunction(parent, depth);
    else if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name))
      this.declared(parent, parent.name);
    else if (ts.isPropertyDeclaration(parent) && isNamed(parent.name)) this.asProperty(parent.name.text);
    else if (ts.isPropertyAssignment(parent)) this.property(parent, depth);
    else if (ts.isBinaryExpression(parent)) this.inBinary(parent, node, depth);
    else if (ts.isConditionalExpression(parent)) {
      if (parent.condition !== node) this.flow(parent, depth + 1);
    } else if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node))
      this.returned(parent, depth);
    else if (ts.isArrayLiteralExpression(parent)) this.inArray(parent, node);
    else if (ts.isExportAssignment(parent))
      this.exported(parent.isExportEquals === true ? '=' : 'default', parent);
    else if (ts.isExpressionStatement(parent) || ts.isTypeOfExpression(parent) || ts.isIfStatement(parent))
      return;
    else if (ts.isPrefixUnaryExpression(parent)) return;
    else this.add({ kind: 'elsewhere', node });
  }

  private inBinary(parent: ts.BinaryExpression, node: ts.Expression, depth: number): void {
    const operator = parent.operatorToken.getText();
    if (isAssignment(parent)) {
      if (parent.left === node) return;
      if (/^module\.exports$/.test(parent.left.getText())) this.exported('=', parent);
      else if (isMember(parent.left)) {
        const name = memberName(parent.left);
        if (name === undefined) this.add({ kind: 'elsewhere', node });
        else {
          if (/^(module\.)?exports\b/.test(parent.left.getText()))
            this.add({ kind: 'export', name, node: parent });
          this.asProperty(name);
        }
      } else if (ts.isIdentifier(parent.left)) this.ask(parent.left.text, parent.getSourceFile());
      else this.add({ kind: 'elsewhere', node });
      // `exports = module.exports = load`
      if (ts.isBinaryExpression(parent.parent)) this.flow(parent, depth + 1);
    } else if (operator === '&&' || operator === '||' || operator === '??') {
      if (parent.right === node || operator !== '&&') this.flow(parent, depth + 1);
    } else if (operator === ',') this.add({ kind: 'elsewhere', node });
    // What is left compares it.
  }

  /** `load.call(…)`, `load.bind(…)`; what else is read off a function says nothing of its result. */
  private ofFunction(member: ts.PropertyAccessExpression | ts.ElementAccessExpression, depth: number): void {
    const name = memberName(member);
    const { parent } = member;
    if (!ts.isCallExpression(parent) || parent.expression !== member) {
      if (name === undefined || /^(call|apply|bind)$/.test(name))
        this.add({ kind: 'elsewhere', node: member });
      return;
    }
    if (name === 'call' || name === 'apply') this.add({ kind: 'call', node: parent });
    else if (name === 'bind') this.flow(parent, depth + 1);
    else if (name !== 'toString') this.add({ kind: 'elsewhere', node: member });
  }

  /** A function gives it: what becomes of the results of its calls? */
  private returned(node: ts.Node, depth: number): void {
    let at = node;
    while (!isFunctionNode(at)) {
      if (ts.isSourceFile(at)) return;
      at = at.parent;
    }
    for (const use of this.uses.of(at)) {
      if (use.kind === 'call') this.flow(use.node, depth + 1);
      else if (use.kind === 'export')
        this.add(use.name.endsWith('()') ? use : { kind: 'export', name: `${use.name}()`, node: at });
      else if (use.kind !== 'type') this.add({ kind: 'elsewhere', node: at });
    }
  }

  /** `app.get('/', [authenticate, load])` */
  private inArray(list: ts.ArrayLiteralExpression, node: ts.Expression): void {
    const outer = outerOf(list);
    const { parent } = outer;
    const at = ts.isCallExpression(parent) ? parent.arguments.indexOf(outer) : -1;
    if (ts.isCallExpression(parent) && at !== -1) this.add({ kind: 'argument', call: parent, at });
    else this.add({ kind: 'elsewhere', node });
  }
}
