/**
 * Follows names to the members of packages, or the nodes of the project, that they stand for. For Mongoose and Knex, whose names
 * are reached in many ways: with imports, `require`, or by frameworks.
 */

import { ts } from 'ts-morph';
import { bareExpression, isFunctionNode, isMember, memberName } from '../../effects/symbols.ts';
import { isStatic, isText, plainName } from './nodes.ts';

/** What an expression stands for: a name of an installed package, from the package on, or a node of the project. */
type Origin = { readonly names: readonly string[] } | { readonly node: ts.Node };

/** Stands in the place of the package for what the language or the platform has. */
export const GLOBAL = '';

const FARTHEST = 16;

/** Follows names through variables, members, imports and `require` to what they stand for. */
export class Origins {
  private readonly checker: ts.TypeChecker;
  /** The files that are imported as a whole. */
  private readonly modules = new Map<ts.Node, ts.Symbol>();
  private readonly library: string | undefined;

  /** `library` is a package that frameworks hand out under its own name, without an import: `app.mongoose`. */
  constructor(checker: ts.TypeChecker, library?: string) {
    this.checker = checker;
    this.library = library;
  }

  of(node: ts.Node | undefined, depth = 0): Origin | undefined {
    if (node === undefined || depth > FARTHEST) return undefined;
    const bare = ts.isExpression(node) ? bareExpression(node) : node;
    if (ts.isIdentifier(bare)) return this.ofIdentifier(bare, depth);
    if (isMember(bare)) return this.ofMember(bare, depth);
    if (ts.isQualifiedName(bare)) return this.memberOf(this.of(bare.left, depth + 1), bare.right.text, depth);
    if (!ts.isCallExpression(bare)) return { node: bare };
    const [first] = bare.arguments;
    if (ts.isIdentifier(bare.expression) && bare.expression.text === 'require' && isText(first))
      return this.ofModule(first, '*', depth);
    if (first !== undefined && /^Object\.(?:freeze|seal)$/.test(bare.expression.getText()))
      return this.of(first, depth + 1);
    return { node: bare };
  }

  /** The node of the project that an expression stands for. */
  nodeOf(node: ts.Node | undefined): ts.Node | undefined {
    const origin = this.of(node);
    return origin !== undefined && 'node' in origin ? origin.node : undefined;
  }

  /** The names of a package's member that an expression stands for. */
  namesOf(node: ts.Node | undefined): readonly string[] | undefined {
    const origin = this.of(node);
    return origin !== undefined && 'names' in origin ? origin.names : undefined;
  }

  /** The text that an expression always gives. */
  textOf(node: ts.Node | undefined): string | undefined {
    const bare = node !== undefined && ts.isExpression(node) ? bareExpression(node) : node;
    if (bare !== undefined && ts.isPropertyAccessExpression(bare) && bare.name.text === 'name') {
      const owner = this.nodeOf(bare.expression);
      if (owner !== undefined && ts.isClassLike(owner)) return owner.name?.text;
    }
    const found = this.nodeOf(node);
    if (found === undefined) return undefined;
    if (ts.isEnumMember(found)) return isText(found.initializer) ? found.initializer.text : undefined;
    return isText(found) ? found.text : undefined;
  }

  private ofIdentifier(node: ts.Identifier, depth: number): Origin | undefined {
    const { parent } = node;
    const symbol =
      ts.isShorthandPropertyAssignment(parent) && parent.name === node
        ? this.checker.getShorthandAssignmentValueSymbol(parent)
        : this.checker.getSymbolAtLocation(node);
    const found = symbol === undefined ? undefined : this.ofSymbol(symbol, depth + 1);
    if (found !== undefined) return found;
    const handed = this.handedOut(node.text);
    if (handed !== undefined) return handed;
    return symbol === undefined ? { names: [GLOBAL, node.text] } : undefined;
  }

  private handedOut(name: string): Origin | undefined {
    return name === this.library ? { names: [name] } : undefined;
  }

  private ofMember(
    node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
    depth: number,
  ): Origin | undefined {
    const name =
      memberName(node) ?? this.textOf(ts.isElementAccessExpression(node) ? node.argumentExpression : node);
    if (name === undefined) return undefined;
    return this.memberOf(this.of(node.expression, depth + 1), name, depth + 1) ?? this.handedOut(name);
  }

