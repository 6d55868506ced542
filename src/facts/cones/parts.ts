import { ts } from 'ts-morph';
import type { Resource } from '../effects/effect.ts';
import type { Summaries } from '../effects/summaries.ts';
import { keyOf, ONLY, type FoundEffect } from '../effects/summary.ts';
import {
  functionAround,
  isAssignment,
  isFunctionNode,
  isInside,
  isMember,
  memberName,
  type FunctionNode,
} from '../effects/symbols.ts';
import { siteOf } from './sites.ts';
import { isAsync } from './waiting.ts';

/** What a function does before, at and after a place where it waits. */
export interface Parts {
  readonly before: readonly FoundEffect[];
  readonly at: readonly FoundEffect[];
  readonly after: readonly FoundEffect[];
  /** The code that runs before and after it. */
  readonly earlier: readonly ts.Node[];
  readonly later: readonly ts.Node[];
}

type Loop = ts.ForStatement | ts.ForOfStatement | ts.ForInStatement | ts.WhileStatement | ts.DoStatement;

const isLoop = (node: ts.Node): node is Loop =>
  ts.isForStatement(node) ||
  ts.isForOfStatement(node) ||
  ts.isForInStatement(node) ||
  ts.isWhileStatement(node) ||
  ts.isDoStatement(node);

/** The line of a node, for sentences. */
export const lineOf = (node: ts.Node): number => siteOf(node).line;

/** The position of a declaration that the id of a variable or an owner tells. */
export function declaredAt(text: string): { readonly path: string; readonly pos: number } | undefined {
  const found = /^(?:only )?(?:variable )?(.*):(\d+)$/.exec(text);
  return found === null ? undefined : { path: found[1] ?? '', pos: Number(found[2]) };
}

/** The function whose calls have variables of their own: a callback that becomes the body of a loop shares those around it. */
export function homeOf(fn: FunctionNode): FunctionNode {
  const { parent } = fn;
  const isWalked =
    ts.isCallExpression(parent) &&
    parent.arguments.some((one) => one === fn) &&
    isMember(parent.expression) &&
    memberName(parent.expression) === 'forEach' &&
    !isAsync(fn);
  const around = isWalked ? functionAround(fn) : undefined;
  return around === undefined ? fn : homeOf(around);
}

/** Whether each call of the function has a thing of its own: what is declared in it. */
export function isLocal(resource: Resource, fn: FunctionNode): boolean {
  const id =
    resource.kind === 'variable'
      ? resource.id
      : resource.kind === 'field' && /^(only )?variable /.test(resource.owner)
        ? resource.owner
        : undefined;
  const at = id === undefined ? undefined : declaredAt(id.startsWith(ONLY) ? id.slice(ONLY.length) : id);
  return at !== undefined && at.path === fn.getSourceFile().fileName && at.pos >= fn.pos && at.pos < fn.end;
}

/** Whether another program does it, to files that nobody knows. */
export const isCommand = ({ by }: FoundEffect): boolean =>
  /(^|\.)(exec|execFile|spawn|fork|execa|execaCommand|command)(Sync)?$/.test(by);

/** Whether a node stands in the arguments of a call, or in what it is called on: that is told for itself. */
const isInArguments = (node: ts.Node, call: ts.CallExpression): boolean =>
  node !== call &&
  (isInside(node, call.expression) ||
    call.arguments.some((one) => !isFunctionNode(one) && isInside(node, one)));

/** The calls in a piece of code that run with it: those in functions left out. */
export function callsIn(node: ts.Node): readonly ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  const visit = (one: ts.Node): void => {
    if (isFunctionNode(one)) return;
    if (ts.isCallExpression(one)) found.push(one);
    ts.forEachChild(one, visit);
  };
  visit(node);
  return found;
}

/** Tells what functions do before and after a place. */
export class PartsOf {
  private readonly summaries: Summaries;
  private readonly effects = new WeakMap<ts.Node, readonly FoundEffect[]>();

  constructor(summaries: Summaries) {
    this.summaries = summaries;
  }

