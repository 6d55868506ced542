import { check, format, getFileInfo, resolveConfig } from 'prettier';

/** What was checked last: the changes of one file are often made one after the other. */
let checked: { readonly key: string; readonly isClean: boolean } | undefined;

async function isClean(text: string, options: Parameters<typeof check>[1]): Promise<boolean> {
  const key = JSON.stringify([options, text]);
  if (checked?.key !== key) checked = { key, isClean: await check(text, options) };
  return checked.isClean;
}

/**
 * `after` in the style of the file: formatted with prettier and the project's own settings where `before` was already
 * formatted so, else as it is. Formatting a file that was not clean would bury the change among lines that nobody meant
 * to touch. A configuration that cannot be loaded (a plugin that is not installed, say) also leaves the text as it is.
 */
export async function formatLike(path: string, before: string, after: string): Promise<string> {
  try {
    const { ignored, inferredParser } = await getFileInfo(path, { ignorePath: [] });
    if (ignored || inferredParser === null) return after;
    const options = { ...(await resolveConfig(path, { editorconfig: true })), filepath: path };
    return (await isClean(before, options)) ? await format(after, options) : after;
  } catch {
    return after;
  }
}