  private ofSymbol(symbol: ts.Symbol, depth: number): Origin | undefined {
    for (const declaration of symbol.declarations ?? []) {
      if (isOfLanguage(declaration)) return { names: [GLOBAL, symbol.name] };
      const found = this.ofDeclaration(declaration, depth);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private ofDeclaration(node: ts.Declaration, depth: number): Origin | undefined {
    if (depth > FARTHEST) return undefined;
    if (ts.isImportSpecifier(node))
      return this.ofModule(
        node.parent.parent.parent.moduleSpecifier,
        (node.propertyName ?? node.name).text,
        depth,
      );
    if (ts.isImportClause(node)) return this.ofModule(node.parent.moduleSpecifier, 'default', depth);
    if (ts.isNamespaceImport(node)) return this.ofModule(node.parent.parent.moduleSpecifier, '*', depth);
    if (ts.isImportEqualsDeclaration(node)) {
      const { moduleReference } = node;
      return ts.isExternalModuleReference(moduleReference)
        ? this.ofModule(moduleReference.expression, '*', depth)
        : this.of(moduleReference, depth + 1);
    }
    if (ts.isNamespaceExport(node))
      return node.parent.moduleSpecifier === undefined
        ? undefined
        : this.ofModule(node.parent.moduleSpecifier, '*', depth);
    if (ts.isExportSpecifier(node)) return this.ofExport(node, depth);
    if (ts.isExportAssignment(node)) return this.of(node.expression, depth + 1);
    if (ts.isBindingElement(node)) return this.ofBinding(node, depth);
    if (ts.isParameter(node))
      return (ts.isIdentifier(node.name) ? this.handedOut(node.name.text) : undefined) ?? { node };
    if (ts.isVariableDeclaration(node))
      return node.initializer === undefined ? { node } : this.of(node.initializer, depth + 1);
    if (ts.isPropertyAssignment(node)) return this.of(node.initializer, depth + 1);
    if (ts.isShorthandPropertyAssignment(node)) return this.of(node.name, depth + 1);
    if (ts.isPropertyDeclaration(node)) return this.of(node.initializer, depth + 1);
    const assigned = assignmentTo(node);
    if (assigned !== undefined) return this.of(assigned.right, depth + 1);
    return ts.isClassLike(node) ||
      isFunctionNode(node) ||
      ts.isSourceFile(node) ||
      ts.isEnumDeclaration(node) ||
      ts.isEnumMember(node)
      ? { node }
      : undefined;
  }

  private ofExport(node: ts.ExportSpecifier, depth: number): Origin | undefined {
    const { moduleSpecifier } = node.parent.parent;
    if (moduleSpecifier !== undefined)
      return this.ofModule(moduleSpecifier, (node.propertyName ?? node.name).text, depth);
    const local = this.checker.getExportSpecifierLocalTargetSymbol(node);
    return local === undefined ? undefined : this.ofSymbol(local, depth + 1);
  }

  private ofBinding(node: ts.BindingElement, depth: number): Origin | undefined {
    if (!ts.isObjectBindingPattern(node.parent) || node.dotDotDotToken !== undefined) return undefined;
    const key = node.propertyName ?? node.name;
    if (!ts.isIdentifier(key) && !isText(key)) return undefined;
    const holder = node.parent.parent;
    if (ts.isParameter(holder)) return this.handedOut(key.text) ?? { node };
    const from = ts.isBindingElement(holder)
      ? this.ofBinding(holder, depth + 1)
      : this.of(holder.initializer, depth + 1);
    return this.memberOf(from, key.text, depth + 1);
  }

  private ofModule(specifier: ts.Expression, name: string, depth: number): Origin | undefined {
    if (!isText(specifier)) return undefined;
    const symbol = this.checker.getSymbolAtLocation(specifier);
    const source = symbol?.declarations?.find((one) => ts.isSourceFile(one));
    if (symbol === undefined || source === undefined) {
      if (/^[./]/.test(specifier.text)) return undefined;
      return { names: name === '*' || name === 'default' ? [specifier.text] : [specifier.text, name] };
    }
    if (name !== '*') return this.exported(symbol, name, depth + 1);
    const whole = symbol.exports?.get(ts.InternalSymbolName.ExportEquals);
    if (whole !== undefined) return this.ofSymbol(whole, depth + 1);
    this.modules.set(source, symbol);
    return { node: source };
  }

  private exported(from: ts.Symbol, name: string, depth: number): Origin | undefined {
    const member = this.checker.tryGetMemberInModuleExports(name, from);
    const found = member === undefined ? undefined : this.ofSymbol(member, depth + 1);
    if (found !== undefined) return found;
    const whole = from.exports?.get(ts.InternalSymbolName.ExportEquals);
    if (whole === undefined) return undefined;
    const origin = this.ofSymbol(whole, depth + 1);
    return name === 'default' ? origin : this.memberOf(origin, name, depth + 1);
  }

  private memberOf(origin: Origin | undefined, name: string, depth: number): Origin | undefined {
    if (origin === undefined || depth > FARTHEST) return undefined;
    if ('names' in origin) return name === 'default' ? origin : { names: [...origin.names, name] };
    const { node } = origin;
    const imported = this.modules.get(node);
    if (imported !== undefined) return this.exported(imported, name, depth + 1);
    if (ts.isObjectLiteralExpression(node)) return this.propertyOf(node, name, depth + 1);
    if (ts.isEnumDeclaration(node)) {
      const member = node.members.find((one) => plainName(one.name) === name);
      return member === undefined ? undefined : { node: member };
    }
    if (!ts.isClassLike(node)) return undefined;
    const member = node.members.find(
      (one): one is ts.PropertyDeclaration =>
        ts.isPropertyDeclaration(one) && plainName(one.name) === name && isStatic(one),
    );
    return this.of(member?.initializer, depth + 1);
  }

  private propertyOf(object: ts.ObjectLiteralExpression, name: string, depth: number): Origin | undefined {
    for (const property of object.properties.toReversed()) {
      if (ts.isSpreadAssignment(property)) {
        const spread = this.of(property.expression, depth + 1);
        const found = this.memberOf(spread, name, depth + 1);
        if (found !== undefined) return found;
      } else if (property.name !== undefined && plainName(property.name) === name) {
        if (ts.isPropertyAssignment(property)) return this.of(property.initializer, depth + 1);
        return ts.isShorthandPropertyAssignment(property)
          ? this.of(property.name, depth + 1)
          : { node: property };
      }
    }
    return undefined;
  }
}

const isOfLanguage = (node: ts.Node): boolean =>
  node.getSourceFile().isDeclarationFile && node.getSourceFile().fileName.includes('/typescript/lib/');

/** The assignment that declares an export in CommonJS: `module.exports = …`, `exports.name = …`. */
function assignmentTo(node: ts.Node): ts.BinaryExpression | undefined {
  const at =
    isMember(node) && ts.isBinaryExpression(node.parent) && node.parent.left === node ? node.parent : node;
  return ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.EqualsToken ? at : undefined;
}
