import { ts } from 'ts-morph';
import type { Callees } from '../effects/callees.ts';
import type { Resource } from '../effects/effect.ts';
import type { LibraryValues } from '../effects/library-values.ts';
import { builtInMethod } from '../effects/guesses.ts';
import { keyOf } from '../effects/summary.ts';
import {
  bareExpression,
  functionAround,
  isAssignment,
  isFunctionNode,
  isInside,
  isMember,
  isMissingTest,
  memberName,
  type FunctionNode,
  type Symbols,
} from '../effects/symbols.ts';
import { blockingCallOf, isBlockingPackage } from '../libraries/blocking/table.ts';
import { homeOf, isLocal, type Parts } from './parts.ts';
import { awaitsAnything } from './pauses.ts';
import type { Writes } from './writes.ts';

/** Functions that make data of a text, and do nothing else. */
const READERS = /^(parse\w*|load|safeLoad|decode\w*)$/;
const PLAIN_GLOBALS =
  /^(JSON\.(parse|stringify)|Object\.(freeze|fromEntries|assign)|String|Number|Boolean|Buffer\.from)$/;

/**
 * Finds what is filled with what was read of files, where it is missing, and with the same by everybody: `text ??= readFileSync(path, 'utf8')`.
 * Where the wait is in the filling, several turns may fill it, each with the same; nothing else is done twice.
 */
export class Refills {
  private readonly symbols: Symbols;
  private readonly callees: Callees;
  private readonly libraries: LibraryValues;
  private readonly writes: Writes;
  private readonly isTest: (path: string) => boolean;

  constructor(
    symbols: Symbols,
    callees: Callees,
    libraries: LibraryValues,
    writes: Writes,
    isTest: (path: string) => boolean,
  ) {
    this.isTest = isTest;
    this.symbols = symbols;
    this.callees = callees;
    this.libraries = libraries;
    this.writes = writes;
  }

  /** The place that fills a thing so; undefined where it is filled otherwise, or also emptied. */
  of(resource: Resource, { effectsOf }: Pick<Parts, 'effectsOf'>): ts.Node | undefined {
    const all = this.writes.to(resource).filter((one) => !this.isForTests(one));
    const [only] = all;
    if (only === undefined || all.length > 1) return undefined;
    const whole = fillAround(only);
    const fn = functionAround(only);
    if (whole === undefined || fn === undefined) return undefined;
    const assignment = only.parent;
    if (!ts.isBinaryExpression(assignment) || !this.isRead(assignment.right, fn, effectsOf)) return undefined;
    const changes = effectsOf(whole).filter(
      (one) =>
        one.access === 'write' &&
        one.resource.kind !== 'log' &&
        keyOf(one.resource) !== keyOf(resource) &&
        !isLocal(one.resource, homeOf(fn)),
    );
    return changes.length === 0 && !makesObjects(whole) ? only : undefined;
  }

  /**
   * The place that sets a variable to what was read of files, by functions that do so in one turn and ask nothing of who calls them:
   * `reload()`; undefined where it is also set otherwise, or where one may wait in its middle.
   */
  refreshOf(
    resource: Resource,
    point: ts.Node,
    { effectsOf, mayWaitIn }: Pick<Parts, 'effectsOf' | 'mayWaitIn'>,
    isAtPlace: boolean,
  ): ts.Node | undefined {
    if (resource.kind !== 'variable') return undefined;
    const all = this.writes.to(resource).filter((one) => !this.isForTests(one));
    const read = new Set<FunctionNode>();
    const makers = new Set<FunctionNode>();
    for (const one of all) {
      const maker = functionAround(one);
      const value = setOutright(one);
      if (maker?.body === undefined || value === undefined || isInside(point, maker)) return undefined;
      if (awaitsAnything(maker.body) || (isAtPlace && mayWaitIn(maker.body))) return undefined;
      makers.add(maker);
      if (isNothing(value)) continue;
      if (!this.isRead(value, maker, effectsOf, this.setBefore(one, maker, effectsOf))) return undefined;
      read.add(maker);
    }
    return read.size === makers.size ? all[0] : undefined;
  }

  /** The variables of a module that a function has set to what was read of files before a place in one block. */
  private setBefore(
    place: ts.Node,
    maker: FunctionNode,
    effectsOf: Parts['effectsOf'],
  ): ReadonlySet<ts.Declaration> {
    const found = new Set<ts.Declaration>();
    const statement = place.parent.parent;
    if (!ts.isBlock(statement.parent)) return found;
    for (const one of statement.parent.statements) {
      if (one === statement) break;
      if (!ts.isExpressionStatement(one) || !ts.isBinaryExpression(one.expression)) continue;
      const { left, right, operatorToken } = one.expression;
      if (operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isIdentifier(left)) continue;
      const [declaration] = this.symbols.declarationsOf(this.symbols.at(left));
      if (declaration !== undefined && this.isRead(right, maker, effectsOf, found)) found.add(declaration);
    }
    return found;
  }

  /** Whether code only runs in tests: it stands in one, or in a function that nothing else names. */
  private isForTests(node: ts.Node): boolean {
    const source = node.getSourceFile();
    if (this.isTest(source.fileName)) return true;
    const fn = functionAround(node);
    if (fn === undefined || !ts.isFunctionDeclaration(fn) || fn.name === undefined) return false;
    const name = new RegExp(`(?<![\\w$])${fn.name.text.replaceAll('$', '\\$')}(?![\\w$])`, 'g');
    const { program, isOwn } = this.symbols.whole;
    return program
      .getSourceFiles()
      .filter((one) => isOwn(one) && !this.isTest(one.fileName))
      .every((one) => (one.text.match(name)?.length ?? 0) === (one === source ? 1 : 0));
  }

