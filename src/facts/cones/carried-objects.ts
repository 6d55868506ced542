import { ts } from 'ts-morph';
import { assumed, type Evidence } from '../../evidence.ts';
import { builtInMethod, isLogCall } from '../effects/guesses.ts';
import {
  bareExpression,
  chainOf,
  functionAround,
  isFunctionNode,
  isMember,
  isPrimitiveNode,
  memberName,
  type Symbols,
} from '../effects/symbols.ts';
import { lineOf, type Parts } from './parts.ts';
import { upToWait } from './pauses.ts';
import type { Reached } from './reached.ts';
import { fileNameOf, shortText, siteOf } from './sites.ts';
import { outermost } from './waiting.ts';
import { changedBy } from './writes.ts';

/** Stands for the elements of a list or map. */
const ELEMENTS = '[]';
/** Stands for whatever a method of a class touches. */
const ANY = '*';

/** Whether a callee changes what it is given first. */
const setsFirst = (callee: ts.PropertyAccessExpression | ts.ElementAccessExpression): boolean =>
  /^(assign|set)$/.test(memberName(callee) ?? '') && /^(Object|Reflect)$/.test(callee.expression.getText());

/** That code touches a property of an object that several calls share. */
interface Access {
  readonly object: ts.Declaration;
  readonly property: string;
  /** The object as it is written there. */
  readonly by: string;
  /** Whether that is its own name. */
  readonly isDirect: boolean;
  readonly node: ts.Node;
}

interface Carried {
  readonly byName: ReadonlyMap<string, ReadonlySet<ts.Declaration>>;
  readonly all: ReadonlySet<ts.Declaration>;
}

interface Index {
  /** The objects that are put under a property, or given with a name, and those by that name. */
  readonly carried: Carried;
  /** A place that changes a property of such an object. */
  readonly changed: ReadonlyMap<ts.Declaration, ReadonlyMap<string, ts.Node>>;
}

/** The expressions of which one is what an expression gives. */
function givenBy(node: ts.Expression): readonly ts.Expression[] {
  const bare = bareExpression(node);
  if (ts.isConditionalExpression(bare)) return [...givenBy(bare.whenTrue), ...givenBy(bare.whenFalse)];
  if (ts.isBinaryExpression(bare) && /^(\|\||&&|\?\?|=)$/.test(bare.operatorToken.getText()))
    return [...givenBy(bare.left), ...givenBy(bare.right)];
  return [bare];
}

/**
 * Finds objects that all calls share and that are known by a property of what each call is given: `req.ctx = ctx` in a hook, `req.ctx.user`
 * in the function that answers. That those are one shows nowhere else where no types tell it.
 */
export class CarriedObjects {
  private readonly symbols: Symbols;
  private readonly calls: Reached;
  private readonly isTest: (path: string) => boolean;
  private found: Index | undefined;

  /** What tests put anywhere is their own business. */
  constructor(symbols: Symbols, calls: Reached, isTest: (path: string) => boolean) {
    this.symbols = symbols;
    this.calls = calls;
    this.isTest = isTest;
  }

  /** What is taken for granted of them while a function waits. */
  *between({ recent, later, isPausedBefore }: Parts): Generator<Evidence> {
    const { carried, changed } = this.index();
    if (carried.all.size === 0) return;
    const next = upToWait(later);
    const before = this.accessesIn(recent);
    const seen = new Set<string>();
    for (const { object, property, by, isDirect, node } of this.accessesIn(next)) {
      const all = changed.get(object);
      const change = property === ANY ? [...(all?.values() ?? [])][0] : (all?.get(property) ?? all?.get(ANY));
      const same = before.filter(
        (one) =>
          one.object === object && (one.property === property || one.property === ANY || property === ANY),
      );
      // By its own name on both sides it is told as what it is.
      const isSeen = isDirect && same.every((one) => one.isDirect);
      const key = `${object.getSourceFile().fileName} ${object.pos} ${property}`;
      if (change === undefined || isSeen || (isPausedBefore && same.length === 0) || seen.has(key)) continue;
      seen.add(key);
      const shared = nameOf(object);
      yield assumed(
        `No other turn changes what \`${shared}\` holds, which \`${by}\` may be (line ${lineOf(object)} of \`${fileNameOf(object)}\`): line ${lineOf(change)} of \`${fileNameOf(change)}\` changes it, line ${lineOf(node)} uses it`,
        siteOf(node),
      );
    }
  }

  /** What code touches, and what the functions that it calls touch themselves. */
  private accessesIn(code: readonly ts.Node[]): readonly Access[] {
    const called = new Set(code.flatMap((one) => this.calls.functionsIn(one)));
    const bodies = [...called].flatMap(({ body }) => (body === undefined ? [] : [body]));
    return [...code, ...bodies].flatMap((one) => this.accesses(one, this.index().carried));
  }

