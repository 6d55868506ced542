import { ts } from 'ts-morph';
import { fails, type Evidence } from '../../evidence.ts';
import { functionAround, type FunctionNode, type Symbols } from '../effects/symbols.ts';
import type { ConeType } from './cone.ts';
import { placeOf, shortText, siteOf } from './sites.ts';
import { isAsync, nameOfFunction, outermost } from './waiting.ts';

/** A type that has to change with a function, or why it cannot. */
export type Changed = { readonly type: ConeType } | { readonly evidence: Evidence };

const asType = (type: ConeType): Changed => ({ type });
const asEvidence = (evidence: Evidence): Changed => ({ evidence });

/** Whether a type says that a value is a promise, or comes in another way over time. */
export const isPromiseType = (node: ts.TypeNode): boolean => {
  const text = node.getText();
  return /^(Promise|PromiseLike|Bluebird|Observable|AsyncGenerator|AsyncIterable\w*)\b/.test(text);
};
/** Whether a type allows a promise as anything else. */
export const isAnyType = (node: ts.TypeNode): boolean => /^(any|unknown|void)$/.test(node.getText());

/** Whether functions of a type may give a promise. */
function allowsPromise(type: ts.Type, checker: ts.TypeChecker): boolean {
  const result = type.getCallSignatures()[0]?.getReturnType();
  return result !== undefined && /^(void|any|unknown)$|\bPromise</.test(checker.typeToString(result));
}

/** Tells which declared types have to change where a function becomes asynchronous. */
export class DeclaredTypes {
  private readonly symbols: Symbols;
  private readonly textOf: (path: string) => string | undefined;

  constructor(symbols: Symbols, textOf: (path: string) => string | undefined) {
    this.symbols = symbols;
    this.textOf = textOf;
  }

  /** The declared type of a parameter must allow a function that gives a promise. */
  *ofParameter(parameter: ts.ParameterDeclaration, type: ts.TypeNode, name: string): Generator<Changed> {
    if (ts.isFunctionTypeNode(type)) {
      if (!isPromiseType(type.type) && !isAnyType(type.type))
        yield asType({ ...placeOf(type.type), becomes: 'either' });
      return;
    }
    const { checker } = this.symbols.whole;
    const signatures = checker.getTypeAtLocation(parameter).getCallSignatures();
    const isFine = signatures.every((one) => {
      const result = checker.typeToString(one.getReturnType());
      return /^(void|any|unknown)$|\bPromise</.test(result);
    });
    if (!isFine)
      yield asEvidence(
        fails(
          `The type \`${shortText(type)}\` of a parameter does not allow ${name} to give a promise`,
          siteOf(parameter),
        ),
      );
  }

  /** The path of declarations that are written beside a JavaScript file and name a function of it; undefined where there are none. */
  declaredBeside(fn: FunctionNode): string | undefined {
    const path = fn.getSourceFile().fileName;
    if (!/\.[cm]?js$/.test(path)) return undefined;
    const beside = path.replace(/\.([cm]?)js$/, '.d.$1ts');
    const name = fn.name ?? (ts.isVariableDeclaration(fn.parent) ? fn.parent.name : undefined);
    if (name === undefined) return undefined;
    return new RegExp(`\\b${name.getText()}\\b`).test(this.textOf(beside) ?? '') ? beside : undefined;
  }

  /** The type that a function says it returns. */
  *ofResult(node: FunctionNode | ts.SignatureDeclaration): Generator<Changed> {
    const isMine = !ts.isConstructorDeclaration(node) && node.type !== undefined;
    if (isMine && node.type !== undefined && !isPromiseType(node.type) && !isAsync(node))
      yield asType({ ...placeOf(node.type), becomes: 'promise' });
    const returned = ts.getJSDocReturnTag(node)?.typeExpression?.type;
    if (returned !== undefined && !isPromiseType(returned) && !isAsync(node))
      yield asType({ ...placeOf(returned), becomes: 'comment' });
  }

