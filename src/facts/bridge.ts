import { ts } from 'ts-morph';
import type { Span } from '../edits/edit.ts';

type Kinds = readonly ts.SyntaxKind[];
const K = ts.SyntaxKind;

const FUNCTIONS: Kinds = [K.MethodDeclaration, K.GetAccessor, K.SetAccessor, K.Constructor];
const MEMBERS: Kinds = [K.PropertyAccessExpression, K.ElementAccessExpression, K.MetaProperty];
const VARIABLES: Kinds = [K.VariableStatement, K.VariableDeclarationList];
const ASSIGNED: Kinds = [K.BinaryExpression, K.Parameter, K.BindingElement, K.ShorthandPropertyAssignment];

/** What a node of Babel may be in TypeScript's tree. A type of Babel that is not named here may be anything of its range. */
const COMPATIBLE: ReadonlyMap<string, Kinds> = new Map<string, Kinds>([
  ['Identifier', [K.Identifier]],
  ['JSXIdentifier', [K.Identifier, K.ThisKeyword]],
  ['PrivateName', [K.PrivateIdentifier]],
  ['StringLiteral', [K.StringLiteral, K.JsxText]],
  ['NumericLiteral', [K.NumericLiteral]],
  ['BigIntLiteral', [K.BigIntLiteral]],
  ['BooleanLiteral', [K.TrueKeyword, K.FalseKeyword]],
  ['NullLiteral', [K.NullKeyword]],
  ['RegExpLiteral', [K.RegularExpressionLiteral]],
  ['TemplateLiteral', [K.NoSubstitutionTemplateLiteral, K.TemplateExpression, K.TemplateLiteralType]],
  ['TaggedTemplateExpression', [K.TaggedTemplateExpression]],
  ['ThisExpression', [K.ThisKeyword]],
  ['Super', [K.SuperKeyword]],
  ['Import', [K.ImportKeyword]],
  ['CallExpression', [K.CallExpression]],
  ['OptionalCallExpression', [K.CallExpression]],
  ['NewExpression', [K.NewExpression]],
  ['MemberExpression', MEMBERS],
  ['OptionalMemberExpression', MEMBERS],
  ['MetaProperty', [K.MetaProperty]],
  ['ArrayExpression', [K.ArrayLiteralExpression]],
  ['ObjectExpression', [K.ObjectLiteralExpression]],
  ['ArrayPattern', [K.ArrayBindingPattern, K.ArrayLiteralExpression]],
  ['ObjectPattern', [K.ObjectBindingPattern, K.ObjectLiteralExpression]],
  ['AssignmentPattern', ASSIGNED],
  ['FunctionExpression', [K.FunctionExpression]],
  ['ArrowFunctionExpression', [K.ArrowFunction]],
  ['ClassExpression', [K.ClassExpression]],
  ['UnaryExpression', [K.PrefixUnaryExpression, K.TypeOfExpression, K.VoidExpression, K.DeleteExpression]],
  ['UpdateExpression', [K.PrefixUnaryExpression, K.PostfixUnaryExpression]],
  ['BinaryExpression', [K.BinaryExpression]],
  ['LogicalExpression', [K.BinaryExpression]],
  ['AssignmentExpression', [K.BinaryExpression]],
  ['SequenceExpression', [K.BinaryExpression]],
  ['ConditionalExpression', [K.ConditionalExpression]],
  ['AwaitExpression', [K.AwaitExpression]],
  ['YieldExpression', [K.YieldExpression]],
  ['SpreadElement', [K.SpreadElement, K.SpreadAssignment]],
  ['TSAsExpression', [K.AsExpression]],
  ['TSSatisfiesExpression', [K.SatisfiesExpression]],
  ['TSNonNullExpression', [K.NonNullExpression]],
  ['TSTypeAssertion', [K.TypeAssertionExpression]],
  ['TSInstantiationExpression', [K.ExpressionWithTypeArguments]],
  ['JSXElement', [K.JsxElement, K.JsxSelfClosingElement]],
  ['JSXFragment', [K.JsxFragment]],
  ['JSXMemberExpression', [K.PropertyAccessExpression]],
  ['ObjectProperty', [K.PropertyAssignment, K.ShorthandPropertyAssignment, K.BindingElement]],
  ['ObjectMethod', FUNCTIONS],
  ['ClassMethod', FUNCTIONS],
  ['ClassPrivateMethod', FUNCTIONS],
  ['TSDeclareMethod', FUNCTIONS],
  ['ClassProperty', [K.PropertyDeclaration]],
  ['ClassPrivateProperty', [K.PropertyDeclaration]],
  ['ClassAccessorProperty', [K.PropertyDeclaration]],
  ['VariableDeclaration', VARIABLES],
  ['VariableDeclarator', [K.VariableDeclaration]],
  ['FunctionDeclaration', [K.FunctionDeclaration]],
  ['TSDeclareFunction', [K.FunctionDeclaration]],
  ['ClassDeclaration', [K.ClassDeclaration]],
  ['TSEnumDeclaration', [K.EnumDeclaration]],
  ['TSInterfaceDeclaration', [K.InterfaceDeclaration]],
  ['TSTypeAliasDeclaration', [K.TypeAliasDeclaration]],
  ['TSModuleDeclaration', [K.ModuleDeclaration]],
  ['ImportDeclaration', [K.ImportDeclaration]],
  ['TSImportEqualsDeclaration', [K.ImportEqualsDeclaration]],
  ['ExpressionStatement', [K.ExpressionStatement]],
  ['ReturnStatement', [K.ReturnStatement]],
  ['ThrowStatement', [K.ThrowStatement]],
  ['BlockStatement', [K.Block]],
  ['IfStatement', [K.IfStatement]],
]);

