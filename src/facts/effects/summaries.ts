import { isBuiltin } from 'node:module';
import { ts } from 'ts-morph';
import { libraryFactOf } from '../libraries/tables.ts';
import type { LibraryFact } from '../libraries/library.ts';
import { ANY } from './aliases.ts';
import type { Callees } from './callees.ts';
import type { CodeFact, Resource } from './effect.ts';
import type { Freshness } from './freshness.ts';
import {
  AMBIGUOUS,
  builtInMethod,
  guessOf,
  isAuthorizationText,
  isLogCall,
  isTransactionName,
  isTransactionType,
  NO_ELEMENTS,
  ormGuessOf,
} from './guesses.ts';
import { returnsOf, type LibraryValues } from './library-values.ts';
import { Places, type Owner } from './places.ts';
import { Summary, type FoundEffect } from './summary.ts';
import {
  bareExpression,
  chainOf,
  functionAround,
  isAssignment,
  isFunctionNode,
  isInside,
  isMember,
  isMissingTest,
  memberName,
  scopeOfVariable,
  type FunctionNode,
  type Symbols,
} from './symbols.ts';

type Call = ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression;

/** How many functions may be looked into at once, each called by the one before. */
const DEPTH = 90;

/** Unwinds to the outermost question: the function has to be looked into first, on an empty stack. */
class TooDeep extends Error {
  readonly fn: FunctionNode;
  constructor(fn: FunctionNode) {
    super('too many calls in each other');
    this.fn = fn;
  }
}

/** Methods of maps and sets that change one entry. */
const KEYED = /^(set|add|delete)$/;

/** The values that a literal is made of. */
function partsOf(
  node: ts.ArrayLiteralExpression | ts.ObjectLiteralExpression | ts.SpreadElement,
): readonly ts.Expression[] {
  if (ts.isSpreadElement(node)) return [node.expression];
  if (ts.isArrayLiteralExpression(node)) return node.elements;
  return node.properties.flatMap((one) =>
    ts.isPropertyAssignment(one)
      ? [one.initializer]
      : ts.isShorthandPropertyAssignment(one)
        ? [one.name]
        : ts.isSpreadAssignment(one)
          ? [one.expression]
          : [],
  );
}

/** What the collection of one function or piece of code needs. */
interface Frame {
  readonly into: Summary;
  /** The function or the piece of code: what is declared in it is its own. */
  readonly home: ts.Node;
}

const shortText = (node: ts.Node, length = 60): string => {
  const text = node.getText().replace(/\s+/g, ' ');
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
};

/** What a call is named in a sentence. */
const calleeText = (node: Call): string =>
  shortText(ts.isTaggedTemplateExpression(node) ? node.tag : node.expression, 50);

/** Whether the results of a function are used at once and cannot be promises: `users.filter((user) => mayRead(user))`. */
function isTakenAsValue(fn: FunctionNode): boolean {
  const { parent } = fn;
  if (ts.isGetAccessorDeclaration(fn) || !ts.isCallExpression(parent) || !isMember(parent.expression))
    return false;
  return /^(filter|some|every|find|findIndex|findLast|sort|toSorted|forEach|flatMap)$/.test(
    memberName(parent.expression) ?? '',
  );
}

/** Whether the result of a call is waited for or handed to somebody who may, and whether it is dropped. */
function useOf(node: ts.Node): { readonly isAwaited: boolean; readonly isDropped: boolean } {
  let at = node;
  let isAwaited = false;
  for (;;) {
    const { parent } = at;
    if (ts.isAwaitExpression(parent)) isAwaited = true;
    else if (ts.isPropertyAccessExpression(parent) && /^(then|catch|finally)$/.test(parent.name.text)) {
      isAwaited = true;
      if (!ts.isCallExpression(parent.parent)) return { isAwaited, isDropped: false };
    } else if (
      !ts.isParenthesizedExpression(parent) &&
      !ts.isAsExpression(parent) &&
      !ts.isNonNullExpression(parent) &&
      !(ts.isCallExpression(parent) && parent.expression === at)
    ) {
      const returns = ts.isReturnStatement(parent)
        ? functionAround(parent)
        : ts.isArrowFunction(parent) && parent.body === at
          ? parent
          : undefined;
      if (returns !== undefined)
        return { isAwaited: isAwaited || !isTakenAsValue(returns), isDropped: false };
      if (ts.isArrayLiteralExpression(parent)) isAwaited = true;
      return { isAwaited, isDropped: ts.isExpressionStatement(parent) || ts.isVoidExpression(parent) };
    }
    at = parent;
  }
}

/** Whether a client is used as one: something is called on it, or it is handed on whole. */
function isHandedOn(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isCallExpression(parent)) return parent.expression !== node;
  if (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) return true;
  // `session.user.id` is a visitor's session; `session.run()` may be a database's.
  return (
    ts.isPropertyAccessExpression(parent) &&
    parent.expression === node &&
    ts.isCallExpression(parent.parent) &&
    parent.parent.expression === parent
  );
}

/** Whether a timer settles a promise: `new Promise((resolve) => setTimeout(resolve, 100))`. */
function isSleep(node: Call): boolean {
  if (!ts.isCallExpression(node) || node.expression.getText() !== 'setTimeout') return false;
  for (let fn = functionAround(node); fn !== undefined; fn = functionAround(fn)) {
    const { parent } = fn;
    if (ts.isNewExpression(parent) && parent.expression.getText() === 'Promise') return true;
  }
  return false;
}

/** Whether a value is only set where it is missing: `this.client ??= …`, `if (!this.client) this.client = …`. */
const isFirstUse = (target: ts.Node): boolean => firstUseAround(target) !== undefined;

/** The code that sets a value only where it is missing, with the question whether it is; undefined where that is not asked. */
export function firstUseAround(target: ts.Node): ts.Node | undefined {
  const text = target.getText();
  const assignment = target.parent;
  if (!ts.isBinaryExpression(assignment) || assignment.left !== target) return undefined;
  const { kind } = assignment.operatorToken;
  if (kind === ts.SyntaxKind.QuestionQuestionEqualsToken || kind === ts.SyntaxKind.BarBarEqualsToken)
    return assignment;
  if (kind !== ts.SyntaxKind.EqualsToken) return undefined;
  for (let at: ts.Node = assignment; !isFunctionNode(at) && !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) && parent.thenStatement === at)
      return isMissingTest(parent.expression, text) ? parent : undefined;
    if (
      ts.isBinaryExpression(parent) &&
      parent.right === at &&
      /^(\|\||\?\?)$/.test(parent.operatorToken.getText())
    )
      return parent.left.getText() === text ? parent : undefined;
  }
  return undefined;
}

