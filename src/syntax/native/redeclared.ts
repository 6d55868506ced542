import { Unknown, type Conversion, type Made } from './nodes.ts';

/** The names in a pattern. */
function* namesIn(pattern: Made | null): Generator<string> {
  if (pattern === null) return;
  if (pattern.type === 'Identifier') yield pattern.name as string;
  else if (pattern.type === 'ObjectPattern')
    for (const one of pattern.properties as Made[]) yield* namesIn(one);
  else if (pattern.type === 'ArrayPattern')
    for (const one of pattern.elements as (Made | null)[]) yield* namesIn(one);
  else if (pattern.type === 'ObjectProperty') yield* namesIn(pattern.value as Made);
  else if (pattern.type === 'RestElement') yield* namesIn(pattern.argument as Made);
  else if (pattern.type === 'AssignmentPattern') yield* namesIn(pattern.left as Made);
}

const variableNames = (declaration: Made): string[] =>
  (declaration.declarations as Made[]).flatMap(({ id }) => [...namesIn(id as Made)]);

/** Notes the names of a `var`, which are those of the function around it too. */
export function noteVariables(declaration: Made, to: Conversion): void {
  if (to.isTypeScript && declaration.kind === 'var') to.variables.push(...variableNames(declaration));
}

/** Converts what has variables of its own. */
export function withOwnVariables<T>(to: Conversion, convert: () => T): T {
  const outer = to.variables;
  to.variables = [];
  const made = convert();
  to.variables = outer;
  return made;
}

/** The names that a statement declares beside its `var`s, and whether the native parser lets others have them too. */
function* declaredBy(statement: Made | null): Generator<readonly [name: string, isLoose: boolean]> {
  switch (statement?.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      if (statement.id != null) yield [(statement.id as Made).name as string, true];
      break;
    case 'TSEnumDeclaration':
      yield [(statement.id as Made).name as string, false];
      break;
    case 'VariableDeclaration':
      if (statement.kind !== 'var') for (const name of variableNames(statement)) yield [name, false];
      break;
    case 'ImportDeclaration':
      for (const { type, local } of statement.specifiers as Made[])
        yield [(local as Made).name as string, type !== 'ImportSpecifier'];
      break;
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      yield* declaredBy(statement.declaration as Made | null);
      break;
  }
}

/**
 * In TypeScript functions, classes and imports may be declared again in some ways, and the native parser takes others for granted that are
 * wrong. Whether a name in one list of statements is, Babel has to say. `variables` are the names of the list's `var`s.
 */
export function mustDeclareOnce(
  statements: readonly (Made | null)[],
  variables: readonly string[],
  to: Conversion,
): void {
  if (!to.isTypeScript) return;
  let loose: Set<string> | undefined;
  let all: Set<string> | undefined;
  for (const statement of statements) {
    for (const [name, isLoose] of declaredBy(statement)) {
      all ??= new Set(variables);
      loose ??= new Set();
      if (all.has(name) && (isLoose || loose.has(name))) throw new Unknown('A name that is declared again.');
      all.add(name);
      if (isLoose) loose.add(name);
    }
  }
}