  /** The type that the variable or property is declared with which a function is put in. */
  *ofHolder(fn: FunctionNode): Generator<Changed> {
    if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn) && !ts.isMethodDeclaration(fn)) return;
    yield* this.ofReturned(fn);
    const { parent } = fn;
    const commented = ts.isMethodDeclaration(fn) ? undefined : ts.getJSDocType(parent);
    if (commented !== undefined && (parent as ts.VariableDeclaration).type === undefined) {
      yield asEvidence(
        fails(
          `\`${shortText(commented)}\` declares the type of ${nameOfFunction(fn)} in a comment`,
          siteOf(commented),
        ),
      );
      return;
    }
    if (ts.isVariableDeclaration(parent) && parent.type !== undefined) {
      if (ts.isFunctionTypeNode(parent.type)) {
        if (!isPromiseType(parent.type.type) && !isAnyType(parent.type.type))
          yield asType({ ...placeOf(parent.type.type), becomes: 'promise' });
      } else if (!this.isHandlerType(parent.type))
        yield asEvidence(
          fails(
            `\`${shortText(parent.type)}\` declares the type of ${nameOfFunction(fn)}, and others may be of it`,
            siteOf(parent.type),
          ),
        );
      return;
    }
    const object = ts.isMethodDeclaration(fn)
      ? parent
      : ts.isPropertyAssignment(parent)
        ? parent.parent
        : undefined;
    if (object === undefined || !ts.isObjectLiteralExpression(object)) return;
    const { checker } = this.symbols.whole;
    const property = ts.isMethodDeclaration(fn) ? fn.name : (parent as ts.PropertyAssignment).name;
    const whole = checker.getContextualType(object);
    const declared = whole?.getProperty(property.getText());
    if (whole !== undefined && declared === undefined) {
      yield* this.ofEach(whole, fn, object);
      return;
    }
    const [declaration] = this.symbols.declarationsOf(declared);
    if (declaration === undefined || declaration === (ts.isMethodDeclaration(fn) ? fn : parent)) return;
    if (allowsPromise(checker.getTypeOfSymbolAtLocation(declared as ts.Symbol, object), checker)) return;
    yield asEvidence(
      fails(
        `\`${shortText(declaration)}\` declares the type of ${nameOfFunction(fn)}, and others may be of it`,
        siteOf(declaration),
      ),
    );
  }

  /** The type that an object is declared with for each of its members: `Record<string, (name: string) => string>`. */
  private *ofEach(whole: ts.Type, fn: FunctionNode, object: ts.ObjectLiteralExpression): Generator<Changed> {
    const { checker } = this.symbols.whole;
    const each = whole.getStringIndexType();
    if (each === undefined || (each.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0) return;
    if (allowsPromise(each, checker)) return;
    yield asEvidence(
      fails(
        `\`${checker.typeToString(whole)}\` declares the type of ${nameOfFunction(fn)}, and others may be of it`,
        siteOf(object),
      ),
    );
  }

  /** The type that a function declares for a function that it returns. */
  private *ofReturned(fn: FunctionNode): Generator<Changed> {
    if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return;
    const { parent } = outermost(fn);
    const isReturned =
      ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === outermost(fn));
    const outer = isReturned ? functionAround(fn) : undefined;
    const type = outer === undefined || ts.isConstructorDeclaration(outer) ? undefined : outer.type;
    if (type === undefined || isAnyType(type)) return;
    if (!ts.isFunctionTypeNode(type))
      yield asEvidence(
        fails(
          `\`${shortText(type)}\` declares the type of ${nameOfFunction(fn)}, and others may be of it`,
          siteOf(type),
        ),
      );
    else if (!isPromiseType(type.type) && !isAnyType(type.type))
      yield asType({ ...placeOf(type.type), becomes: 'promise' });
  }

  /** Whether a type is that of a framework's handlers, which may give a promise: `RequestHandler`. */
  private isHandlerType(type: ts.TypeNode): boolean {
    if (!ts.isTypeReferenceNode(type)) return false;
    const { typeName } = type;
    const name = ts.isIdentifier(typeName) ? typeName : typeName.right;
    const symbol = this.symbols.at(name);
    const target = symbol === undefined ? undefined : this.symbols.followed(symbol);
    return this.symbols.declarationsOf(target).length === 0 && /(Handler|Middleware)$/.test(name.text);
  }
}