  /** What code touches of the objects that are carried, by their own names or by those that they are carried by. */
  private accesses(code: ts.Node, carried: Carried): readonly Access[] {
    const found: Access[] = [];
    const add = (of: ts.Expression, property: string, node: ts.Node): void => {
      const own = this.declarationOf(bareExpression(of));
      for (const object of this.objectsOf(of, carried))
        found.push({
          object,
          property,
          by: shortText(of),
          isDirect: own === object,
          node,
        });
    };
    const visit = (node: ts.Node): void => {
      if (isFunctionNode(node)) return;
      if (isMember(node)) {
        const { parent } = outermost(node);
        const name = memberName(node);
        const isCalled = ts.isCallExpression(parent) && bareExpression(parent.expression) === node;
        const property =
          name === undefined || (isCalled && builtInMethod(name) !== undefined)
            ? ELEMENTS
            : isCalled
              ? ANY
              : name;
        if (!isCalled || !isLogCall(chainOf(node))) add(node.expression, property, node);
      }
      if (
        ts.isVariableDeclaration(node) &&
        ts.isObjectBindingPattern(node.name) &&
        node.initializer !== undefined
      )
        for (const element of node.name.elements)
          add(node.initializer, (element.propertyName ?? element.name).getText(), element);
      if (ts.isForOfStatement(node) || ts.isSpreadElement(node) || ts.isSpreadAssignment(node))
        add(node.expression, ts.isSpreadAssignment(node) ? ANY : ELEMENTS, node.expression);
      ts.forEachChild(node, visit);
    };
    visit(code);
    return found;
  }

  /** The shared objects that an expression may give. */
  private objectsOf(node: ts.Expression, carried: Carried, depth = 0): readonly ts.Declaration[] {
    const bare = bareExpression(node);
    const own = this.declarationOf(bare);
    if (own !== undefined && carried.all.has(own)) return [own];
    const name = isMember(bare) ? memberName(bare) : nameAsked(bare);
    const named = name === undefined ? undefined : carried.byName.get(name);
    if (named !== undefined)
      return this.isOfGiven(bare) ? [...named].filter((one) => this.mayBe(bare, one)) : [];
    if (!ts.isIdentifier(bare) || depth > 3) return [];
    const symbol = this.symbols.at(bare);
    const [declaration] = this.symbols.declarationsOf(symbol);
    if (declaration === undefined) return [];
    if (ts.isBindingElement(declaration)) {
      const key = (declaration.propertyName ?? declaration.name).getText();
      return !this.isGiven(declaration)
        ? []
        : [...(carried.byName.get(key) ?? [])].filter((one) => this.mayBe(bare, one));
    }
    if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return [];
    return givenBy(declaration.initializer).flatMap((one) => this.objectsOf(one, carried, depth + 1));
  }

  /** Whether an expression is a part of what a function is given: `req.ctx`, and not a name that can be followed. */
  private isOfGiven(node: ts.Expression, depth = 0): boolean {
    let root = bareExpression(node);
    while (isMember(root) || ts.isCallExpression(root)) root = bareExpression(root.expression);
    const [declaration] = ts.isIdentifier(root) ? this.symbols.declarationsOf(this.symbols.at(root)) : [];
    if (declaration === undefined || depth > 3) return false;
    return (
      this.isGiven(declaration) ||
      (ts.isVariableDeclaration(declaration) &&
        declaration.initializer !== undefined &&
        givenBy(declaration.initializer).some((one) => this.isOfGiven(one, depth + 1)))
    );
  }

  /** Whether a name stands for what a function is given, or for a part of that. */
  private isGiven(declaration: ts.Declaration): boolean {
    let at: ts.Node = declaration;
    while (ts.isBindingElement(at) || ts.isObjectBindingPattern(at)) at = at.parent;
    return (
      ts.isParameter(at) ||
      (at !== declaration &&
        ts.isVariableDeclaration(at) &&
        at.initializer !== undefined &&
        this.isOfGiven(at.initializer))
    );
  }

  /** Whether the types let an expression give an object. */
  private mayBe(node: ts.Expression, object: ts.Declaration): boolean {
    const { checker } = this.symbols.whole;
    const [one, other] = [checker.getTypeAtLocation(node), checker.getTypeAtLocation(object)];
    return checker.isTypeAssignableTo(one, other) || checker.isTypeAssignableTo(other, one);
  }