/** Nodes of Babel that end after their type annotation and `?`, which TypeScript gives to the parameter or variable. */
const ANNOTATED: ReadonlySet<string> = new Set(['Identifier', 'ArrayPattern', 'ObjectPattern']);

/** Where the token after `end` begins. */
function tokenAfter(source: ts.SourceFile, end: number): number {
  const scanner = ts.createScanner(
    ts.ScriptTarget.Latest,
    true,
    source.languageVariant,
    source.text,
    undefined,
    end,
  );
  scanner.scan();
  return scanner.getTokenStart();
}

/** Whether Babel may begin at `start` what TypeScript begins at its first modifier: there, or after `export`, `default`, decorators. */
function beginsAt(source: ts.SourceFile, node: ts.Node, start: number): boolean {
  if (node.getStart(source) === start) return true;
  const modifiers = ts.canHaveModifiers(node) || ts.canHaveDecorators(node) ? node.modifiers : undefined;
  return (modifiers ?? []).some(
    ({ kind, end }) =>
      (kind === K.ExportKeyword || kind === K.DefaultKeyword || kind === K.Decorator) &&
      end <= start &&
      tokenAfter(source, end) === start,
  );
}

/**
 * The node of `source` that is the same code as Babel's node of type `babelType` at `span`; undefined where there is none.
 * Both trees must be of the same text. Three things differ: TypeScript has several nodes of one range (the innermost that fits the
 * type is meant), begins a declaration at its `export`, and ends an identifier after its name, before the annotation.
 */
export function nodeAt(source: ts.SourceFile, [start, end]: Span, babelType: string): ts.Node | undefined {
  const kinds = COMPATIBLE.get(babelType);
  const isAnnotated = ANNOTATED.has(babelType);
  // Inside of `export` and decorators the node begins later than TypeScript's; an annotated one ends later.
  const inner = isAnnotated ? start + 1 : end;
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    const isRange = (isAnnotated ? node.end <= end : node.end === end) && beginsAt(source, node, start);
    if (isRange && (kinds?.includes(node.kind) ?? node.kind !== K.SourceFile)) found = node;
    const child = ts.forEachChild(node, (one) => (one.pos <= start && one.end >= inner ? one : undefined));
    if (child !== undefined) visit(child);
  };
  visit(source);
  return found;
}
