import { ts } from 'ts-morph';
import { ANY } from '../effects/aliases.ts';
import { builtInMethod, isLogCall } from '../effects/guesses.ts';
import { returnsOf } from '../effects/library-values.ts';
import {
  bareExpression,
  chainOf,
  classAround,
  functionAround,
  isAssignment,
  isFunctionNode,
  isInside,
  isMember,
  memberName,
  scopeOfVariable,
  type FunctionNode,
} from '../effects/symbols.ts';
import { CalledFunctions, type CalledTools } from './called-functions.ts';
import { isWaitedInPlace, mayBegin, triedAround, waitedTogether, type Loose } from './loose.ts';
import type { Roles } from './roles.ts';
import { nodeOfUse } from './uses.ts';
import { isAsync, outermost } from './waiting.ts';

/** How many places are looked at until an object counts as one that others know. */
const MOST_STEPS = 6000;

/** What has to be known of the project to follow an object. */
export interface TrailTools extends CalledTools {
  readonly roles: Roles;
  givesPromise(node: ts.Expression): boolean;
}

/** What goes a way: the object, or a function that knows it. */
interface Load {
  readonly code: FunctionNode | undefined;
  /** The names that lead to it, where what goes the way is a literal that holds it: `*` for any. */
  readonly within: readonly string[];
  /** Whether it is only something that belongs to the object. */
  readonly isPart?: boolean;
}

const OBJECT: Load = { code: undefined, within: [] };
const PART: Load = { ...OBJECT, isPart: true };

/** What is read of a literal under a name; undefined where that is something else. */
const under = (load: Load, name: string): Load | undefined => {
  const [first, ...within] = load.within;
  return first === name || first === ANY ? { ...load, within } : undefined;
};

const put = (load: Load, name: string): Load => ({ ...load, within: [name, ...load.within] });

/** What makes an object that nobody knows yet. */
const MADE: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.ObjectLiteralExpression,
  ts.SyntaxKind.ArrayLiteralExpression,
]);

/** Calls that look at what they are given, and keep nothing of it. */
const LOOKS = /^(JSON\.stringify|Object\.keys|String|Boolean|Array\.isArray|structuredClone)$/;
/** Calls that only take what they are given apart, or make another object of it. */
const COPIES =
  /^(Object\.(keys|values|entries|fromEntries)|Array(\.\w+)?|Math\.\w+|Buffer\.\w+|Promise\.\w+|Number|BigInt|Map|Set|URLSearchParams|Headers|FormData|Blob|Error|\w+Error|Uint8Array)$/;
/** Methods of lists that give another list with what they are given. */
const JOINS = /^(concat|with|toSpliced)$/;
/** Methods of the response of a web framework that serialize what they are given. */
const RESPONDS = /^(json|jsonp|send|render|end|write)$/;

/** Where the objects of a class go, from the places that make them: through variables, functions, closures and fields. */
export class Trail {
  /** A place from where others than the one who made it may reach one. */
  shared: ts.Node | undefined;
  /** A place that puts one where all turns find it: into a variable of a module, or what that holds. */
  kept: ts.Node | undefined;
  /** A place that gives one to code that is not seen, or puts it into an object that others may know. */
  escaped: ts.Node | undefined;
  /** Functions that know one, and are put where all turns find them, or where others may. */
  readonly keptCode: FunctionNode[] = [];
  readonly escapedCode: { readonly node: ts.Node; readonly code: FunctionNode }[] = [];
  readonly made: ts.NewExpression[] = [];
  readonly loose: Loose[] = [];
  /** By the functions that are given one (as `this`, too) the calls that do. */
  readonly entries = new Map<FunctionNode, Set<ts.CallExpression>>();
  /** By function the names by which it knows one; the class itself stands for `this`. */
  readonly known = new Map<FunctionNode, Set<ts.Declaration>>();
  private readonly tools: TrailTools;
  private readonly called: CalledFunctions;
  /** By the functions that give one to their callers those callers. */
  readonly callers = new Map<FunctionNode, Set<FunctionNode>>();
  private readonly skips: (use: ts.Node) => boolean;
  private readonly makers: ReadonlySet<FunctionNode> | undefined;
  private readonly seen = new Map<ts.Node, Load[]>();
  private readonly classes = new Set<ts.ClassLikeDeclaration>();
  /** What gave the object, and the functions that did: who else calls them has another one. */
  private readonly sources = new Set<ts.Node>();
  private readonly givers = new Set<FunctionNode>();
  private steps = 0;
  /** Whether it is followed on where it is known that others may reach it. */
  private goesOn = false;