  /** The variable or field that a name stands for, imports followed. */
  private declarationOf(node: ts.Expression): ts.Declaration | undefined {
    if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined;
    const [declaration] = this.symbols.declarationsAt(ts.isIdentifier(node) ? node : node.name);
    return declaration !== undefined &&
      (ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration))
      ? declaration
      : undefined;
  }

  private index(): Index {
    this.found ??= this.makeIndex();
    return this.found;
  }

  private makeIndex(): Index {
    const { program, isOwn } = this.symbols.whole;
    const sources = program
      .getSourceFiles()
      .filter((source) => isOwn(source) && !source.isDeclarationFile && !this.isTest(source.fileName));
    const byName = new Map<string, Set<ts.Declaration>>();
    const put = (name: string | undefined, value: ts.Expression): void => {
      if (name === undefined) return;
      for (const one of givenBy(value)) {
        const object = this.declarationOf(one);
        if (object === undefined || !isShared(object, value) || this.symbols.isScalar(one)) continue;
        const known = byName.get(name);
        if (known === undefined) byName.set(name, new Set([object]));
        else known.add(object);
      }
    };
    const visit = (node: ts.Node): void => {
      if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
        const left = bareExpression(node.left);
        if (isMember(left)) put(memberName(left), node.right);
      } else if (ts.isPropertyAssignment(node)) put(node.name.getText(), node.initializer);
      else if (ts.isShorthandPropertyAssignment(node)) put(node.name.text, node.name);
      else if (ts.isCallExpression(node) && isMember(node.expression)) {
        const [name, value] = node.arguments;
        const isPut = /^(set|put|provide|register|assign|define|decorate)/.test(
          memberName(node.expression) ?? '',
        );
        if (isPut && name !== undefined && value !== undefined && ts.isStringLiteralLike(name))
          put(name.text, value);
      }
      ts.forEachChild(node, visit);
    };
    for (const source of sources) visit(source);
    const carried = { byName, all: new Set([...byName.values()].flatMap((all) => [...all])) };
    return { carried, changed: this.changesOf(sources, carried) };
  }

  /** The places in functions that change what is carried. */
  private changesOf(
    sources: readonly ts.SourceFile[],
    carried: Carried,
  ): ReadonlyMap<ts.Declaration, ReadonlyMap<string, ts.Node>> {
    const changed = new Map<ts.Declaration, Map<string, ts.Node>>();
    const note = (of: ts.Expression, property: string, node: ts.Node): void => {
      for (const object of this.objectsOf(of, carried)) {
        const known = changed.get(object) ?? new Map<string, ts.Node>();
        changed.set(object, known);
        if (!known.has(property)) known.set(property, node);
      }
    };
    const visit = (node: ts.Node): void => {
      const targets = changedBy(node);
      if (targets.length > 0 && functionAround(node) !== undefined) {
        for (const target of targets) {
          // A method that changes a list changes its elements.
          if (ts.isCallExpression(node)) note(target, ELEMENTS, node);
          // Of `ctx.user.name = …` all that `ctx` and `ctx.user` hold is changed.
          for (let at = bareExpression(target); isMember(at); at = bareExpression(at.expression))
            note(at.expression, memberName(at) ?? ELEMENTS, target);
        }
      } else if (ts.isCallExpression(node) && isMember(node.expression) && setsFirst(node.expression)) {
        const [first] = node.arguments;
        if (first !== undefined && functionAround(node) !== undefined) note(first, ANY, node);
      }
      ts.forEachChild(node, visit);
    };
    for (const source of sources) visit(source);
    for (const object of carried.all) {
      const change = this.changeInClassOf(object);
      if (change === undefined) continue;
      const known = changed.get(object) ?? new Map<string, ts.Node>();
      changed.set(object, known.set(ANY, change));
    }
    return changed;
  }

  /** A place in the class of an object that changes it after it was made. */
  private changeInClassOf(object: ts.Declaration): ts.Node | undefined {
    const made =
      (ts.isVariableDeclaration(object) || ts.isPropertyDeclaration(object)) &&
      object.initializer !== undefined
        ? bareExpression(object.initializer)
        : undefined;
    if (made === undefined || !ts.isNewExpression(made)) return undefined;
    const [declaration] = this.symbols.declarationsAt(made.expression);
    if (declaration === undefined || !ts.isClassLike(declaration)) return undefined;
    const changesThis = (node: ts.Node): ts.Node | undefined => {
      if (ts.isConstructorDeclaration(node)) return undefined;
      const isOwn = changedBy(node).some((target) => /^this\s*(\.|\?\.|\[)/.test(target.getText()));
      return isOwn ? node : ts.forEachChild(node, changesThis);
    };
    return ts.forEachChild(declaration, changesThis);
  }
}

/** `c.get('ctx')`: the name that something is asked for by. */
function nameAsked(node: ts.Expression): string | undefined {
  if (!ts.isCallExpression(node) || node.arguments.length !== 1 || !isMember(node.expression))
    return undefined;
  if (!/^(get|resolve|inject|use|var)/.test(memberName(node.expression) ?? '')) return undefined;
  const [name] = node.arguments;
  return name !== undefined && ts.isStringLiteralLike(name) ? name.text : undefined;
}

/** Whether several calls have one object: it is not made by the function that puts it somewhere. */
function isShared(object: ts.Declaration, place: ts.Node): boolean {
  const maker = functionAround(object);
  const value =
    (ts.isVariableDeclaration(object) || ts.isPropertyDeclaration(object)) && object.initializer !== undefined
      ? bareExpression(object.initializer)
      : undefined;
  // What has no properties of its own that anybody changes.
  const isPlain =
    value !== undefined && (isFunctionNode(value) || ts.isClassExpression(value) || isPrimitiveNode(value));
  return !isPlain && (maker === undefined || maker !== functionAround(place));
}

const nameOf = (object: ts.Declaration): string => {
  const name = ts.getNameOfDeclaration(object)?.getText() ?? '';
  return ts.isPropertyDeclaration(object) ? `this.${name}` : name;
};