  /** Whether a value is the same for everybody: read of files, and of nothing that the function was given. */
  private isRead(
    value: ts.Expression,
    fn: FunctionNode,
    effectsOf: Parts['effectsOf'],
    set: ReadonlySet<ts.Declaration> = new Set(),
  ): boolean {
    const seen = new Set<ts.Node>();
    let reads = false;
    const visit = (node: ts.Node): boolean => {
      if (isFunctionNode(node)) return ts.forEachChild(node, (one) => !visit(one) || undefined) !== true;
      if (ts.isTypeNode(node)) return true;
      if (ts.isNewExpression(node) || node.kind === ts.SyntaxKind.ThisKeyword) return false;
      if (ts.isCallExpression(node)) {
        const how = this.callKind(node, effectsOf);
        // What a package makes of what was read.
        const [given] = node.arguments;
        const isMadeOf = given !== undefined && this.isRead(given, fn, effectsOf, set);
        if (how === 'unknown' && !(isMadeOf && this.isOfPackage(node))) return false;
        reads ||= how === 'reads';
      }
      if (ts.isIdentifier(node)) {
        const isSet = this.symbols.declarationsOf(this.symbols.at(node)).some((one) => set.has(one));
        reads ||= isSet;
        if (!isSet && !this.isOfAll(node, fn, seen, visit)) return false;
      }
      return ts.forEachChild(node, (one) => !visit(one) || undefined) !== true;
    };
    return visit(value) && reads;
  }

  private isOfPackage(call: ts.CallExpression): boolean {
    const library = this.libraries.callOf(call);
    return library !== undefined && library.package !== 'global';
  }

  /** Whether a name stands for the same in all calls of a function. */
  private isOfAll(
    node: ts.Identifier,
    fn: FunctionNode,
    seen: Set<ts.Node>,
    visit: (node: ts.Node) => boolean,
  ): boolean {
    return this.symbols.declarationsOf(this.symbols.at(node)).every((one) => {
      if (seen.has(one)) return true;
      seen.add(one);
      if (ts.isParameter(one)) return !isInside(fn, one.parent);
      let variable: ts.Node = one;
      while (ts.isBindingElement(variable) || ts.isBindingName(variable)) variable = variable.parent;
      if (ts.isParameter(variable)) return !isInside(fn, variable.parent);
      if (!ts.isVariableDeclaration(variable)) return true;
      // What is set again and again may be another thing for each.
      if ((ts.getCombinedNodeFlags(variable) & ts.NodeFlags.Const) === 0) return false;
      return !isInside(variable, fn) || (variable.initializer !== undefined && visit(variable.initializer));
    });
  }

  private callKind(call: ts.CallExpression, effectsOf: Parts['effectsOf']): 'reads' | 'plain' | 'unknown' {
    const library = this.libraries.callOf(call);
    if (
      library !== undefined &&
      isBlockingPackage(library.package) &&
      blockingCallOf(library, { isResultUsed: true })
    )
      return 'reads';
    const { functions, isOpen } = this.callees.of(call.expression);
    if (functions.length > 0 && !isOpen) {
      const effects = effectsOf(call);
      if (effects.some(({ access, resource }) => access === 'write' && resource.kind !== 'log'))
        return 'unknown';
      return effects.some(({ resource }) => resource.kind === 'file') ? 'reads' : 'plain';
    }
    const callee = bareExpression(call.expression);
    const name = isMember(callee) ? memberName(callee) : ts.isIdentifier(callee) ? callee.text : undefined;
    if (
      PLAIN_GLOBALS.test(callee.getText()) ||
      library?.package === 'path' ||
      library?.package === 'node:path'
    )
      return 'plain';
    if (name !== undefined && READERS.test(name)) return 'plain';
    // A method of a text, a buffer or a list.
    const isMethod = isMember(callee) && name !== undefined;
    return isMethod && builtInMethod(name) === 'reads' ? 'plain' : 'unknown';
  }
}

/** What something is set to by a statement of its own: `config = load();`. */
function setOutright(target: ts.Node): ts.Expression | undefined {
  const { parent } = target;
  const isPlain =
    ts.isBinaryExpression(parent) &&
    parent.left === target &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isExpressionStatement(parent.parent);
  return isPlain ? parent.right : undefined;
}

const isNothing = (value: ts.Expression): boolean =>
  value.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(value) && value.text === 'undefined');

/** The code that sets a value only where it is missing, also where it is not set in all cases: `if (!text) { if (exists(path)) text = …; }`. */
function fillAround(target: ts.Node): ts.Node | undefined {
  const assignment = target.parent;
  if (!ts.isBinaryExpression(assignment) || !isAssignment(assignment) || assignment.left !== target)
    return undefined;
  const { kind } = assignment.operatorToken;
  if (kind === ts.SyntaxKind.QuestionQuestionEqualsToken || kind === ts.SyntaxKind.BarBarEqualsToken)
    return assignment;
  if (kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const text = target.getText();
  for (let at: ts.Node = assignment; !isFunctionNode(at) && !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (ts.isIterationStatement(parent, false)) return undefined;
    if (ts.isIfStatement(parent) && parent.thenStatement === at && isMissingTest(parent.expression, text))
      return parent;
  }
  return undefined;
}

/** Whether code makes an object of a class, which may hold something open. */
function makesObjects(node: ts.Node): boolean {
  if (
    ts.isNewExpression(node) &&
    !/^(Error|\w+Error|Map|Set|Date|URL|RegExp)$/.test(node.expression.getText())
  )
    return true;
  return ts.forEachChild(node, (one) => makesObjects(one) || undefined) ?? false;
}
