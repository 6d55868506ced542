import type { Path, t } from './ast.ts';
import type { ParsedFile } from './file.ts';
import { importedNames, isMereName, specifiersIn } from './imports.ts';
import { scopesOf } from './scopes.ts';

/** The first name that `before` imports, and `after`, the same file later, refers to without declaring it in any way. */
export function lostImport(before: ParsedFile, after: ParsedFile): string | undefined {
  const kept = new Set(importedNames(after));
  const lost = new Set(importedNames(before).filter((name) => !kept.has(name)));
  if (lost.size === 0) return undefined;
  const scopes = scopesOf(after);
  const references = [
    ...after.find('Identifier'),
    ...after.find('JSXIdentifier'),
  ] as readonly Path<t.Identifier>[];
  return references.find(
    (path) =>
      lost.has(path.node.name) &&
      !isMereName(path) &&
      !isForeignName(path) &&
      scopes.lookup(path, path.node.name) === undefined,
  )?.node.name;
}

/** Whether it names something of the module that is exported from. */
const isForeignName = ({ parent }: Path): boolean => {
  const declaration = parent?.parent?.node;
  return declaration?.type === 'ExportNamedDeclaration' && declaration.source != null;
};

/** The relative specifiers that `after` imports, exports from or requires, and `before` does not. */
export function newRelativeSpecifiers(before: ParsedFile, after: ParsedFile): readonly string[] {
  const known = new Set(specifiersIn(before));
  return specifiersIn(after).filter((one) => /^\.\.?(?:\/|$)/.test(one) && !known.has(one));
}