  /**
   * `skips` tells which places that name one are left out: those that are not come to yet. Where `makers` are given, only the objects are meant
   * that are made in them, or given to them by what they call.
   */
  constructor(
    tools: TrailTools,
    classes: readonly ts.ClassLikeDeclaration[],
    {
      skips = () => false,
      makers,
    }: { skips?: (use: ts.Node) => boolean; makers?: ReadonlySet<FunctionNode> } = {},
  ) {
    this.tools = tools;
    this.called = new CalledFunctions(tools);
    this.skips = skips;
    this.makers = makers;
    for (const one of classes) this.ofClass(one, OBJECT);
  }

  /** Follows what a variable of a function holds, though others may know that too: who of them begins to run there. */
  static ofVariable(
    tools: TrailTools,
    variable: ts.VariableDeclaration | ts.ParameterDeclaration,
    skips: (use: ts.Node) => boolean,
  ): Trail {
    const trail = new Trail(tools, [], { skips });
    trail.goesOn = true;
    if (ts.isIdentifier(variable.name)) trail.named(variable.name, variable, OBJECT);
    if (variable.initializer !== undefined) trail.madeBy(variable.initializer);
    return trail;
  }

  /** Follows what code did with an object that has given it: a constructor, or a function that made one. */
  private madeBy(node: ts.Expression): void {
    const bare = bareExpression(node);
    if (this.sources.has(bare)) return;
    this.sources.add(bare);
    if (ts.isAwaitExpression(bare)) return this.madeBy(bare.expression);
    if (ts.isNewExpression(bare)) return this.membersOf(this.tools.callees.classOf(bare.expression));
    if (ts.isConditionalExpression(bare)) {
      this.madeBy(bare.whenTrue);
      return this.madeBy(bare.whenFalse);
    }
    if (!ts.isCallExpression(bare)) return;
    for (const fn of this.called.by(bare) ?? [])
      for (const value of returnsOf(fn)) {
        this.givers.add(fn);
        const given = bareExpression(value);
        const [local] = ts.isIdentifier(given)
          ? this.tools.symbols.declarationsOf(this.tools.symbols.at(given))
          : [];
        const isLocal = local !== undefined && ts.isVariableDeclaration(local) && isInside(local, fn);
        if (isLocal && ts.isIdentifier(local.name)) this.named(local.name, local, OBJECT);
        this.madeBy(isLocal ? (local.initializer ?? given) : given);
      }
  }

  /** What the members of a class, and of those that it extends, do with `this`. */
  private membersOf(first: ts.ClassLikeDeclaration | undefined): void {
    const seen = new Set<ts.ClassLikeDeclaration>();
    for (let at = first; at !== undefined && !seen.has(at); at = this.tools.callees.baseOf(at)) {
      seen.add(at);
      for (const member of at.members) this.inMember(member, at, OBJECT);
    }
  }

  /** Whether one that is made or given there is not meant. */
  private isOther(node: ts.Node): boolean {
    const { makers } = this;
    if (makers === undefined) return false;
    for (let at = functionAround(node); at !== undefined; at = functionAround(at))
      if (makers.has(at)) return false;
    return true;
  }

