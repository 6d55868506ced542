import { ts } from 'ts-morph';
import { isNode } from '../src/syntax/ast.ts';
import { parseFile } from '../src/syntax/file.ts';
import { scopesOf } from '../src/syntax/scopes.ts';

const { SyntaxKind } = ts;

/** The identifier of TypeScript's tree that stands exactly there. */
function identifiersOf(source: ts.SourceFile): ReadonlyMap<number, ts.Identifier> {
  const found = new Map<number, ts.Identifier>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text !== '') found.set(node.getStart(source), node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Declarations that the scopes of a file hold; properties, methods and accessors are none. */
const LEXICAL = new Set([
  SyntaxKind.VariableDeclaration,
  SyntaxKind.Parameter,
  SyntaxKind.BindingElement,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.ClassDeclaration,
  SyntaxKind.ClassExpression,
  SyntaxKind.EnumDeclaration,
  SyntaxKind.EnumMember,
  SyntaxKind.ModuleDeclaration,
  SyntaxKind.InterfaceDeclaration,
  SyntaxKind.TypeAliasDeclaration,
  SyntaxKind.TypeParameter,
  SyntaxKind.ImportClause,
  SyntaxKind.ImportSpecifier,
  SyntaxKind.NamespaceImport,
  SyntaxKind.ImportEqualsDeclaration,
]);

/** Whether the identifier is a property's name, a label or the like, whatever symbol it has. */
function isNoReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) {
    let outer: ts.Node = parent;
    while (ts.isQualifiedName(outer.parent)) outer = outer.parent;
    return parent.right === node || ts.isImportTypeNode(outer.parent);
  }
  if (ts.isPropertyAssignment(parent) || ts.isEnumMember(parent)) return parent.name === node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  if (ts.isImportSpecifier(parent)) return parent.propertyName === node;
  if (ts.isExportSpecifier(parent)) {
    return (
      parent.parent.parent.moduleSpecifier !== undefined || (parent.propertyName ?? parent.name) !== node
    );
  }
  if (ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isAccessor(parent))
    return parent.name === node;
  if (ts.isPropertySignature(parent) || ts.isMethodSignature(parent)) return parent.name === node;
  if (ts.isNamedTupleMember(parent)) return parent.name === node;
  if (ts.isJsxAttribute(parent) || ts.isJsxNamespacedName(parent) || ts.isImportTypeNode(parent)) return true;
  if (ts.isJsxOpeningLikeElement(parent) || ts.isJsxClosingElement(parent)) return /^[a-z]|-/.test(node.text);
  return (
    ts.isLabeledStatement(parent) ||
    ts.isBreakOrContinueStatement(parent) ||
    ts.isMetaProperty(parent) ||
    ts.isImportAttribute(parent)
  );
}

function symbolOf(checker: ts.TypeChecker, node: ts.Identifier): ts.Symbol | undefined {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === node)
    return checker.getShorthandAssignmentValueSymbol(parent);
  if (ts.isExportSpecifier(parent)) return checker.getExportSpecifierLocalTargetSymbol(parent);
  if (ts.isBindingElement(parent) && parent.name === node && parent.propertyName === undefined) {
    // For `{ a }` TypeScript answers with the property that is taken, where it knows it.
    return (parent as { symbol?: ts.Symbol }).symbol;
  }
  return checker.getSymbolAtLocation(node);
}

/** Whether the declaration can be seen from the file only because it adds to the globals. */
const isGlobal = (node: ts.Node): boolean =>
  ts.findAncestor(
    node,
    (one) => ts.isModuleDeclaration(one) && (one.flags & ts.NodeFlags.GlobalAugmentation) !== 0,
  ) !== undefined;

/** Where the names of the declarations of a symbol begin, as far as they are in `source` and scopes hold them. */
function declaredAt(symbol: ts.Symbol | undefined, source: ts.SourceFile, from: ts.Node): readonly number[] {
  return (symbol?.declarations ?? [])
    .filter(
      (one) => one.getSourceFile() === source && LEXICAL.has(one.kind) && (!isGlobal(one) || isGlobal(from)),
    )
    .flatMap((one) => {
      // Babel begins a type parameter at its modifiers, and gives it no identifier.
      if (ts.isTypeParameterDeclaration(one)) return [one.getStart(source)];
      const name = ts.getNameOfDeclaration(one);
      return name === undefined ? [] : [name.getStart(source)];
    });
}

/** What one comparison gives: how many names were compared, and each difference as a line of text. */
export interface Comparison {
  readonly compared: number;
  readonly differences: readonly string[];
}

/** Compares what each identifier of a file means by our scopes with what TypeScript's checker says. `text` has no byte order mark. */
export function compareWithTypeScript(program: ts.Program, path: string, text: string): Comparison {
  const source = program.getSourceFile(path);
  if (source === undefined) throw new Error(`${path} is not in the program.`);
  const checker = program.getTypeChecker();
  const file = parseFile(path, text);
  const scopes = scopesOf(file);
  const theirs = identifiersOf(source);
  const differences: string[] = [];
  let compared = 0;
  for (const at of file.paths) {
    const { node } = at;
    if (node.type !== 'Identifier' && node.type !== 'JSXIdentifier') continue;
    const start = node.start ?? 0;
    const identifier = theirs.get(start);
    if (identifier === undefined || identifier.text !== node.name) continue;
    const isKey = isNoReference(identifier);
    // The key of a shorthand property stands where its value stands, and only the value is a reference.
    if (node.name === 'this' || (node.name === 'global' && at.parent?.node.type === 'TSModuleDeclaration'))
      continue;
    if (at.key === 'exported' || (at.parent?.node.type === 'TSEnumMember' && at.key === 'id')) continue;
    if (at.key === 'key' && isNode(at.parent, 'ObjectProperty') && at.parent.node.shorthand) continue;
    const expected = isKey ? [] : declaredAt(symbolOf(checker, identifier), source, identifier);
    const binding = scopes.lookup(at, node.name);
    const isOurs =
      binding !== undefined &&
      (binding.reads.includes(at) ||
        binding.writes.includes(at) ||
        binding.identifier.node === node ||
        expected.includes(start));
    const ours = isOurs ? (binding.identifier.node.start ?? undefined) : undefined;
    compared++;
    const agrees = ours === undefined ? expected.length === 0 : expected.includes(ours);
    if (!agrees) {
      const lineOf = (offset: number): number => source.getLineAndCharacterOfPosition(offset).line + 1;
      differences.push(
        `${path}:${lineOf(start)} ${node.name} (${at.parent?.node.type}.${at.key}): ours ${ours === undefined ? 'none' : lineOf(ours)}, TypeScript's ${expected.map(lineOf).join(', ') || 'none'}`,
      );
    }
  }
  return { compared, differences };
}
