import * as fc from 'fast-check';
import { Project, ts } from 'ts-morph';
import { expect, it } from 'vitest';
import { LibraryValues } from '../src/facts/effects/library-values.ts';
import { Symbols } from '../src/facts/effects/symbols.ts';

/** A long way from a package: each variable is made by a call on the one before. */
const LONG = `import { Client } from 'a-package';
const v0 = new Client();
${Array.from({ length: 16 }, (_, index) => `const v${index + 1} = v${index}.next().part;`).join('\n')}
const either = missing ?? v9;
`;

const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
const source = project.createSourceFile('a.ts', LONG);
const program = project.getProgram().compilerObject;
const symbols = new Symbols({ program, checker: program.getTypeChecker(), isOwn: () => true });

const names: ts.Identifier[] = [];
const visit = (node: ts.Node): void => {
  if (ts.isIdentifier(node) && /^(?:v\d+|either)$/.test(node.text)) names.push(node);
  ts.forEachChild(node, visit);
};
visit(source.compilerNode);

/** What each name is, asked in this order, in the order of the names. */
function asked(order: readonly number[]): readonly unknown[] {
  const values = new LibraryValues(symbols);
  const found: unknown[] = [];
  for (const index of order) {
    const name = names[index];
    if (name !== undefined) found[index] = values.of(name)?.steps.length;
  }
  return found;
}

it('the way on which a value came does not depend on what was asked before, however long it is', () => {
  const inOrder = names.map((_, index) => index);
  // What is asked first.
  const alone = inOrder.map((index) => asked([index])[index]);
  expect(alone).toContain(5);
  expect(alone).toContain(undefined);
  fc.assert(
    fc.property(fc.shuffledSubarray(inOrder, { minLength: names.length }), (order) => {
      expect(asked(order)).toEqual(alone);
    }),
    { numRuns: 50 },
  );
});