  private share(node: ts.Node): void {
    this.shared ??= node;
  }

  private keep(node: ts.Node, { isPart, code }: Load): void {
    if (isPart === true) this.escaped ??= node;
    else this.kept ??= node;
    if (code !== undefined) this.keptCode.push(code);
    this.share(node);
  }

  private escape(node: ts.Node, { isPart, code }: Load): void {
    if (isPart !== true) this.escaped ??= node;
    if (code !== undefined) this.escapedCode.push({ node, code });
    this.share(node);
  }

  private isSeen(node: ts.Node, load: Load): boolean {
    if ((this.shared !== undefined && !this.goesOn) || ++this.steps > MOST_STEPS) {
      this.share(node);
      return true;
    }
    const known = this.seen.get(node);
    const isSame = ({ code, within, isPart }: Load): boolean =>
      code === load.code && isPart === load.isPart && within.join() === load.within.join();
    if (known?.some(isSame) === true) return true;
    if (known === undefined) this.seen.set(node, [load]);
    else known.push(load);
    return false;
  }

  /** All objects of a class, and of those that extend it: where they are made, and what their methods do with `this`. */
  private ofClass(node: ts.ClassLikeDeclaration, load: Load): void {
    if (this.isSeen(node, load)) return;
    this.classes.add(node);
    const { symbols } = this.tools;
    const { name } = node;
    const symbol = name === undefined ? undefined : symbols.at(name);
    const isDefault = (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Default) !== 0;
    const isDecorated = [node, ...node.members].some(
      (one) => ts.canHaveDecorators(one) && (ts.getDecorators(one) ?? []).length > 0,
    );
    const base = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
    const isOfOthers =
      base !== undefined &&
      this.tools.callees.baseOf(node) === undefined &&
      !/^(Event|Event(Emitter|Target)|\w*Error)$/.test(base.expression.getText());
    if (name === undefined || symbol === undefined || isDefault || isDecorated || isOfOthers)
      return this.share(node);
    let isMade = false;
    for (const one of this.tools.placesOf(name.text)) {
      const found = one === name ? undefined : symbols.at(one);
      if (found === undefined) continue;
      if (symbols.followed(found) === symbol) isMade = this.className(one, load) || isMade;
      // It goes by a name of its own: `const { Counter } = await import('./counter')`.
      else if (symbols.whole.checker.getTypeAtLocation(one).symbol === symbol) this.share(one);
    }
    // Who makes it is not seen.
    if (!isMade) this.share(node);
    const seen = new Set<ts.ClassLikeDeclaration>();
    for (
      let at: ts.ClassLikeDeclaration | undefined = node;
      at !== undefined && !seen.has(at);
      at = this.tools.callees.baseOf(at)
    ) {
      seen.add(at);
      for (const member of at.members) this.inMember(member, at, load);
    }
  }

  /** A place that names the class; tells whether one is made there, or of a class that extends it. */
  private className(name: ts.Node, load: Load): boolean {
    let at = name;
    if (isMember(at.parent) && at.parent.expression !== at) at = at.parent;
    const { parent } = at;
    if (ts.isNewExpression(parent) && parent.expression === at) {
      if (this.skips(parent) || (load === OBJECT && this.isOther(parent))) return true;
      this.made.push(parent);
      this.value(parent, load);
      return true;
    }
    if (ts.isExpressionWithTypeArguments(parent)) {
      const clause = parent.parent;
      const isHeir =
        ts.isHeritageClause(clause) &&
        clause.token === ts.SyntaxKind.ExtendsKeyword &&
        ts.isClassLike(clause.parent);
      if (isHeir && ts.isClassLike(clause.parent)) this.ofClass(clause.parent, load);
      return isHeir;
    }
    const isNaming =
      ts.isTypeNode(parent) ||
      ts.isQualifiedName(parent) ||
      ts.isClassLike(parent) ||
      ((ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) && parent.propertyName === undefined) ||
      (isMember(parent) && parent.expression === at && memberName(parent) !== 'prototype') ||
      (ts.isBinaryExpression(parent) &&
        parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword &&
        parent.right === at);
    if (!isNaming) this.share(at);
    return false;
  }

