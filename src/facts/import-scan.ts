/** One name that a text imports, read without parsing it. */
export interface ScannedImport {
  readonly specifier: string;
  /** The exported name, `default` (also a whole module by `require`), or `*` for the namespace. */
  readonly imported: string;
  readonly local: string;
  /** What follows a `require` and calls its result: `(module)`; empty for all others. */
  readonly call: string;
}

const IDENTIFIER = '[A-Za-z_$][\\w$]*';
const ES_IMPORT = new RegExp(
  `\\bimport\\s+(?!type\\b(?!\\s*(?:,|from\\b)))(?:(${IDENTIFIER})\\s*,?\\s*)?(?:\\*\\s*as\\s+(${IDENTIFIER})\\s*|\\{([^}]*)\\}\\s*)?from\\s*['"]([^'"\\n]+)['"]`,
  'g',
);
const REQUIRE = new RegExp(
  `(?:(?<![\\w$])(${IDENTIFIER})(?:\\s*:\\s*[\\w.]+)?|\\{([^{}]*)\\})\\s*=\\s*require\\(\\s*['"]([^'"\\n]+)['"]\\s*\\)((?:\\.${IDENTIFIER})*)(\\([^()\\n]*\\))?`,
  'g',
);
const ANY_SPECIFIER =
  /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(?:\/\*.*?\*\/\s*)?['"`]([^'"`\n]+)['"`]/g;
const COMMENT_LINE = /^[ \t]*(?:\/\/|\/?\*).*$/gm;
const TYPE_STATEMENT = /\b(?:import|export)\s+type\s[^'";]*['"][^'"\n]+['"]/g;

/** The names in `a, b as c, type D` (or, of a pattern, `a, b: c`), types left out. */
function namesIn(list: string): { readonly imported: string; readonly local: string }[] {
  return list.split(',').flatMap((one) => {
    const match = /^\s*(?!type\s+\w)([\w$]+)(?:\s*(?:\bas\b|:)\s*([\w$]+))?/.exec(
      one.replaceAll(/\/\/.*$|\/\*.*?\*\//gm, ''),
    );
    const imported = match?.[1];
    return imported === undefined ? [] : [{ imported, local: match?.[2] ?? imported }];
  });
}

/**
 * The names that a text imports or requires. Reads text, not syntax, so that a whole package costs little: what stands in
 * a comment counts as well. Fit for counting, not for proofs.
 */
export function scanImports(text: string): ScannedImport[] {
  const found: ScannedImport[] = [];
  for (const [, whole, namespace, list, specifier] of text.matchAll(ES_IMPORT)) {
    if (specifier === undefined) continue;
    if (whole !== undefined) found.push({ specifier, imported: 'default', local: whole, call: '' });
    if (namespace !== undefined) found.push({ specifier, imported: '*', local: namespace, call: '' });
    for (const name of namesIn(list ?? '')) found.push({ specifier, ...name, call: '' });
  }
  const requires = text.includes('require(') ? text.matchAll(REQUIRE) : [];
  for (const [, whole, list, specifier, members = '', call = ''] of requires) {
    if (specifier === undefined) continue;
    const path = members.split('.').filter((name) => name !== '');
    if (whole !== undefined && path.length <= 1) {
      found.push({ specifier, imported: path[0] ?? 'default', local: whole, call });
    }
    if (list !== undefined && path.length === 0) {
      for (const name of namesIn(list)) found.push({ specifier, ...name, call: '' });
    }
  }
  return found;
}

/** Every module that a text loads, by whatever form; imports of types only left out. */
export function scanSpecifiers(text: string): string[] {
  return [
    ...text.replaceAll(COMMENT_LINE, '').replaceAll(TYPE_STATEMENT, '').matchAll(ANY_SPECIFIER),
  ].flatMap(([, specifier]) => (specifier === undefined ? [] : [specifier]));
}