/** The names of properties that anything in the program assigns, and those of getters and setters. */
interface Names {
  readonly written: ReadonlySet<string>;
  readonly getters: ReadonlySet<string>;
  readonly setters: ReadonlySet<string>;
  /** Whether any object of the program says itself what it is as a text or a number. */
  readonly hasConversions: boolean;
}

/** What the language calls to make a text or a number of an object, and `JSON.stringify` to make data of it. */
const CONVERSIONS = ['toString', 'toJSON', 'valueOf'];

/** Whether a name stands for each element of a list in turn. */
function isElement(node: ts.Declaration): boolean {
  if (ts.isVariableDeclaration(node)) return ts.isForOfStatement(node.parent.parent);
  const call = node.parent.parent as ts.Node | undefined;
  return (
    ts.isParameter(node) &&
    call !== undefined &&
    ts.isCallExpression(call) &&
    isMember(call.expression) &&
    /^(map|forEach|filter|flatMap|some|every|find|findIndex|sort|reduce)$/.test(
      memberName(call.expression) ?? '',
    )
  );
}

const WRITTEN =
  /\.\s*([A-Za-z_$][\w$]*)\s*(?:=(?![=>])|[-+*/%&|^]=|\*\*=|<<=|>>=|\+\+|--|\?\?=|\|\|=|&&=|[,\]}])|(?:\+\+|--|\bdelete\s)\s*[\w$.[\]]*\.([A-Za-z_$][\w$]*)/g;
