import type { t } from '../ast.ts';
import { asBabel } from './convert.ts';
import { isDeep } from './depth.ts';
import { asEstree, Unknown } from './nodes.ts';

type NativeParser = Pick<typeof import('oxc-parser'), 'parseSync'>;

let native: NativeParser | undefined;
let loading: Promise<void> | undefined;

/**
 * Loads the native parser, if there is one for this platform. It makes the same trees as Babel, sooner; until it is loaded
 * Babel makes all of them.
 */
export function loadNativeParser(): Promise<void> {
  loading ??= import('oxc-parser').then(
    (loaded) => {
      native = loaded;
    },
    () => undefined, // An optional package; nothing depends on it but time.
  );
  return loading;
}

/** What the native parser calls the language of a file; undefined where only Babel is asked. */
const LANGUAGES: Readonly<Record<string, 'jsx' | 'ts' | 'tsx'>> = {
  '.js': 'jsx',
  '.mjs': 'jsx',
  '.jsx': 'jsx',
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
};

/**
 * The tree that Babel would make of `text`, a module in the language of `extension`, without comments attached to its nodes.
 * Undefined where that is not certain: then it is for Babel to say.
 */
export function parseNatively(extension: string, text: string): t.File | undefined {
  const lang = LANGUAGES[extension];
  // Half of a surrogate pair would not come through UTF-8, in which the native parser reads.
  if (native === undefined || lang === undefined || /\p{Surrogate}/u.test(text) || isDeep(text))
    return undefined;
  const parsed = native.parseSync(`file${extension}`, text, {
    lang,
    sourceType: 'module',
    showSemanticErrors: true,
  });
  if (parsed.errors.length > 0) return undefined;
  try {
    const file: unknown = asBabel(text, asEstree(parsed.program), parsed.comments, lang !== 'jsx');
    return file as t.File; // As Babel makes it: `__tests__/native-parser.test.ts` compares them.
  } catch (error) {
    if (error instanceof Unknown || error instanceof RangeError) return undefined;
    throw error;
  }
}