  /** What a member of the class does with `this`. */
  private inMember(member: ts.ClassElement, holder: ts.ClassLikeDeclaration, load: Load): void {
    const isStatic =
      ts.isClassStaticBlockDeclaration(member) ||
      (ts.canHaveModifiers(member) &&
        (ts.getModifiers(member) ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword));
    const visit = (node: ts.Node): void => {
      if (ts.isClassLike(node) || ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node)) return;
      if (isFunctionNode(node) && ts.isObjectLiteralExpression(node.parent)) return;
      if (node.kind === ts.SyntaxKind.ThisKeyword) {
        if (!isStatic) this.ofThis(node as ts.ThisExpression, member, holder, load);
        // A static member may make one: `new this()`.
        else if (!isMember(node.parent)) this.share(node);
      }
      ts.forEachChild(node, visit);
    };
    ts.forEachChild(member, visit);
  }

  private ofThis(
    node: ts.ThisExpression,
    member: ts.ClassElement,
    holder: ts.ClassLikeDeclaration,
    load: Load,
  ): void {
    if (ts.isTypeNode(node.parent)) return;
    for (let at = functionAround(node); at !== undefined; at = functionAround(at)) {
      this.note(at, holder);
      if (at === (member as ts.Node) || classAround(at) !== holder) break;
      this.closure(at);
    }
    this.value(node, load);
  }

  private note(fn: FunctionNode, name: ts.Declaration): void {
    const known = this.known.get(fn);
    if (known === undefined) this.known.set(fn, new Set([name]));
    else known.add(name);
  }

  /** All places that name what has a load. */
  private named(name: ts.Identifier, declaration: ts.Declaration, load: Load): void {
    const home = functionAround(declaration);
    if (home === undefined) return this.keep(declaration, load);
    if (this.isSeen(declaration, load)) return;
    const symbol = this.tools.symbols.at(name);
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && node !== name && node.text === name.text && !this.skips(node)) {
        const isName = isMember(node.parent) && node.parent.expression !== node;
        if (!isName && !ts.isTypeNode(node.parent) && this.tools.symbols.at(node) === symbol)
          this.use(node, declaration, home, load);
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.isFunctionDeclaration(declaration) ? home : scopeOfVariable(declaration));
  }

  private use(node: ts.Identifier, declaration: ts.Declaration, home: FunctionNode, load: Load): void {
    for (let at = functionAround(node); at !== undefined; at = functionAround(at)) {
      this.note(at, declaration);
      if (at === home) break;
      this.closure(at);
    }
    // A number goes no way.
    if (load.code !== undefined || !this.tools.symbols.isScalar(node)) this.value(node, load);
  }

  /** A function that knows it goes where its value goes. */
  private closure(fn: FunctionNode): void {
    const load = { code: fn, within: [] };
    if (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) return this.value(fn, load);
    if (ts.isFunctionDeclaration(fn) && fn.name !== undefined) return this.named(fn.name, fn, load);
    if (ts.isObjectLiteralExpression(fn.parent)) return this.value(fn.parent, put(load, nameOf(fn.name)));
    this.share(fn);
  }

  /** Where the value of an expression goes. */
  private value(node: ts.Expression, load: Load): void {
    if (this.skips(node) || this.isSeen(node, load)) return;
    const { parent } = node;
    const isSame =
      ts.isParenthesizedExpression(parent) ||
      ts.isAsExpression(parent) ||
      ts.isNonNullExpression(parent) ||
      ts.isSatisfiesExpression(parent) ||
      ts.isAwaitExpression(parent);
    if (isSame) return this.value(parent, load);
    if (isMember(parent)) return parent.expression === node ? this.member(parent, load) : undefined;
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent))
      return parent.expression === node ? this.run(parent, load) : this.argument(parent, node, load);
    if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node))
      return this.returned(parent, load);
    if (ts.isBinaryExpression(parent)) return this.operand(parent, node, load);
    if (ts.isConditionalExpression(parent))
      return parent.condition === node ? undefined : this.value(parent, load);
    if (ts.isVariableDeclaration(parent)) return this.declared(parent.name, parent, load);
    if (ts.isShorthandPropertyAssignment(parent) || ts.isPropertyAssignment(parent))
      return ts.isPropertyAssignment(parent) && parent.name === (node as ts.Node)
        ? undefined
        : this.value(parent.parent, put(load, nameOf(parent.name)));
    if (ts.isSpreadAssignment(parent))
      // A copy of its fields is another object.
      return load.within.length > 0 ? this.value(parent.parent, load) : undefined;
    if (ts.isArrayLiteralExpression(parent)) return this.value(parent, put(load, ANY));
    if (ts.isPropertyDeclaration(parent)) return this.field(parent, load);
    const isLookedAt =
      ts.isExpressionStatement(parent) ||
      ts.isIfStatement(parent) ||
      ts.isWhileStatement(parent) ||
      ts.isDoStatement(parent) ||
      ts.isPrefixUnaryExpression(parent) ||
      ts.isTypeOfExpression(parent) ||
      ts.isVoidExpression(parent) ||
      (ts.isTemplateSpan(parent) && !ts.isTaggedTemplateExpression(parent.parent.parent)) ||
      (ts.isForInStatement(parent) && parent.expression === node);
    if (!isLookedAt) this.share(node);
  }

  private declared(name: ts.BindingName, declaration: ts.VariableDeclaration, load: Load): void {
    if (ts.isIdentifier(name)) return this.named(name, declaration, load);
    // What is taken out of the object is not the object.
    if (load.within.length > 0) this.taken(name, load);
  }

  /** A pattern takes a literal apart. */
  private taken(pattern: ts.BindingPattern, load: Load): void {
    for (const one of pattern.elements) {
      if (!ts.isBindingElement(one)) continue;
      const { name, propertyName, dotDotDotToken } = one;
      const key = ts.isArrayBindingPattern(pattern) ? ANY : nameOf(propertyName ?? name);
      const found = dotDotDotToken === undefined ? under(load, key) : load;
      if (found === undefined) continue;
      if (ts.isIdentifier(name)) this.named(name, one, found);
      else if (found.within.length > 0) this.taken(name, found);
    }
  }

  private operand(parent: ts.BinaryExpression, node: ts.Expression, load: Load): void {
    const operator = parent.operatorToken.getText();
    if (isAssignment(parent)) {
      if (parent.left === node) return;
      this.assigned(parent.left, load);
      if (!ts.isExpressionStatement(parent.parent)) this.value(parent, load);
    } else if (/^(\|\||\?\?)$/.test(operator) || (/^(&&|,)$/.test(operator) && parent.right === node))
      this.value(parent, load);
  }

  private assigned(target: ts.Expression, load: Load): void {
    const { symbols } = this.tools;
    const bare = bareExpression(target);
    if (isMember(bare) && this.isOfModule(bare)) return this.keep(bare, load);
    const symbol = symbols.at(ts.isPropertyAccessExpression(bare) ? bare.name : bare);
    const [declaration] = symbols.declarationsOf(symbol);
    if (declaration === undefined && ts.isIdentifier(bare)) return this.escape(bare, load);
    if (ts.isIdentifier(bare)) {
      const isLocal =
        declaration !== undefined && (ts.isVariableDeclaration(declaration) || ts.isParameter(declaration));
      if (isLocal && ts.isIdentifier(declaration.name)) this.named(declaration.name, declaration, load);
      else this.share(bare);
    } else if (isMember(bare) && bare.expression.kind === ts.SyntaxKind.ThisKeyword) {
      if (declaration !== undefined && (ts.isPropertyDeclaration(declaration) || ts.isParameter(declaration)))
        this.field(declaration, load);
      else this.escape(bare, load);
    } else if (isMember(bare)) this.putInto(bare.expression, bare, load);
    else this.share(bare);
  }

  /** It is put into an object, or into what belongs to that. */
  private putInto(holder: ts.Expression, place: ts.Node, load: Load): void {
    const [declaration] = this.declarationsAtRoot(holder);
    const isMade =
      declaration !== undefined &&
      ts.isVariableDeclaration(declaration) &&
      declaration.initializer !== undefined &&
      MADE.has(bareExpression(declaration.initializer).kind);
    if (isMade && ts.isIdentifier(declaration.name))
      this.named(declaration.name, declaration, put(load, ANY));
    else this.escape(place, load);
  }

  /** What the name is declared by that leads to an object. */
  private declarationsAtRoot(node: ts.Expression): readonly ts.Declaration[] {
    let at = bareExpression(node);
    while (isMember(at)) at = bareExpression(at.expression);
    const symbol = ts.isIdentifier(at) ? this.tools.symbols.at(at) : undefined;
    return this.tools.symbols.declarationsOf(
      symbol === undefined ? undefined : this.tools.symbols.followed(symbol),
    );
  }

  /** Whether an object is a variable or a class of a module, or what leads to it is. */
  private isOfModule(node: ts.Expression): boolean {
    const text = node.getText();
    return (
      /^\(?(globalThis|global|process)\b/.test(text) ||
      this.declarationsAtRoot(node).some(
        (one) => (ts.isVariableDeclaration(one) || ts.isClassLike(one)) && functionAround(one) === undefined,
      )
    );
  }

  /** A field of another object holds it: whoever knows that one knows it. */
  private field(declaration: ts.PropertyDeclaration | ts.ParameterDeclaration, load: Load): void {
    const holder = classAround(declaration);
    const isStatic = (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Static) !== 0;
    const { name } = declaration;
    if (holder === undefined || isStatic || !(ts.isIdentifier(name) || ts.isPrivateIdentifier(name)))
      return this.share(declaration);
    this.ofClass(holder, put(load, name.text));
  }

  /** A member of it is read, set or called. */
  private member(node: ts.PropertyAccessExpression | ts.ElementAccessExpression, load: Load): void {
    const outer = outermost(node);
    const { parent } = outer;
    const name = memberName(node) ?? '';
    const call = ts.isCallExpression(parent) && parent.expression === outer ? parent : undefined;
    if (load.within.length > 0) {
      if (load.within[0] === ANY && builtInMethod(name) !== undefined) return this.share(node);
      const found = under(load, name);
      if (found !== undefined) return this.value(outer, found);
      const { functions } = this.tools.callees.of(node);
      if (call !== undefined && functions.length > 0) return this.method(call, name, functions);
      return builtInMethod(name) !== undefined || name === '' ? this.share(node) : undefined;
    }
    if (load.code !== undefined) {
      if (call === undefined) return;
      return /^(call|apply)$/.test(name) ? this.run(call, load) : this.value(call, load);
    }
    if (call !== undefined) {
      if (/^(then|catch|finally)$/.test(name)) return this.share(call);
      return this.method(call, name, this.tools.callees.of(node).functions);
    }
    // A function that is kept in it, and knows `this`.
    const isTarget = ts.isBinaryExpression(parent) && parent.left === outer && isAssignment(parent);
    if (!isTarget && this.goesOn && !this.tools.symbols.isScalar(node)) this.value(outer, PART);
    const type = this.tools.symbols.whole.checker.getTypeAtLocation(node);
    if (!isTarget && type.getCallSignatures().length > 0)
      for (const fn of this.tools.callees.of(node).functions)
        if (!ts.isMethodDeclaration(fn)) this.value(outer, { code: fn, within: [] });
  }

  /** A method of it is called: one of that name, where its type is not known there. */
  private method(call: ts.CallExpression, name: string, known: readonly FunctionNode[]): void {
    const named = [...this.classes]
      .flatMap(({ members }): readonly ts.ClassElement[] => [...members])
      .filter((one) => one.name?.getText() === name)
      .filter(ts.isMethodDeclaration);
    const functions = known.length > 0 ? known : named;
    for (const fn of functions) this.enter(fn, call);
    this.besides(call, functions, undefined);
  }

  private run(call: ts.CallExpression | ts.NewExpression, load: Load): void {
    if (load.code === undefined || ts.isNewExpression(call)) return this.share(call);
    // It runs whenever somebody asks for the next.
    if (load.code.asteriskToken !== undefined) {
      this.escape(call, load);
      this.value(call, load);
    }
    this.enter(load.code, call);
    this.besides(call, [load.code], load.code);
  }

  private enter(fn: FunctionNode, call: ts.CallExpression): void {
    const known = this.entries.get(fn);
    if (known === undefined) this.entries.set(fn, new Set([call]));
    else known.add(call);
  }

  /** Notes a call that nobody waits for, and that goes on beside what follows it. */
  private besides(
    call: ts.CallExpression | ts.NewExpression,
    functions: readonly FunctionNode[],
    code: FunctionNode | undefined,
  ): void {
    const isPromise = functions.some(isAsync) || this.tools.givesPromise(call);
    if (isPromise && !isWaitedInPlace(call)) this.begin(call, code, false);
  }

  /** It is given to a call. */
  private argument(call: ts.CallExpression | ts.NewExpression, node: ts.Expression, load: Load): void {
    const { callees } = this.tools;
    const at = (call.arguments ?? ([] as readonly ts.Node[])).findIndex((one) => one === node);
    if (at === -1) return;
    const bound = bareExpression(call.expression);
    if (isMember(bound) && memberName(bound) === 'bind') {
      this.escape(call, load);
      for (const code of callees.of(bound.expression).functions) this.value(call, { code, within: [] });
      return;
    }
    const functions = this.called.by(call);
    if (functions !== undefined) {
      for (const fn of functions) {
        if (ts.isCallExpression(call)) this.enter(fn, call);
        this.parameter(fn, at, load);
      }
      this.besides(call, functions, load.code);
      return;
    }
    const made = ts.isNewExpression(call) ? callees.classOf(call.expression) : undefined;
    if (made !== undefined)
      // What it extends may be of a library.
      return callees.rootOf(made).heritageClauses?.some(isExtending) === true
        ? this.escape(call, load)
        : undefined;
    const callee = bareExpression(call.expression);
    const names = isMember(callee) ? chainOf(callee) : [];
    const isShown =
      LOOKS.test(callee.getText()) ||
      (isMember(callee) && isLogCall(names)) ||
      (RESPONDS.test(names.at(-1) ?? '') && /^(res|response|reply|ctx|c)$/.test(names[0] ?? ''));
    const method = isMember(callee) ? builtInMethod(memberName(callee) ?? '') : undefined;
    if (method === 'mutates' && isMember(callee) && this.isOfModule(callee)) return this.keep(call, load);
    // A list with it.
    if (method === 'reads' && JOINS.test(names.at(-1) ?? '')) return this.value(call, put(load, ANY));
    if (load.code === undefined) {
      if (isShown) return;
      if (method === 'mutates' && isMember(callee)) return this.putInto(callee.expression, call, load);
      return method === 'reads' || COPIES.test(callee.getText()) ? this.share(call) : this.escape(call, load);
    }
    if (!isShown) this.handed(call, at, load.code, load);
  }

  /** A function that knows it is given to code that is not seen. */
  private handed(
    call: ts.CallExpression | ts.NewExpression,
    at: number,
    code: FunctionNode,
    load: Load,
  ): void {
    const role = this.tools.roles.of(call, at, code);
    const isNow = load.within.length === 0 && (role.kind === 'walk' || role.kind === 'used');
    const isPromise = isAsync(code) || returnsOf(code).some((one) => this.tools.givesPromise(one));
    if (isNow && !isPromise) return;
    if (isNow && call.expression.getText() === 'Promise') return;
    if (isNow) return this.begin(call, code, false);
    if (role.kind !== 'library') return this.begin(call, code, !mayBegin(call));
    // Each request would come to the same one.
    if (role.fact.runs === 'request' || role.fact.runs === 'message') return this.share(call);
    const isAwaited = role.fact.promise === 'awaited' && ts.isCallExpression(call) && isWaitedInPlace(call);
    if (!isAwaited) this.begin(call, code, false);
  }

  private begin(
    node: ts.CallExpression | ts.NewExpression,
    code: FunctionNode | undefined,
    isHanded: boolean,
  ): void {
    const until = waitedTogether(node);
    this.loose.push({
      node,
      code,
      isHanded,
      until,
      tried: until === undefined ? undefined : triedAround(until),
    });
  }

  private parameter(fn: FunctionNode, at: number, load: Load): void {
    const parameter = fn.parameters[at] ?? fn.parameters.find((one) => one.dotDotDotToken !== undefined);
    if (fn.body !== undefined && /\barguments\b/.test(fn.body.getText())) return this.share(fn);
    if (parameter === undefined) return;
    if (parameter.dotDotDotToken !== undefined) return this.share(parameter);
    if (ts.isParameterPropertyDeclaration(parameter, fn)) this.field(parameter, load);
    const { name } = parameter;
    if (ts.isIdentifier(name)) this.named(name, parameter, load);
    else if (load.within.length > 0) this.taken(name, load);
  }

  /** A call of a function gives it to who made the call. */
  private given(fn: FunctionNode, call: ts.CallExpression, load: Load): void {
    const caller = functionAround(call);
    if (caller !== undefined) {
      const known = this.callers.get(fn);
      if (known === undefined) this.callers.set(fn, new Set([caller]));
      else known.add(caller);
    }
    if (load.code !== undefined || load.within.length > 0 || !this.isOther(call)) this.value(call, load);
  }

  /** A function gives it to who calls it. */
  private returned(node: ts.ReturnStatement | ts.ArrowFunction, load: Load): void {
    const fn = ts.isReturnStatement(node) ? functionAround(node) : node;
    if (fn !== undefined && this.givers.has(fn)) return;
    const isCalled =
      fn !== undefined &&
      fn.asteriskToken === undefined &&
      !ts.isConstructorDeclaration(fn) &&
      !ts.isGetAccessorDeclaration(fn);
    if (!isCalled) return this.share(node);
    const outer = ts.isExpression(fn) ? outermost(fn) : undefined;
    if (outer !== undefined && ts.isCallExpression(outer.parent)) {
      if (outer.parent.expression === outer) return this.value(outer.parent, load);
      // What a callback gives to who drops it, or only tests it.
      if (/\.(forEach|some|every|filter|find)$/.test(outer.parent.expression.getText())) return;
      return this.share(node);
    }
    for (const use of this.tools.usesOf(fn)) {
      if (use.kind === 'call') this.given(fn, use.node, load);
      else if (use.kind !== 'type' && use.kind !== 'export') this.share(nodeOfUse(use));
    }
  }
}

const isExtending = ({ token }: ts.HeritageClause): boolean => token === ts.SyntaxKind.ExtendsKeyword;

/** The name of a property, where it is written out. */
const nameOf = (name: ts.PropertyName | ts.BindingName | undefined): string =>
  name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? name.text : ANY;