const GETTER = /\bget\s+([A-Za-z_$][\w$]*)\s*\(/g;
const SETTER = /\bset\s+([A-Za-z_$][\w$]*)\s*\(/g;
const CONVERSION = /(?<![\w$.])(toString|toJSON|valueOf)\s*[(=:]|\[Symbol\.toPrimitive\]/;

function namesIn(sources: readonly ts.SourceFile[]): Names {
  const written = new Set<string>();
  const getters = new Set<string>();
  const setters = new Set<string>();
  let hasConversions = false;
  for (const { text } of sources) {
    for (const [, assigned, changed] of text.matchAll(WRITTEN)) written.add(assigned ?? changed ?? '');
    for (const [, name = ''] of text.matchAll(GETTER)) getters.add(name);
    for (const [, name = ''] of text.matchAll(SETTER)) setters.add(name);
    hasConversions ||= CONVERSION.test(text);
  }
  return { written, getters, setters, hasConversions };
}

/** The transaction that an object of options holds: `const options = { session }`. */
function transactionIn(
  node: ts.Declaration,
): Pick<CodeFact['clients'][number], 'kind' | 'certainty'> | undefined {
  const initializer = ts.isVariableDeclaration(node) ? node.initializer : undefined;
  const bare = initializer === undefined ? undefined : bareExpression(initializer);
  if (bare === undefined || !ts.isObjectLiteralExpression(bare)) return undefined;
  const holds = bare.properties.some(
    ({ name }) =>
      name !== undefined &&
      ts.isIdentifier(name) &&
      /^(session|transaction|trx|tx|useMasterConnection)$/.test(name.text),
  );
  return holds ? { kind: 'transaction', certainty: 'assumed' } : undefined;
}

/** Decorators that say what a method is for, and leave its code as it is. */
const DECLARATIVE =
  /^(Get|Post|Put|Patch|Delete|All|Head|Options|Query|Mutation|Subscription|Resolve\w*|Field\w*|Api\w*|HttpCode|Header|Redirect|Render|Version|Cron|Interval|Timeout|OnEvent|Process|OnWorkerEvent|MessagePattern|EventPattern|SubscribeMessage|Override|Test|Route|Tags|Security|SuccessResponse|Response|Before\w*|After\w*|Is\w+|Column|OneToMany|ManyToOne|OneToOne|ManyToMany|Transactional|Transaction|UnitOfWork|CreateRequestContext|EnsureRequestContext)$/;

/** The name that stands for all properties that nobody in the program is seen to assign. */
const OTHERS = '(others)';

export interface SummaryTools {
  readonly symbols: Symbols;
  readonly libraries: LibraryValues;
  readonly callees: Callees;
  readonly freshness: Freshness;
  /** The names of the packages that the package of a file depends on. */
  readonly dependenciesOf: (path: string) => ReadonlySet<string>;
}

/** What functions do, with everything that they call: inferred from their bodies, to a fixpoint where they call each other. */
export class Summaries {
  private readonly tools: SummaryTools;
  private readonly places: Places;
  private readonly done = new Map<FunctionNode, Summary>();
  private readonly approximate = new Map<
    FunctionNode,
    { summary: Summary; generation: number; lowest: number }
  >();
  private readonly depthOf = new Map<FunctionNode, number>();
  private readonly provisional: FunctionNode[] = [];
  private generation = 0;
  /** The depth of the outermost function that the one at hand leads back to. */
  private lowest = Infinity;
  private names: Names | undefined;
  private readonly tooDeep = new Set<FunctionNode>();

  constructor(tools: SummaryTools) {
    this.tools = tools;
    this.places = new Places(tools.symbols, tools.callees, tools.freshness);
  }

  /** What a piece of code does. Variables that are visible outside of it are told; objects made in it are not. */
  ofCode(node: ts.Node): Summary {
    return this.withoutOverflow(() => {
      const into = new Summary();
      this.visit(node, { into, home: node });
      for (const parameter of into.parameterCalls) {
        if (isInside(parameter, node)) continue;
        const name = parameter.name.getText();
        into.addUnknown({
          callee: name,
          why: 'it is a function that was passed in',
          guess: guessOf(name),
          isAwaited: true,
          isDropped: false,
          node: parameter,
        });
        into.waits('unknown');
      }
      return into;
    });
  }

  /** Asks again where calls led too deep, once what is down there is known. */
  private withoutOverflow<T>(ask: () => T): T {
    for (;;) {
      try {
        return ask();
      } catch (error) {
        if (!(error instanceof TooDeep)) throw error;
        this.depthOf.clear();
        this.provisional.length = 0;
        this.approximate.clear();
        this.lowest = Infinity;
        const { fn } = error;
        if (this.tooDeep.has(fn)) {
          // It leads back to itself over more functions than can be followed.
          const summary = new Summary();
          summary.addUnknown({
            callee: fn.name?.getText() ?? 'a function',
            why: 'its calls lead too deep',
            guess: 'other',
            isAwaited: true,
            isDropped: true,
            node: fn,
          });
          summary.waits('unknown');
          this.done.set(fn, summary);
          continue;
        }
        this.tooDeep.add(fn);
        this.withoutOverflow(() => this.of(fn));
      }
    }
  }

  /** What calling a function does. */
  of(fn: FunctionNode): Summary {
    const done = this.done.get(fn);
    if (done !== undefined) return done;
    const at = this.depthOf.get(fn);
    const before = this.approximate.get(fn);
    if (at !== undefined) {
      this.lowest = Math.min(this.lowest, at);
      return before?.summary ?? new Summary();
    }
    if (before !== undefined && before.generation === this.generation) {
      this.lowest = Math.min(this.lowest, before.lowest);
      return before.summary;
    }
    const depth = this.depthOf.size;
    if (depth >= DEPTH) throw new TooDeep(fn);
    this.depthOf.set(fn, depth);
    const outer = this.lowest;
    const begun = this.provisional.length;
    let summary: Summary;
    for (;;) {
      this.lowest = Infinity;
      summary = this.collect(fn);
      const size = this.approximate.get(fn)?.summary.size ?? 0;
      this.approximate.set(fn, { summary, generation: this.generation, lowest: this.lowest });
      if (this.lowest === depth && summary.size !== size) {
        this.generation++;
        continue;
      }
      break;
    }
    this.depthOf.delete(fn);
    if (this.lowest >= depth) {
      // Nothing leads further out: what was found on the way is final too.
      this.done.set(fn, summary);
      for (const one of this.provisional.splice(begun)) {
        const known = this.approximate.get(one);
        if (known?.generation === this.generation) this.done.set(one, known.summary);
      }
      this.lowest = outer;
    } else {
      this.provisional.push(fn);
      this.lowest = Math.min(outer, this.lowest);
    }
    return summary;
  }

  private collect(fn: FunctionNode): Summary {
    const into = new Summary();
    const frame = { into, home: fn };
    for (const parameter of fn.parameters) this.visitBindingDefaults(parameter, frame);
    if (ts.isConstructorDeclaration(fn)) {
      for (const member of fn.parent.members)
        if (ts.isPropertyDeclaration(member) && member.initializer !== undefined)
          this.visit(member.initializer, frame);
    }
    if (fn.body !== undefined) this.visit(fn.body, frame);
    for (const { expression } of ts.canHaveDecorators(fn) ? (ts.getDecorators(fn) ?? []) : []) {
      const name = (ts.isCallExpression(expression) ? expression.expression : expression).getText();
      if (DECLARATIVE.test(name.split('.').at(-1) ?? '')) continue;
      into.addUnknown({
        callee: `@${name}`,
        why: 'a decorator may put other code around the method',
        guess: 'other',
        isAwaited: false,
        isDropped: false,
        node: expression,
      });
    }
    const own = new Summary();
    own.take(into, (effect) => {
      // The object that a constructor makes is nobody else's yet.
      if (ts.isConstructorDeclaration(fn) && effect.viaThis) return undefined;
      return effect;
    });
    for (const one of into.parameterCalls) own.parameterCalls.add(one);
    // Clients that are passed in are those of the caller's arguments.
    for (const [key, { node }] of into.clients) {
      const symbol = ts.isIdentifier(node) ? this.tools.symbols.at(node) : undefined;
      const [declaration] = symbol?.declarations ?? [];
      if (declaration !== undefined && isInside(declaration, fn)) own.clients.delete(key);
    }
    return own;
  }

  private visitAll(nodes: readonly ts.Node[], frame: Frame): void {
    for (const node of nodes) this.visit(node, frame);
  }

  /** Collects what evaluating `node` does. */
  private visit(node: ts.Node, frame: Frame): void {
    if (isFunctionNode(node)) {
      // A function runs when it is called. As the code that was asked about it is looked into.
      if (node === frame.home && node.body !== undefined) this.visit(node.body, frame);
      else if (node.name !== undefined && ts.isComputedPropertyName(node.name))
        this.visit(node.name.expression, frame);
      return;
    }
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isImportDeclaration(node))
      return;
    if (ts.isClassLike(node)) return this.visitClass(node, frame);
    if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isTaggedTemplateExpression(node))
      return this.visitCall(node, frame);
    if (ts.isIdentifier(node)) return this.read(node, frame);
    if (isMember(node)) return this.readMember(node, frame);
    if (ts.isPropertyAssignment(node)) {
      if (ts.isComputedPropertyName(node.name)) this.visit(node.name.expression, frame);
      return this.visit(node.initializer, frame);
    }
    if (ts.isShorthandPropertyAssignment(node)) return this.read(node.name, frame);
    if (ts.isVariableDeclaration(node)) {
      if (node.initializer !== undefined) this.visit(node.initializer, frame);
      const { parent } = node.parent;
      // A `let` without a value cannot be touched before it either.
      const isLexical = (ts.getCombinedNodeFlags(node) & ts.NodeFlags.BlockScoped) !== 0;
      if (
        node.initializer !== undefined ||
        isLexical ||
        ts.isForOfStatement(parent) ||
        ts.isForInStatement(parent)
      )
        this.declare(node.name, frame);
      return this.visitBindingDefaults(node, frame);
    }
    if (ts.isBinaryExpression(node) && isAssignment(node)) {
      if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) this.visit(node.left, frame);
      this.visit(node.right, frame);
      return this.write(node.left, frame);
    }
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      this.visit(node.operand, frame);
      if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken)
        this.write(node.operand, frame);
      return;
    }
    if (ts.isDeleteExpression(node)) {
      this.visit(node.expression, frame);
      return this.write(node.expression, frame);
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
      for (const one of [node.left, node.right]) this.convert(one, frame);
    if (ts.isTryStatement(node)) return this.visitTry(node, frame);
    if (ts.isThrowStatement(node)) {
      this.visit(node.expression, frame);
      return this.throw(node, node.expression, frame);
    }
    if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
      this.visit(node.expression, frame);
      this.readElements(node.expression, frame);
      if (ts.isVariableDeclarationList(node.initializer)) this.visit(node.initializer, frame);
      else this.write(node.initializer, frame);
      if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) frame.into.waits('unknown');
      return this.visit(node.statement, frame);
    }
    if (ts.isSpreadElement(node) || ts.isSpreadAssignment(node)) {
      this.visit(node.expression, frame);
      return this.readElements(node.expression, frame);
    }
    if (ts.isTemplateSpan(node)) {
      this.visit(node.expression, frame);
      return this.readWhole(node.expression, frame);
    }
    if (ts.isLabeledStatement(node)) return this.visit(node.statement, frame);
    if (ts.isBreakOrContinueStatement(node)) return;
    if (ts.isMetaProperty(node)) return;
    if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node))
      return this.visitJsx(node, frame);
    if (ts.isCatchClause(node)) return this.visit(node.block, frame);
    if (ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node)) return;
    ts.forEachChild(node, (child) => this.visit(child, frame));
  }

  private visitJsx(node: ts.Node, frame: Frame): void {
    const inner = (child: ts.Node): void => {
      if (ts.isJsxExpression(child) || ts.isJsxSpreadAttribute(child)) {
        if (child.expression !== undefined) this.visit(child.expression, frame);
        return;
      }
      ts.forEachChild(child, inner);
    };
    ts.forEachChild(node, inner);
  }

  private visitClass(node: ts.ClassLikeDeclaration, frame: Frame): void {
    for (const { expression } of (node.heritageClauses ?? []).flatMap(({ types }) => [...types]))
      if (!ts.isInterfaceDeclaration(node)) this.visit(expression, frame);
    for (const member of node.members) {
      if (ts.isClassStaticBlockDeclaration(member)) this.visit(member.body, frame);
      const isStatic =
        ts.canHaveModifiers(member) &&
        (ts.getModifiers(member) ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
      if (isStatic && ts.isPropertyDeclaration(member) && member.initializer !== undefined)
        this.visit(member.initializer, frame);
    }
  }

  /** What is thrown in a `try` with a `catch` that throws nothing goes nowhere; what a `catch` throws is no refusal. */
  private visitTry(node: ts.TryStatement, frame: Frame): void {
    const { catchClause, finallyBlock } = node;
    if (catchClause === undefined) this.visit(node.tryBlock, frame);
    else {
      const tried = new Summary();
      this.visit(node.tryBlock, { into: tried, home: frame.home });
      const caught = new Summary();
      this.visit(catchClause.block, { into: caught, home: frame.home });
      if (caught.thrown.size === 0) tried.thrown.clear();
      caught.thrown.clear();
      this.takeAll(frame, tried);
      this.takeAll(frame, caught);
    }
    if (finallyBlock !== undefined) this.visit(finallyBlock, frame);
  }

  private takeAll(frame: Frame, from: Summary): void {
    frame.into.take(from);
    for (const one of from.parameterCalls) frame.into.parameterCalls.add(one);
  }

  private throw(node: ts.Node, thrown: ts.Expression, frame: Frame): void {
    const text = shortText(thrown, 80);
    const around = functionAround(node);
    const name = around?.name === undefined ? '' : around.name.getText();
    frame.into.addThrown({
      text,
      isAuthorization:
        isAuthorizationText(thrown.getText()) || /auth|permission|access|allowed|guard/i.test(name),
      node,
    });
  }

  private visitBindingDefaults(
    node: ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement,
    frame: Frame,
  ): void {
    if (!ts.isVariableDeclaration(node) && node.initializer !== undefined)
      this.visit(node.initializer, frame);
    if (
      ts.isBindingElement(node) &&
      node.propertyName !== undefined &&
      ts.isComputedPropertyName(node.propertyName)
    )
      this.visit(node.propertyName.expression, frame);
    if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
      const key = node.propertyName ?? node.name;
      if (ts.isIdentifier(key) && this.allNames().getters.has(key.text)) {
        const type = this.tools.symbols.whole.checker.getTypeAtLocation(node.parent);
        this.runAccessors('getters', key.text, type.getProperty(key.text), undefined, frame);
      }
    }
    if (ts.isIdentifier(node.name)) return;
    for (const element of node.name.elements)
      if (ts.isBindingElement(element)) this.visitBindingDefaults(element, frame);
  }

  /** Declares the names of a pattern: for code around it that is a write. */
  private declare(name: ts.BindingName, frame: Frame): void {
    if (ts.isIdentifier(name)) return this.variable('write', name, frame);
    for (const element of name.elements) if (ts.isBindingElement(element)) this.declare(element.name, frame);
  }

  private read(node: ts.Identifier, frame: Frame): void {
    this.noteClient(node, frame);
    this.variable('read', node, frame);
  }

  private variable(access: 'read' | 'write', node: ts.Identifier, frame: Frame): void {
    const { symbols } = this.tools;
    const symbol = symbols.at(node);
    // What is imported is the variable of the other module itself, with the value that it has now.
    const declared = symbol === undefined ? undefined : symbols.followed(symbol);
    const declaration = declared?.declarations?.find(
      (one) => ts.isVariableDeclaration(one) || ts.isBindingElement(one) || ts.isParameter(one),
    );
    if (declaration === undefined || !this.tools.symbols.whole.isOwn(declaration.getSourceFile())) {
      // A global that somebody assigns.
      if (access === 'write' && symbol === undefined) this.field('write', '*', node.text, node, false, frame);
      return;
    }
    if (isInside(scopeOfVariable(declaration), frame.home)) return;
    if (access === 'read' && this.isConstantOfModule(declaration)) return;
    const id = `${declaration.getSourceFile().fileName}:${declaration.pos}`;
    frame.into.add({
      access,
      resource: { kind: 'variable', id, name: node.text },
      by: node.text,
      node,
      certainty: access === 'write' && isFirstUse(node) ? 'assumed' : 'proved',
      viaThis: false,
    });
  }

  /** A constant of a module that is there before anything of it is called: a function, a class, a literal, a module. */
  private isConstantOfModule(declaration: ts.Declaration): boolean {
    if (!ts.isVariableDeclaration(declaration) || !ts.isSourceFile(declaration.parent.parent.parent))
      return false;
    if (
      (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) === 0 ||
      declaration.initializer === undefined
    )
      return false;
    let awaits = false;
    const visit = (node: ts.Node): void => {
      if (isFunctionNode(node) || awaits) return;
      if (ts.isAwaitExpression(node)) awaits = true;
      ts.forEachChild(node, visit);
    };
    visit(declaration.initializer);
    return !awaits;
  }

  private ownerOf(object: ts.Expression, { home }: Frame): Owner | undefined {
    return this.places.ownerOf(object, home);
  }

  private field(
    access: 'read' | 'write',
    owner: string,
    name: string,
    node: ts.Node,
    viaThis: boolean,
    frame: Frame,
    isSure = true,
  ): void {
    const certainty = !isSure || (access === 'write' && isFirstUse(node)) ? 'assumed' : 'proved';
    const isQuiet = access === 'read' && name !== '[]' && name !== '*' && !this.allNames().written.has(name);
    frame.into.add({
      access,
      resource: isQuiet ? { kind: 'field', owner: '*', name: OTHERS } : { kind: 'field', owner, name },
      by: shortText(node, 40),
      node,
      certainty,
      viaThis: viaThis && !isQuiet,
    });
  }

  private allNames(): Names {
    this.names ??= namesIn(
      this.tools.symbols.whole.program.getSourceFiles().filter((one) => this.tools.symbols.whole.isOwn(one)),
    );
    return this.names;
  }

  /** What reading or setting a property runs: a getter or a setter of that name. */
  private runAccessors(
    kind: 'getters' | 'setters',
    name: string,
    symbol: ts.Symbol | undefined,
    receiver: ts.Expression | undefined,
    frame: Frame,
  ): void {
    if (!this.allNames()[kind].has(name)) return;
    const isMeant = kind === 'getters' ? ts.isGetAccessorDeclaration : ts.isSetAccessorDeclaration;
    for (const one of this.tools.symbols.declarationsOf(symbol))
      if (isMeant(one)) frame.into.take(this.of(one), this.keepsOf(receiver, frame));
  }

  /** What an object of the project does itself where it becomes a text, a number or data. */
  private convert(node: ts.Expression, frame: Frame): void {
    const { symbols, callees } = this.tools;
    if (!this.allNames().hasConversions || symbols.isScalar(node)) return;
    const type = symbols.whole.checker.getTypeAtLocation(node);
    for (const one of type.getProperties())
      if (CONVERSIONS.includes(one.name) || one.name.startsWith('__@toPrimitive'))
        for (const fn of callees.ofMember(one).functions)
          frame.into.take(this.of(fn), this.keepsOf(node, frame));
  }

  private readMember(node: ts.PropertyAccessExpression | ts.ElementAccessExpression, frame: Frame): void {
    this.visit(node.expression, frame);
    if (ts.isElementAccessExpression(node)) this.visit(node.argumentExpression, frame);
    // `store.total`, where all of a module is imported as `store`.
    if (
      ts.isPropertyAccessExpression(node) &&
      ts.isIdentifier(node.name) &&
      ts.isIdentifier(node.expression) &&
      this.isNamespace(node.expression)
    )
      this.variable('read', node.name, frame);
    const name = memberName(node);
    const owned = this.ownerOf(node.expression, frame);
    const isCount = (name === 'length' || name === 'size') && !this.tools.symbols.isScalar(node.expression);
    if (owned !== undefined) {
      // A `size` may also be a property that somebody assigns.
      for (const one of isCount ? ['[]', name] : [name ?? '[]'])
        this.field('read', owned.owner, one, node, owned.viaThis, frame);
    }
    if (name !== undefined)
      this.runAccessors('getters', name, this.symbolOfMember(node), node.expression, frame);
  }

  private symbolOfMember(
    node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  ): ts.Symbol | undefined {
    return this.tools.symbols.at(ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression);
  }

  private isNamespace(name: ts.Identifier): boolean {
    const [declaration] = this.tools.symbols.at(name)?.declarations ?? [];
    return declaration !== undefined && ts.isNamespaceImport(declaration);
  }

  /** What is handed to code that cannot be looked into, or made a text of, is read whole. */
  private readWhole(node: ts.Expression, frame: Frame): void {
    const bare = bareExpression(node);
    if (ts.isArrayLiteralExpression(bare) || ts.isObjectLiteralExpression(bare) || ts.isSpreadElement(bare)) {
      for (const part of partsOf(bare)) this.readWhole(part, frame);
      return;
    }
    if (ts.isConditionalExpression(bare)) {
      this.readWhole(bare.whenTrue, frame);
      return this.readWhole(bare.whenFalse, frame);
    }
    if (ts.isBinaryExpression(bare)) {
      this.readWhole(bare.left, frame);
      return this.readWhole(bare.right, frame);
    }
    if (ts.isAwaitExpression(bare)) return this.readWhole(bare.expression, frame);
    this.convert(bare, frame);
    if (ts.isCallExpression(bare) || ts.isNewExpression(bare)) return this.readResult(bare, frame);
    if (!(ts.isIdentifier(bare) || isMember(bare) || bare.kind === ts.SyntaxKind.ThisKeyword)) return;
    if (this.tools.symbols.isScalar(bare)) return;
    const { owner, viaThis, hasOthers } = this.places.of(bare, frame.home);
    if (owner !== undefined) this.readAll(bare, owner, viaThis, frame);
    if (hasOthers && owner !== ANY) this.readAll(bare, ANY, false, frame);
  }

  private readAll(node: ts.Node, owner: string, viaThis: boolean, frame: Frame): void {
    this.field('read', owner, '[]', node, viaThis, frame);
    this.field('read', owner, ANY, node, viaThis, frame);
  }

  /** What a call gives may hold what it was given, what it was called on, and what belongs to others. */
  private readResult(node: ts.CallExpression | ts.NewExpression, frame: Frame): void {
    const fresh = this.tools.freshness.of(node);
    const call = this.tools.libraries.callOf(node);
    // What a library is given is read when it is called.
    if (fresh === 'deep' || (call !== undefined && libraryFactOf(call) !== undefined)) return;
    if (this.tools.symbols.isScalar(node)) return;
    const callee = bareExpression(node.expression);
    // What a function or a constructor of the project gives may hold what it knows, and not only what it was given.
    const { callees } = this.tools;
    if (callees.of(callee).functions.length > 0 || callees.classOf(callee) !== undefined)
      return this.readAll(node, ANY, false, frame);
    if (isMember(callee)) this.readWhole(callee.expression, frame);
    for (const argument of node.arguments ?? []) {
      this.readWhole(argument, frame);
      const bare = bareExpression(argument);
      if (ts.isArrowFunction(bare) || ts.isFunctionExpression(bare))
        for (const returned of returnsOf(bare)) this.readWhole(returned, frame);
    }
  }

  private readElements(list: ts.Expression, frame: Frame): void {
    const owned = this.ownerOf(list, frame);
    if (owned !== undefined) this.field('read', owned.owner, '[]', list, owned.viaThis, frame);
  }

  private write(target: ts.Expression, frame: Frame): void {
    const bare = bareExpression(target);
    if (ts.isIdentifier(bare)) return this.variable('write', bare, frame);
    if (isMember(bare)) {
      this.visit(bare.expression, frame);
      if (ts.isElementAccessExpression(bare)) this.visit(bare.argumentExpression, frame);
      const name = memberName(bare);
      if (name !== undefined)
        this.runAccessors('setters', name, this.symbolOfMember(bare), bare.expression, frame);
      const owned = this.ownerOf(bare.expression, frame);
      if (owned === undefined) return;
      const isSure = !owned.isMaybe && !(owned.isOfModule && name === undefined);
      this.field('write', owned.owner, name ?? '[]', bare, owned.viaThis, frame, isSure);
      if (name === 'length') this.field('write', owned.owner, '[]', bare, owned.viaThis, frame, isSure);
      if (name === undefined) this.field('write', owned.owner, '*', bare, owned.viaThis, frame, isSure);
      return;
    }
    if (ts.isArrayLiteralExpression(bare)) {
      for (const one of bare.elements) this.write(ts.isSpreadElement(one) ? one.expression : one, frame);
      return;
    }
    if (ts.isObjectLiteralExpression(bare)) {
      for (const one of bare.properties) {
        if (ts.isShorthandPropertyAssignment(one)) this.variable('write', one.name, frame);
        else if (ts.isPropertyAssignment(one)) this.write(one.initializer, frame);
        else if (ts.isSpreadAssignment(one)) this.write(one.expression, frame);
      }
      return;
    }
    if (ts.isBinaryExpression(bare)) {
      this.visit(bare.right, frame);
      this.write(bare.left, frame);
    }
  }

  /** Notes a name that stands for a transaction or one connection. */
  private noteClient(node: ts.Identifier, frame: Frame): void {
    const { symbols } = this.tools;
    const symbol = symbols.at(node);
    // What is imported is the variable of the other module itself, with the value that it has now.
    const declared = symbol === undefined ? undefined : symbols.followed(symbol);
    const declaration = declared?.declarations?.find(
      (one) => ts.isVariableDeclaration(one) || ts.isBindingElement(one) || ts.isParameter(one),
    );
    if (declaration === undefined || symbol === undefined) return;
    const found = this.clientOf(declaration, node.text) ?? transactionIn(declaration);
    if (found === undefined || (found.certainty === 'assumed' && !isHandedOn(node))) return;
    const id = `${declaration.getSourceFile().fileName}:${declaration.pos}`;
    frame.into.clients.set(id, { ...found, id, name: node.text, node });
  }

  private readonly clientKinds = new Map<
    ts.Node,
    Pick<CodeFact['clients'][number], 'kind' | 'certainty'> | undefined
  >();

  private clientOf(
    node: ts.Declaration,
    name: string,
  ): Pick<CodeFact['clients'][number], 'kind' | 'certainty'> | undefined {
    if (this.clientKinds.has(node)) return this.clientKinds.get(node);
    this.clientKinds.set(node, undefined);
    const found = this.findClient(node, name);
    this.clientKinds.set(node, found);
    return found;
  }

  private findClient(
    node: ts.Declaration,
    name: string,
  ): Pick<CodeFact['clients'][number], 'kind' | 'certainty'> | undefined {
    const typed = ts.isVariableDeclaration(node) || ts.isParameter(node) ? node.type : undefined;
    const typeName =
      typed !== undefined && ts.isTypeReferenceNode(typed)
        ? typed.typeName.getText().split('.').at(-1)
        : undefined;
    if (typeName !== undefined && isTransactionType(typeName)) {
      return {
        kind: 'transaction',
        certainty: /^(EntityManager|PoolClient|PoolConnection)$/.test(typeName) ? 'assumed' : 'proved',
      };
    }
    if (ts.isParameter(node)) {
      const fn = node.parent;
      const call = fn.parent as ts.Node | undefined;
      if (call !== undefined && ts.isCallExpression(call)) {
        const place = call.arguments.findIndex((one) => (one as ts.Node) === fn);
        const fact = this.libraryFact(call);
        if (fact?.opensTransactionIn === place && place !== -1)
          return { kind: 'transaction', certainty: 'proved' };
      }
    }
    const initializer = ts.isVariableDeclaration(node) ? node.initializer : undefined;
    if (initializer !== undefined) {
      const bare = bareExpression(initializer);
      const value = ts.isAwaitExpression(bare) ? bareExpression(bare.expression) : bare;
      const call = ts.isCallExpression(value) ? value : undefined;
      const method =
        call !== undefined && isMember(call.expression) ? memberName(call.expression) : undefined;
      if (
        method !== undefined &&
        /^(transaction|startTransaction|startSession|createQueryRunner|beginTransaction|begin)$/.test(method)
      )
        return { kind: 'transaction', certainty: 'proved' };
      if (
        method !== undefined &&
        /^(getConnection|connect|acquire|checkout)$/.test(method) &&
        /^(client|conn|connection|db)\w*$/i.test(name)
      )
        return { kind: 'connection', certainty: 'proved' };
    }
    return isTransactionName(name) && !isElement(node)
      ? { kind: 'transaction', certainty: 'assumed' }
      : undefined;
  }

  private libraryFact(node: Call): LibraryFact | undefined {
    const call = this.tools.libraries.callOf(node);
    return call === undefined ? undefined : libraryFactOf(call);
  }

  private visitCall(node: Call, frame: Frame): void {
    const calleeNode = bareExpression(ts.isTaggedTemplateExpression(node) ? node.tag : node.expression);
    const args: readonly ts.Expression[] = ts.isTaggedTemplateExpression(node)
      ? ts.isTemplateExpression(node.template)
        ? node.template.templateSpans.map(({ expression }) => expression)
        : []
      : [...(node.arguments ?? [])];
    const swallows = isMember(calleeNode) && memberName(calleeNode) === 'catch' && args.length > 0;
    if (isMember(calleeNode)) {
      if (swallows) {
        const tried = new Summary();
        this.visit(calleeNode.expression, { into: tried, home: frame.home });
        tried.thrown.clear();
        this.takeAll(frame, tried);
      } else this.visit(calleeNode.expression, frame);
      if (ts.isElementAccessExpression(calleeNode)) this.visit(calleeNode.argumentExpression, frame);
    } else if (!ts.isIdentifier(calleeNode) && !isFunctionNode(calleeNode)) this.visit(calleeNode, frame);
    else if (ts.isIdentifier(calleeNode)) this.read(calleeNode, frame);
    this.visitAll(args, frame);
    if (calleeNode.kind === ts.SyntaxKind.ImportKeyword) return this.load(node, args[0], frame);
    if (ts.isNewExpression(node)) return this.construct(node, calleeNode, args, frame);
    this.call(node, calleeNode, args, frame);
  }

  private construct(
    node: ts.NewExpression,
    calleeNode: ts.Expression,
    args: readonly ts.Expression[],
    frame: Frame,
  ): void {
    const own = this.tools.callees.classOf(calleeNode);
    if (own !== undefined) {
      const constructors = this.tools.callees.constructorsOf(own);
      for (const fn of constructors) frame.into.take(this.of(fn));
      if (constructors.length === 0) {
        for (const member of own.members)
          if (ts.isPropertyDeclaration(member) && member.initializer !== undefined)
            this.visit(member.initializer, frame);
      }
      this.runArguments(args, undefined, frame);
      return;
    }
    this.callOfLibrary(node, args, frame);
  }

  private call(node: Call, calleeNode: ts.Expression, args: readonly ts.Expression[], frame: Frame): void {
    const { callees } = this.tools;
    const own = callees.of(calleeNode);
    if (own.functions.length > 0) {
      const receiver = isMember(calleeNode) ? calleeNode.expression : undefined;
      const keeps = this.keepsOf(receiver, frame);
      for (const fn of own.functions) {
        const summary = this.of(fn);
        frame.into.take(summary, keeps);
        this.callParameters(fn, summary, args, frame);
      }
      this.runArguments(args, undefined, frame);
      for (const parameter of own.provided ?? []) frame.into.parameterCalls.delete(parameter);
      if (own.isOpen && own.parameter === undefined)
        this.unknown(node, calleeNode, 'what it is wrapped in is not known', frame, 'read');
      return;
    }
    if (own.parameter !== undefined) {
      frame.into.parameterCalls.add(own.parameter);
      // What is passed for it, told where the function is called that it is a parameter of, tells what this does.
      this.runArguments(args, undefined, frame);
      return;
    }
    this.callOfLibrary(node, args, frame);
  }

  /** Runs what is passed for the parameters that a function calls. */
  private callParameters(
    fn: FunctionNode,
    summary: Summary,
    args: readonly ts.Expression[],
    frame: Frame,
  ): void {
    for (const parameter of summary.parameterCalls) {
      const place = fn.parameters.indexOf(parameter);
      if (place === -1) {
        // A parameter of a function around it.
        frame.into.parameterCalls.add(parameter);
        continue;
      }
      const passed = args[place];
      if (passed === undefined) continue;
      const bare = bareExpression(passed);
      if (ts.isObjectLiteralExpression(bare)) continue;
      const own = this.tools.callees.of(bare);
      if (own.functions.length > 0) continue;
      if (own.parameter !== undefined) {
        frame.into.parameterCalls.add(own.parameter);
        continue;
      }
      const name = isMember(bare) ? memberName(bare) : ts.isIdentifier(bare) ? bare.text : undefined;
      frame.into.addUnknown({
        callee: shortText(bare),
        why: 'it is a function whose body was not found',
        guess: guessOf(name ?? ''),
        isAwaited: true,
        isDropped: false,
        node: bare,
      });
      frame.into.waits('unknown');
    }
  }

  /** What a call on an object that is made in the code at hand does to that object is no effect. */
  private keepsOf(
    receiver: ts.Expression | undefined,
    frame: Frame,
  ): (effect: FoundEffect) => FoundEffect | undefined {
    if (receiver === undefined) return (effect) => ({ ...effect, viaThis: false });
    const bare = bareExpression(receiver);
    if (bare.kind === ts.SyntaxKind.ThisKeyword || bare.kind === ts.SyntaxKind.SuperKeyword)
      return (effect) => effect;
    const isOwn = this.ownerOf(bare, frame) === undefined;
    return (effect) => (effect.viaThis ? (isOwn ? undefined : { ...effect, viaThis: false }) : effect);
  }

  /** Takes in the functions among arguments: those at `places`, or all of them. */
  private runArguments(
    args: readonly ts.Expression[],
    places: readonly number[] | undefined,
    frame: Frame,
  ): void {
    for (const [index, argument] of args.entries()) {
      if (places !== undefined && !places.includes(index)) continue;
      const bare = bareExpression(argument);
      if (ts.isObjectLiteralExpression(bare)) {
        for (const property of bare.properties) {
          if (ts.isMethodDeclaration(property)) frame.into.take(this.of(property));
          else if (ts.isPropertyAssignment(property))
            this.runFunction(bareExpression(property.initializer), frame);
        }
      } else this.runFunction(bare, frame);
    }
  }

  private runFunction(node: ts.Expression, frame: Frame): void {
    if (!(
      ts.isArrowFunction(node) ||
      ts.isFunctionExpression(node) ||
      ts.isIdentifier(node) ||
      isMember(node)
    ))
      return;
    if (ts.isIdentifier(node) || isMember(node)) {
      const symbol = this.tools.symbols.at(
        isMember(node) && ts.isPropertyAccessExpression(node) ? node.name : node,
      );
      if (symbol === undefined) return;
    }
    const { functions } = this.tools.callees.of(node);
    for (const fn of functions) {
      const summary = this.of(fn);
      frame.into.take(summary, (effect) => this.outside(effect, frame));
      for (const parameter of summary.parameterCalls) {
        if (!fn.parameters.includes(parameter)) frame.into.parameterCalls.add(parameter);
      }
    }
  }

  /** An effect of a function inside of the code at hand, unless it is on what is the code's own. */
  private outside(effect: FoundEffect, frame: Frame): FoundEffect | undefined {
    const { resource } = effect;
    const owner =
      resource.kind === 'variable'
        ? resource.id
        : resource.kind === 'field'
          ? /variable (.*)$/.exec(resource.owner)?.[1]
          : undefined;
    if (owner === undefined) return effect;
    const at = owner.lastIndexOf(':');
    const source = frame.home.getSourceFile();
    const position = Number(owner.slice(at + 1));
    if (source.fileName !== owner.slice(0, at) || position < frame.home.pos || position >= frame.home.end)
      return effect;
    if (resource.kind === 'field') return undefined;
    // A variable that the code at hand declares for the code after it stays visible.
    return isFunctionNode(frame.home) ? undefined : effect;
  }

  private callOfLibrary(node: Call, args: readonly ts.Expression[], frame: Frame): void {
    const { into } = frame;
    const calleeNode = bareExpression(ts.isTaggedTemplateExpression(node) ? node.tag : node.expression);
    const call = this.tools.libraries.callOf(node);
    const fact = call === undefined ? undefined : libraryFactOf(call);
    const by = calleeText(node);
    const method = isMember(calleeNode) ? (memberName(calleeNode) ?? '') : '';
    for (const argument of args)
      this.readWhole(ts.isSpreadElement(argument) ? argument.expression : argument, frame);
    if (fact !== undefined) {
      const add = (access: 'read' | 'write', resource: Resource): void =>
        into.add({ access, resource, by, node, certainty: 'proved', viaThis: false });
      for (const resource of fact.reads) add('read', resource);
      for (const resource of fact.writes) add('write', resource);
      if (fact.io) into.waits('yes');
      const changed = fact.changes === undefined ? undefined : args[fact.changes];
      const owned = changed === undefined ? undefined : this.ownerOf(changed, frame);
      if (owned !== undefined) this.field('write', owned.owner, '*', node, owned.viaThis, frame);
      if (fact.throws !== undefined)
        into.addThrown({
          text: `${by}: ${fact.throws}`,
          isAuthorization: isAuthorizationText(fact.throws),
          node,
        });
      if (isSleep(node)) into.pacing.set(`sleep ${by}`, { kind: 'sleep', by, node });
      if (fact.pacing !== undefined) into.pacing.set(`${fact.pacing} ${by}`, { kind: fact.pacing, by, node });
      if (fact.on !== undefined && fact.opensTransactionIn === undefined) {
        // A transaction that is handed over in an option is one for all calls of the code at hand.
        const root = fact.on === 'transaction' ? 'transaction' : (chainOf(calleeNode)[0] ?? by);
        into.clients.set(`${fact.on} ${root}`, {
          kind: fact.on,
          name: root,
          id: `${fact.on} ${root}`,
          certainty: 'proved',
          node,
        });
      }
      // `query.where(…)` as a statement of its own changes the query that is built.
      const [receiver] = isMember(calleeNode) ? [bareExpression(calleeNode.expression)] : [];
      const isBuilder = call?.package !== 'global' && fact.writes.length === 0 && !fact.io;
      if (isBuilder && receiver !== undefined && ts.isIdentifier(receiver) && useOf(node).isDropped)
        this.variable('write', receiver, frame);
      this.runArguments(args, fact.runs, frame);
      return;
    }
    if (
      isMember(calleeNode) &&
      this.callOfBuiltIn(
        node,
        calleeNode,
        method,
        args,
        call !== undefined && call.package !== 'global',
        frame,
      )
    )
      return;
    this.runArguments(args, undefined, frame);
    if (isMember(calleeNode) && isLogCall(chainOf(calleeNode))) {
      into.add({ access: 'write', resource: { kind: 'log' }, by, node, certainty: 'proved', viaThis: false });
      return;
    }
    // The constructor of a class from a package sets up the object that is being made.
    if (calleeNode.kind === ts.SyntaxKind.SuperKeyword && this.tools.libraries.of(calleeNode) !== undefined)
      return;
    const guessed = isMember(calleeNode)
      ? ormGuessOf(chainOf(calleeNode), this.tools.dependenciesOf(node.getSourceFile().fileName))
      : undefined;
    if (guessed !== undefined) {
      into.add({
        access: guessed.access,
        resource: { kind: 'table', database: guessed.database, name: guessed.table },
        by,
        node,
        certainty: 'assumed',
        viaThis: false,
      });
      into.waits('yes');
      return;
    }
    const why =
      call === undefined || call.package === 'global'
        ? 'no function with a body was found'
        : `nothing is known of \`${call.path.replace(/\(\)$/, '')}\` of the package ${call.package}`;
    this.unknown(node, calleeNode, why, frame);
  }

  /** A method of an array, a string, a map, a promise, …; tells whether it was one. */
  private callOfBuiltIn(
    node: Call,
    calleeNode: ts.PropertyAccessExpression | ts.ElementAccessExpression,
    method: string,
    args: readonly ts.Expression[],
    isOfPackage: boolean,
    frame: Frame,
  ): boolean {
    const does = builtInMethod(method);
    if (does === undefined) return false;
    const { symbols } = this.tools;
    const symbol = symbols.at(
      ts.isPropertyAccessExpression(calleeNode) ? calleeNode.name : calleeNode.argumentExpression,
    );
    const isSure = symbols.isOfLibrary(symbol);
    if (!isSure) {
      // What came from a package may have any method; `get` and `set` may be those of a store.
      const isPlain = !AMBIGUOUS.has(method) || this.tools.freshness.of(calleeNode.expression) !== 'no';
      const hasCallback = args.some(
        (one) => ts.isArrowFunction(bareExpression(one)) || ts.isFunctionExpression(bareExpression(one)),
      );
      if (symbol !== undefined && symbols.declarationsOf(symbol).length > 0) return false;
      if (isOfPackage && !hasCallback && this.tools.freshness.of(calleeNode.expression) !== 'deep')
        return false;
      if (!isPlain && !hasCallback) {
        if (useOf(node).isAwaited || does === 'mutates') return false;
      }
    }
    const place = this.places.of(calleeNode.expression, frame.home);
    const owned = this.ownerOf(calleeNode.expression, frame);
    // `[list].flat()` looks into what is in the list that is written out.
    if (place.owner === undefined && place.hasOthers && !NO_ELEMENTS.has(method))
      this.readWhole(calleeNode.expression, frame);
    // A `g` or `y` expression remembers where it stopped.
    if (
      owned !== undefined &&
      isSure &&
      /^(test|exec)$/.test(method) &&
      !this.isForgetful(calleeNode.expression)
    )
      for (const access of ['read', 'write'] as const)
        this.field(access, owned.owner, 'lastIndex', node, owned.viaThis, frame);
    if (owned !== undefined && !NO_ELEMENTS.has(method)) {
      this.field('read', owned.owner, '[]', node, owned.viaThis, frame);
      const isCertain = !owned.isMaybe && !(owned.isOfModule && KEYED.test(method));
      if (does === 'mutates') this.field('write', owned.owner, '[]', node, owned.viaThis, frame, isCertain);
    }
    this.runArguments(args, undefined, frame);
    for (const argument of args) {
      const bare = bareExpression(argument);
      const own = ts.isIdentifier(bare) ? this.tools.callees.of(bare) : undefined;
      if (
        own?.parameter !== undefined &&
        own.functions.length === 0 &&
        /^(map|forEach|filter|reduce|flatMap|some|every|find|then)$/.test(method)
      )
        frame.into.parameterCalls.add(own.parameter);
    }
    return true;
  }

  /** Whether a regular expression is written out, without the flags that make it remember. */
  private isForgetful(node: ts.Expression): boolean {
    const bare = bareExpression(node);
    if (ts.isRegularExpressionLiteral(bare))
      return !/[gy][a-z]*$/.test(bare.text.slice(bare.text.lastIndexOf('/')));
    const named = ts.isIdentifier(bare) ? this.tools.symbols.at(bare) : undefined;
    const symbol = named === undefined ? undefined : this.tools.symbols.followed(named);
    const [declaration] = symbol?.declarations ?? [];
    return (
      declaration !== undefined &&
      ts.isVariableDeclaration(declaration) &&
      (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0 &&
      declaration.initializer !== undefined &&
      bareExpression(declaration.initializer) !== bare &&
      this.isForgetful(declaration.initializer)
    );
  }

  /** Loading a module runs its code once, and the code of what it imports. */
  private load(node: Call, name: ts.Expression | undefined, frame: Frame): void {
    if (name !== undefined && ts.isStringLiteralLike(name) && isBuiltin(name.text)) return;
    const { isDropped } = useOf(node);
    frame.into.waits('unknown');
    frame.into.addUnknown({
      callee: `import(${name?.getText() ?? ''})`,
      why: isDropped ? 'the module is loaded for what its code does' : 'loading a module runs its code',
      guess: isDropped ? 'write' : 'other',
      isAwaited: false,
      isDropped,
      node,
    });
  }

  private unknown(node: Call, calleeNode: ts.Expression, why: string, frame: Frame, guess?: 'read'): void {
    const name = isMember(calleeNode)
      ? (memberName(calleeNode) ?? '')
      : ts.isIdentifier(calleeNode)
        ? calleeNode.text
        : '';
    const use = useOf(node);
    frame.into.addUnknown({ callee: calleeText(node), why, guess: guess ?? guessOf(name), ...use, node });
    if (use.isAwaited) frame.into.waits('unknown');
  }
}