  /** What the function does before, at and after the expression, by the order in which it runs. */
  of(fn: FunctionNode, point: ts.Expression): Parts {
    const before: FoundEffect[] = [];
    const after: FoundEffect[] = [];
    const earlier: ts.Node[] = [];
    const later: ts.Node[] = [];
    const at = this.effectsOf(point);
    const add = (into: FoundEffect[], node: ts.Node | undefined): void => {
      if (node === undefined || ts.isTypeNode(node)) return;
      (into === before ? earlier : later).push(node);
      into.push(...this.effectsOf(node));
    };
    for (let below: ts.Node = point; below !== fn; below = below.parent) {
      const { parent } = below;
      if (parent === fn) {
        if (fn.body !== below) break;
        break;
      }
      if (isLoop(parent)) {
        add(before, parent);
        add(after, parent);
      } else if (ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent)) {
        for (const one of parent.statements) {
          if (one === below || ts.isFunctionDeclaration(one)) continue;
          add(one.pos < below.pos ? before : after, one);
        }
        if (ts.isCaseClause(parent) && parent.expression !== below) add(before, parent.expression);
      } else if (ts.isCaseBlock(parent)) {
        for (const one of parent.clauses) if (one !== below && one.pos > below.pos) add(after, one);
      } else if (ts.isIfStatement(parent)) {
        if (below === parent.expression) {
          add(after, parent.thenStatement);
          add(after, parent.elseStatement);
        } else add(before, parent.expression);
      } else if (ts.isConditionalExpression(parent)) {
        if (below === parent.condition) {
          add(after, parent.whenTrue);
          add(after, parent.whenFalse);
        } else add(before, parent.condition);
      } else if (ts.isTryStatement(parent)) {
        if (below === parent.tryBlock) add(after, parent.catchClause);
        else add(before, parent.tryBlock);
        if (below !== parent.finallyBlock) add(after, parent.finallyBlock);
      } else if (ts.isBinaryExpression(parent) && isAssignment(parent) && parent.right === below) {
        const whole = this.effectsOf(parent);
        const inside = new Set(this.effectsOf(below).map((one) => `${one.access} ${keyOf(one.resource)}`));
        const left = whole.filter(
          (one) => isInside(one.node, parent.left) || !inside.has(`${one.access} ${keyOf(one.resource)}`),
        );
        after.push(...left.filter(({ access }) => access === 'write'));
        // `total += await …` has read `total` before it waits.
        before.push(...left.filter(({ access }) => access === 'read'));
        if (parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
          before.push(
            ...left
              .filter(({ access }) => access === 'write')
              .map((one): FoundEffect => ({ ...one, access: 'read' })),
          );
      } else if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
        const inside = new Set(this.effectsOf(below).map((one) => `${one.access} ${keyOf(one.resource)}`));
        if (below !== parent.expression)
          add(before, ts.isCallExpression(parent) ? parent.expression : undefined);
        for (const one of parent.arguments ?? []) if (one !== below && one.pos < below.pos) add(before, one);
        after.push(
          ...this.effectsOf(parent).filter((one) => !inside.has(`${one.access} ${keyOf(one.resource)}`)),
        );
      } else if (!ts.isFunctionLike(parent)) {
        ts.forEachChild(parent, (one) => {
          if (
            one !== below &&
            (ts.isExpression(one) ||
              ts.isVariableDeclaration(one) ||
              ts.isObjectLiteralElementLike(one) ||
              ts.isTemplateSpan(one)) &&
            !isFunctionNode(one)
          )
            add(one.pos < below.pos ? before : after, one);
        });
      }
    }
    return { before, at, after, earlier, later };
  }

  /**
   * Everything that a piece of code does. A summary has one effect for all files whose path is not known: those of each call are told
   * one by one.
   */
  effectsOf(node: ts.Node): readonly FoundEffect[] {
    const known = this.effects.get(node);
    if (known !== undefined) return known;
    const whole = [...this.summaries.ofCode(node).effects.values()];
    const found = whole.filter(({ resource }) => resource.kind !== 'file');
    if (found.length < whole.length) {
      const visit = (one: ts.Node): void => {
        if (isFunctionNode(one)) return;
        if (ts.isCallExpression(one))
          found.push(
            ...[...this.summaries.ofCode(one).effects.values()].filter(
              ({ resource, node: by }) => resource.kind === 'file' && !isInArguments(by, one),
            ),
          );
        ts.forEachChild(one, visit);
      };
      visit(node);
    }
    this.effects.set(node, found);
    return found;
  }
}
