import { ts } from 'ts-morph';
import type { Callees } from '../effects/callees.ts';
import { returnsOf } from '../effects/library-values.ts';
import {
  bareExpression,
  isAssignment,
  isFunctionNode,
  isMember,
  memberName,
  type FunctionNode,
  type Symbols,
} from '../effects/symbols.ts';
import type { Use } from './uses.ts';

/** How many expressions are looked at until an answer is given up. */
const MOST_STEPS = 300;

/** What has to be known of the project to follow values back. */
interface Project {
  readonly symbols: Symbols;
  readonly callees: Callees;
  /** All uses of a function; undefined while they are being found. */
  usesOf(fn: FunctionNode): readonly Use[] | undefined;
  /** Where a name stands, in one file or in all. */
  placesOf(name: string, within?: ts.SourceFile): readonly ts.Node[];
}

/** Whether a name is filled from a part of a value there: `({ data: kept } = loaded)`, `for (kept of all)`. */
function isInTarget(name: ts.Node): boolean {
  let at = name;
  while (
    ts.isArrayLiteralExpression(at.parent) ||
    ts.isObjectLiteralExpression(at.parent) ||
    ts.isObjectLiteralElementLike(at.parent) ||
    ts.isSpreadElement(at.parent) ||
    (ts.isExpression(at.parent) && bareExpression(at.parent) !== at.parent)
  )
    at = at.parent;
  const { parent } = at;
  if ((ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.initializer === at) return true;
  return ts.isBinaryExpression(parent) && isAssignment(parent) && parent.left === at && at !== name;
}

/** What an expression is assigned, where it stands on the left of a plain assignment. */
function assignedTo(target: ts.Node): ts.Expression | undefined {
  const { parent } = target;
  return ts.isBinaryExpression(parent) && isAssignment(parent) && parent.left === target
    ? parent.right
    : undefined;
}

/** The object that a method of a proxy's handler is given first: `new Proxy(target, { get(target, key) { … } })`. */
function proxiedFor(fn: FunctionNode): ts.Expression | undefined {
  const member = ts.isMethodDeclaration(fn) ? fn : fn.parent;
  if (!ts.isObjectLiteralElementLike(member) || !ts.isObjectLiteralExpression(member.parent))
    return undefined;
  const { parent } = member.parent;
  const isHandler =
    ts.isNewExpression(parent) &&
    parent.expression.getText() === 'Proxy' &&
    parent.arguments?.[1] === member.parent;
  return isHandler ? parent.arguments[0] : undefined;
}

/** Whether a type was made with types that are only known where a function is called: `Config<T>`. */
function hasParameters(type: ts.Type): boolean {
  if (type.isUnionOrIntersection()) return type.types.some(hasParameters);
  const made =
    type.aliasTypeArguments ??
    (((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0
      ? (type as ts.TypeReference).typeArguments
      : undefined) ??
    [];
  return made.some((one) => (one.flags & ts.TypeFlags.Instantiable) !== 0 || hasParameters(one));
}

/** Whether something has all members that a type asks for, by their names: their types are not known yet. */
function hasMembersOf(given: ts.Type, type: ts.Type): boolean {
  if (type.isUnion()) return type.types.some((one) => hasMembersOf(given, one));
  const asked = type.getProperties();
  return (
    asked.length > 0 &&
    asked.every(
      ({ name, flags }) => (flags & ts.SymbolFlags.Optional) !== 0 || given.getProperty(name) !== undefined,
    )
  );
}

/**
 * Follows values back to where they come from: through variables, parameters, properties by their names, and what functions return. Where it
 * cannot, any object that fits the type may have come that way.
 */
export class Origins {
  private readonly project: Project;

  constructor(project: Project) {
    this.project = project;
  }

  /** Whether the value of an expression may be one of some object literals, modules or instances of classes. */
  mayBe(node: ts.Expression, holders: ReadonlySet<ts.Node>): boolean {
    return new Trace(this.project, holders).mayBe(node);
  }

  /** Whether one of them fits a type. */
  fits(holders: ReadonlySet<ts.Node>, type: ts.Type): boolean {
    return new Trace(this.project, holders).fits(type);
  }
}

/** One way back from one expression. */
class Trace {
  private readonly project: Project;
  private readonly holders: ReadonlySet<ts.Node>;
  private readonly seen = new Set<ts.Node>();

  constructor(project: Project, holders: ReadonlySet<ts.Node>) {
    this.project = project;
    this.holders = holders;
  }

  fits(type: ts.Type): boolean {
    const { checker } = this.project.symbols.whole;
    const isGeneric = hasParameters(type);
    return [...this.holders].some((one) => {
      const given = checker.getTypeAtLocation(one);
      return checker.isTypeAssignableTo(given, type) || (isGeneric && hasMembersOf(given, type));
    });
  }

  mayBe(node: ts.Expression): boolean {
    const bare = bareExpression(node);
    if (this.seen.has(bare)) return false;
    this.seen.add(bare);
    if (this.seen.size > MOST_STEPS) return true;
    if (this.holders.has(bare)) return true;
    // What is given another type by force may be anything that the value has been before.
    if (bare === node && !this.fits(this.typeOf(bare))) return false;
    if (ts.isObjectLiteralExpression(bare))
      return bare.properties.some((one) => ts.isSpreadAssignment(one) && this.mayBe(one.expression));
    if (ts.isArrayLiteralExpression(bare) || isFunctionNode(bare)) return false;
    if (ts.isAwaitExpression(bare)) return this.mayBe(bare.expression);
    if (ts.isConditionalExpression(bare)) return this.mayBe(bare.whenTrue) || this.mayBe(bare.whenFalse);
    if (ts.isBinaryExpression(bare)) {
      if (isAssignment(bare) || bare.operatorToken.kind === ts.SyntaxKind.CommaToken)
        return this.mayBe(bare.right);
      return this.mayBe(bare.left) || this.mayBe(bare.right);
    }
    if (ts.isCallExpression(bare)) return this.ofCall(bare);
    if (ts.isIdentifier(bare)) return this.ofName(bare);
    if (ts.isPropertyAccessExpression(bare)) return this.ofProperty(bare);
    return true;
  }

  private typeOf(node: ts.Node): ts.Type {
    return this.project.symbols.whole.checker.getTypeAtLocation(node);
  }

  private ofCall(call: ts.CallExpression): boolean {
    if (this.isPlainData(call)) return false;
    const { functions, isOpen, parameter } = this.project.callees.of(call.expression);
    if (functions.length === 0 || isOpen || parameter !== undefined) return true;
    return functions.some((fn) => fn.asteriskToken !== undefined || this.ofReturned(fn));
  }

  private ofReturned(fn: FunctionNode): boolean {
    const { body } = fn;
    if (body === undefined) return true;
    return (ts.isBlock(body) ? returnsOf(fn) : [body]).some((one) => this.mayBe(one));
  }

  private ofName(name: ts.Identifier): boolean {
    const { symbols } = this.project;
    const symbol = symbols.at(name);
    const [declaration, ...others] = symbols.declarationsOf(
      symbol === undefined ? undefined : symbols.followed(symbol),
    );
    if (declaration === undefined || others.length > 0) return true;
    if (ts.isVariableDeclaration(declaration)) return this.ofVariable(declaration);
    if (ts.isParameter(declaration)) return this.ofParameter(declaration);
    return ts.isBindingElement(declaration) ? this.ofPart(declaration) : true;
  }

  private ofVariable({ name, initializer, parent }: ts.VariableDeclaration): boolean {
    if (!ts.isIdentifier(name) || !ts.isVariableDeclarationList(parent)) return true;
    if (ts.isForOfStatement(parent.parent) || ts.isForInStatement(parent.parent)) return true;
    return (initializer !== undefined && this.mayBe(initializer)) || this.isAssigned(name);
  }

  /** Whether anything that is assigned to a variable later may be it. */
  private isAssigned(name: ts.Identifier): boolean {
    const { symbols } = this.project;
    const symbol = symbols.at(name);
    return this.project.placesOf(name.text, name.getSourceFile()).some((one) => {
      if (one === name || !ts.isIdentifier(one) || symbols.at(one) !== symbol) return false;
      const assigned = assignedTo(one);
      return assigned === undefined ? isInTarget(one) : this.mayBe(assigned);
    });
  }

  private ofParameter(parameter: ts.ParameterDeclaration): boolean {
    const { name, initializer, dotDotDotToken, parent: fn } = parameter;
    if (!ts.isIdentifier(name) || dotDotDotToken !== undefined || !isFunctionNode(fn)) return true;
    if (initializer !== undefined && this.mayBe(initializer)) return true;
    if (this.isAssigned(name)) return true;
    const at = fn.parameters.indexOf(parameter);
    const proxied = at === 0 ? proxiedFor(fn) : undefined;
    if (proxied !== undefined) return this.mayBe(proxied);
    if (ts.isConstructorDeclaration(fn) || ts.isSetAccessorDeclaration(fn)) return true;
    const uses = this.project.usesOf(fn);
    return uses === undefined || uses.some((use) => this.isHanded(use, at));
  }

  /** Whether a use of a function hands it on as an argument. */
  private isHanded(use: Use, at: number): boolean {
    if (use.kind === 'export' || use.kind === 'type' || use.kind === 'shape') return false;
    if (use.kind !== 'call') return true;
    const { expression, arguments: given } = use.node;
    const isBorrowed = isMember(expression) && /^(call|apply)$/.test(memberName(expression) ?? '');
    if (isBorrowed || given.slice(0, at + 1).some((one) => ts.isSpreadElement(one))) return true;
    const argument = given[at];
    return argument !== undefined && this.mayBe(argument);
  }

  private ofPart({ name, propertyName, initializer, dotDotDotToken, parent }: ts.BindingElement): boolean {
    if (ts.isArrayBindingPattern(parent)) return true;
    const key = propertyName ?? name;
    if (!ts.isIdentifier(name) || !ts.isIdentifier(key) || dotDotDotToken !== undefined) return true;
    return (
      (initializer !== undefined && this.mayBe(initializer)) ||
      this.isAssigned(name) ||
      this.isDeclaredElsewhere(key) ||
      this.ofPropertiesNamed(key.text)
    );
  }

  private ofProperty(node: ts.PropertyAccessExpression): boolean {
    const { name } = node;
    if (this.isDeclaredElsewhere(name)) return !this.isPlainData(node.expression);
    return this.ofPropertiesNamed(name.text);
  }

  /** Whether a value was read from a text, so that nothing in it is an object of the program. */
  private isPlainData(node: ts.Expression): boolean {
    const bare = bareExpression(node);
    if (isMember(bare) || ts.isNonNullExpression(bare)) return this.isPlainData(bare.expression);
    if (ts.isCallExpression(bare)) {
      const [path] = bare.arguments;
      const callee = bare.expression.getText();
      return callee === 'JSON.parse' || (callee === 'require' && /\.json['"`]$/.test(path?.getText() ?? ''));
    }
    if (!ts.isIdentifier(bare)) return false;
    const { symbols } = this.project;
    const [declaration] = symbols.declarationsOf(symbols.at(bare));
    return (
      declaration !== undefined &&
      ts.isVariableDeclaration(declaration) &&
      declaration.initializer !== undefined &&
      (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0 &&
      this.isPlainData(declaration.initializer)
    );
  }

  /** Whether code that is not seen may put something into a property, since it is not the project that declares it. */
  private isDeclaredElsewhere(name: ts.Node): boolean {
    const { symbols } = this.project;
    const declarations = symbols.declarationsOf(symbols.at(name));
    return declarations.length === 0 || declarations.some((one) => !symbols.whole.isOwn(one.getSourceFile()));
  }

  /** Whether it is put anywhere into a property of that name. */
  private ofPropertiesNamed(name: string): boolean {
    return this.project.placesOf(name).some((one) => {
      const { parent } = one;
      if (ts.isShorthandPropertyAssignment(parent) && ts.isIdentifier(one))
        return isInTarget(one) || this.mayBe(one);
      if (ts.isPropertyAssignment(parent) && parent.name === one)
        return isInTarget(parent) || this.mayBe(parent.initializer);
      if (ts.isPropertyDeclaration(parent) && parent.name === one)
        return parent.initializer !== undefined && this.mayBe(parent.initializer);
      if (ts.isGetAccessorDeclaration(parent)) return this.ofReturned(parent);
      if (ts.isParameter(parent) && parent.name === one)
        return ts.isParameterPropertyDeclaration(parent, parent.parent) && this.fits(this.typeOf(parent));
      if (!isMember(parent) || (ts.isPropertyAccessExpression(parent) && parent.name !== one)) return false;
      const assigned = assignedTo(parent);
      return assigned === undefined ? isInTarget(parent) : this.mayBe(assigned);
    });
  }
}
